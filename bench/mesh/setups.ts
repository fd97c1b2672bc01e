/** What is measured: how many people, with which devices, and what both contenders are told to send. */
import { budgetOf } from '#renderer/media/budget';
import type { Limits, Picture } from './page/stage-api';

export interface Setup {
  readonly kind: 'video' | 'voice';
  readonly people: number;
}

export const setups: readonly Setup[] = [
  ...[2, 3, 4].map((people) => ({ kind: 'video', people }) as const),
  ...[2, 3, 4, 5, 6].map((people) => ({ kind: 'voice', people }) as const),
];

/** The camera gives what is sent, so that nobody's encoder scales. */
export const picture: Picture = { width: 320, height: 180, frameRate: 15 };

/** What Peal's own budget gives a tile of this height; the bare mesh is told the same, so that both send alike. */
export function limitsAt(people: number): Limits {
  const call = { participants: people, isSpeaking: true, strain: 0 };
  const { camera } = budgetOf(call, { room: 'free', isLossy: false, shownHeight: picture.height });
  if (camera.bitrate === null || camera.frameRate === null) {
    throw new Error('A tile so small has a limit.');
  }
  return { maxBitrate: camera.bitrate, maxFramerate: camera.frameRate };
}

/** What is heard while somebody's call rings here: which tone, how loud, on which loudspeakers. Pure. */
import type { AppSettings } from '#common/settings';
import { ringSounds } from '../sounds/ring-tones';
import type { Sound } from '../sounds';

export interface RingPlan {
  readonly sound: Sound;
  /** 0 to 1. */
  readonly volume: number;
  /** Each once; the empty id is the system's own. None: it rings without a sound. */
  readonly sinkIds: readonly string[];
}

const systems = '';

export function ringPlan(
  ringerId: string,
  { ring, devices }: Pick<AppSettings, 'ring' | 'devices'>,
): RingPlan {
  const sinkOf = (use: 'ringSpeaker' | 'speaker'): string => devices[use]?.deviceId ?? systems;
  const sinkIds = [sinkOf('ringSpeaker'), ...(ring.onBothSpeakers ? [sinkOf('speaker')] : [])];
  return {
    sound: ringSounds[ring.tones[ringerId] ?? ring.tone],
    volume: ring.volume / 100,
    sinkIds: ring.volume === 0 ? [] : [...new Set(sinkIds)],
  };
}

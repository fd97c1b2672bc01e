import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '#main/clock';
import { type LostHelper, followLostHelpers } from '#main/lost-helpers';
import { KeptLog } from './silent-log';

const sound = { type: 'Utility', serviceName: 'audio.mojom.AudioService' };
const network = { type: 'Utility', serviceName: 'network.mojom.NetworkService' };

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function follow(drawsInSoftware = true) {
  const told: string[] = [];
  const log = new KeptLog();
  const handleLost = followLostHelpers({
    clock: systemClock,
    log,
    drawsInSoftware: () => drawsInSoftware,
    setCrashLimit: (on) => void told.push(on ? 'limit' : 'no limit'),
    onSoundLost: () => void told.push('sound'),
    onNetworkLost: () => void told.push('network'),
  });
  const lose = (what: Omit<LostHelper, 'reason'>): void =>
    handleLost({ ...what, reason: 'killed' });
  return { told, log, lose, handleLost };
}

describe('a helper process that is lost', () => {
  it('is told to whoever hung on it, and to the log', () => {
    const { told, log, lose } = follow();
    lose(sound);
    lose(network);
    lose({ type: 'Utility', serviceName: 'video_capture.mojom.VideoCaptureService' });
    expect(told).toEqual(['sound', 'network']);
    expect(log.lines).toEqual([
      'warn helper audio.mojom.AudioService: gone (killed)',
      'warn helper network.mojom.NetworkService: gone (killed)',
      'warn helper video_capture.mojom.VideoCaptureService: gone (killed)',
    ]);
  });

  it('is nothing when it ended by itself', () => {
    const { told, log, handleLost } = follow();
    handleLost({ ...sound, reason: 'clean-exit' });
    expect([told, log.lines]).toEqual([[], []]);
  });
});

describe('the process that draws', () => {
  it('falls back to software as Chromium likes while there is a graphics card', () => {
    const { told, lose } = follow(false);
    for (let n = 0; n < 3; n += 1) lose({ type: 'GPU' });
    expect(told).toEqual([]);
  });

  it('may die in software without an end of the program, unless it dies over and over', () => {
    const { told, lose } = follow();
    for (let n = 0; n < 10; n += 1) lose({ type: 'GPU' });
    expect(told).toEqual(Array<string>(10).fill('no limit'));
    lose({ type: 'GPU' });
    expect(told.at(-1)).toBe('limit');
    vi.advanceTimersByTime(60_000);
    lose({ type: 'GPU' });
    expect(told.at(-1)).toBe('no limit');
  });
});

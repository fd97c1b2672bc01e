import { describe, expect, it } from 'vitest';
import { type Loss, lossRule, noLoss, noteLoss } from '#renderer/media/loss';
import type { LinkReading } from '#renderer/media/pressure';

const good: LinkReading = {
  availableBitrate: 1_500_000,
  lateMs: 20,
  lostShare: 0,
  isCameraSent: true,
  isProcessorShort: false,
  ownLevel: 0,
};

/** Read once a second. */
function after(...readings: readonly (readonly [Partial<LinkReading>, number])[]): boolean {
  let loss: Loss = noLoss;
  let now = 0;
  for (const [reading, times] of readings) {
    for (let left = times; left > 0; left -= 1) {
      now += 1_000;
      loss = noteLoss(loss, { ...good, ...reading }, now);
    }
  }
  return loss.isLossy;
}

const clean = { lostShare: 0 };
const lossy = { lostShare: 0.1 };
const endsAfter = lossRule.endsAfterMs / 1_000;

describe('a link that loses', () => {
  it('is one from the first report of loss on', () => {
    expect(after([clean, 5])).toBe(false);
    expect(after([clean, 5], [lossy, 1])).toBe(true);
  });

  it('is none while so little is lost that the voice repairs it by itself', () => {
    expect(after([{ lostShare: lossRule.beginsAt - 0.001 }, 100])).toBe(false);
  });

  it('stays one until nothing was lost for half a minute', () => {
    expect(after([lossy, 1], [clean, endsAfter - 1])).toBe(true);
    expect(after([lossy, 1], [clean, endsAfter])).toBe(false);
    const some = { lostShare: lossRule.lastsAt };
    expect(after([lossy, 1], [clean, 20], [some, 1], [clean, 20])).toBe(true);
    const one = { lostShare: 0.02 };
    expect(after([lossy, 1], [clean, 20], [one, 1], [clean, 20])).toBe(false);
  });

  it('is not one that loses because it is full: repeating would fill it more', () => {
    expect(after([{ lostShare: 0.1, lateMs: 330 }, 10])).toBe(false);
  });

  it('is not one as long as nobody knows whether it is full', () => {
    expect(after([{ lostShare: 0.1, lateMs: null }, 10])).toBe(false);
  });

  it('is not seen where the other end has not reported', () => {
    expect(after([{ lostShare: null, lateMs: null }, 10])).toBe(false);
  });
});

/**
 * Whether a link loses so much of the voice that each packet of it is worth sending twice (voice-form.ts). Loss of a
 * full line is none of this: more packets would make it worse, and pressure.ts takes care of it.
 */
import { type LinkReading, isLate } from './pressure';

export interface Loss {
  readonly isLossy: boolean;
  readonly lastSeenAt: number;
}

export const lossRule = {
  /** Three of a second's fifty packets. Below it, what the voice's own repair leaves is hardly heard. */
  beginsAt: 0.05,
  /** Two of them; a single one gets lost on any radio now and then. */
  lastsAt: 0.03,
  endsAfterMs: 30_000,
} as const;

export const noLoss: Loss = { isLossy: false, lastSeenAt: 0 };

export function noteLoss(loss: Loss, reading: LinkReading, now: number): Loss {
  const share = reading.lostShare ?? 0;
  // A line of which one does not know may be full.
  const mayBeFull = reading.lateMs === null || isLate(reading);
  if (!mayBeFull && share >= (loss.isLossy ? lossRule.lastsAt : lossRule.beginsAt)) {
    return { isLossy: true, lastSeenAt: now };
  }
  return loss.isLossy && now - loss.lastSeenAt >= lossRule.endsAfterMs ? noLoss : loss;
}

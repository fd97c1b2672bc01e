/**
 * Whether a link loses so much of the voice that each packet of it is worth sending twice (voice-codec.ts). Loss of a
 * full line is none of this: more packets would make it worse, and pressure.ts takes care of it.
 */
import { type LinkReading, slowRoundTripMs } from './pressure';

export interface Loss {
  readonly isLossy: boolean;
  readonly lastSeenAt: number;
}

export const lossRule = {
  /** Below it, what the voice's own repair leaves is hardly heard: of 10 % lost it leaves 2. */
  beginsAt: 0.03,
  /** A line that still loses this much goes on. */
  lastsAt: 0.01,
  /** The other end reports about every five seconds, so this is six clean reports. */
  endsAfterMs: 30_000,
} as const;

export const noLoss: Loss = { isLossy: false, lastSeenAt: 0 };

export function noteLoss(loss: Loss, reading: LinkReading, now: number): Loss {
  const share = reading.lostShare ?? 0;
  const isFull = (reading.roundTripMs ?? 0) > slowRoundTripMs;
  if (!isFull && share >= (loss.isLossy ? lossRule.lastsAt : lossRule.beginsAt)) {
    return { isLossy: true, lastSeenAt: now };
  }
  return loss.isLossy && now - loss.lastSeenAt >= lossRule.endsAfterMs ? noLoss : loss;
}

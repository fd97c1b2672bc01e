import type { Clock } from '../clock';
import type { Identity } from './identity';
import { type Rate, TokenBuckets } from './token-bucket';

/** A rate by user, whichever device asks. */
export function limiter(rate: Rate, clock: Clock): (from: Identity) => boolean {
  const buckets = new TokenBuckets(rate);
  return ({ userId }) => {
    const now = clock.monotonic();
    buckets.prune(now);
    return buckets.take(userId, now);
  };
}

import { describe, expect, it } from 'vitest';
import { TokenBucket, TokenBuckets } from '#server/sessions/token-bucket';

describe('a token bucket', () => {
  it('allows a burst, then its rate', () => {
    const bucket = new TokenBucket({ perSecond: 2, burst: 3 }, 0);
    expect([0, 0, 0, 0].map((at) => bucket.take(at))).toEqual([true, true, true, false]);
    expect(bucket.take(499)).toBe(false);
    expect(bucket.take(1_000)).toBe(true);
  });

  it('never holds more than its burst, and survives a clock that stands still', () => {
    const bucket = new TokenBucket({ perSecond: 1, burst: 1 }, 0);
    expect(bucket.take(1_000_000)).toBe(true);
    expect(bucket.take(1_000_000)).toBe(false);
    expect(bucket.take(999_000)).toBe(false);
  });

  it('is kept per key until it must be full again', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 2 });
    expect([buckets.take('a', 0), buckets.take('a', 0), buckets.take('a', 0)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(buckets.take('b', 0)).toBe(true);
    buckets.prune(1_999);
    expect(buckets.take('a', 1_999)).toBe(true);
    buckets.prune(10_000);
    expect([buckets.take('a', 10_000), buckets.take('a', 10_000)]).toEqual([true, true]);
  });
});

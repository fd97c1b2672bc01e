/** A rate with room for bursts. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #filledAt: number;

  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAt = nowMs;
  }

  take(nowMs: number): boolean {
    const { perSecond, burst } = this.#rate;
    const since = Math.max(0, nowMs - this.#filledAt);
    this.#tokens = Math.min(burst, this.#tokens + (since * perSecond) / 1000);
    this.#filledAt = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** One bucket per key, so that a new connection brings no new tokens. Full buckets are forgotten in time. */
export class TokenBuckets {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, { readonly bucket: TokenBucket; usedAt: number }>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  take(key: string, nowMs: number): boolean {
    const entry = this.#buckets.get(key) ?? {
      bucket: new TokenBucket(this.#rate, nowMs),
      usedAt: nowMs,
    };
    entry.usedAt = nowMs;
    this.#buckets.set(key, entry);
    return entry.bucket.take(nowMs);
  }

  prune(nowMs: number): void {
    const fullAfterMs = (this.#rate.burst / this.#rate.perSecond) * 1000;
    for (const [key, { usedAt }] of this.#buckets) {
      if (nowMs - usedAt >= fullAfterMs) this.#buckets.delete(key);
    }
  }
}

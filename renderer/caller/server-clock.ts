/**
 * The server's clock as far as snapshots tell it. No snapshot speaks of the future, so every time in one is a lower
 * bound of "now there", and the greatest bound seen is the best guess: off by one network delay at most.
 */
import type { CallSnapshot } from '#protocol/snapshot';

export class ServerClock {
  #aheadMs = -Infinity;
  readonly #localNow: () => number;

  constructor(localNow: () => number) {
    this.#localNow = localNow;
  }

  observe(call: CallSnapshot): void {
    const times = call.legs.flatMap((leg) => [leg.joinedAt ?? 0, leg.leftAt ?? 0]);
    const newest = Math.max(call.createdAt, call.endedAt ?? 0, ...times);
    this.#aheadMs = Math.max(this.#aheadMs, newest - this.#localNow());
  }

  /** Server clock, ms; the local one before anything was observed. */
  now(): number {
    return this.#localNow() + (Number.isFinite(this.#aheadMs) ? this.#aheadMs : 0);
  }
}

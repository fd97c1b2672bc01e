import type { Clock } from './clock';

const spanMs = 60_000;
const restartsInSpan = 3;

/** What ended by itself is started again, but not for ever: at most three times in any minute. */
export class RestartLimit {
  readonly #clock: Clock;
  #startedAtMs: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a restart and says whether it may be made. */
  take(): boolean {
    const now = this.#clock.nowMs();
    this.#startedAtMs = this.#startedAtMs.filter((at) => now - at < spanMs);
    if (this.#startedAtMs.length >= restartsInSpan) return false;
    this.#startedAtMs.push(now);
    return true;
  }
}

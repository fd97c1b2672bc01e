import type { Clock } from './clock';

const spanMs = 60_000;
const usualInSpan = 3;

/** What ended by itself is started again, but not for ever: at most three times in any minute, if not said otherwise. */
export class RestartLimit {
  readonly #clock: Clock;
  readonly #inSpan: number;
  #startedAtMs: number[] = [];

  constructor(clock: Clock, inSpan = usualInSpan) {
    this.#clock = clock;
    this.#inSpan = inSpan;
  }

  /** Counts a restart and says whether it may be made. */
  take(): boolean {
    const now = this.#clock.nowMs();
    this.#startedAtMs = this.#startedAtMs.filter((at) => now - at < spanMs);
    if (this.#startedAtMs.length >= this.#inSpan) return false;
    this.#startedAtMs.push(now);
    return true;
  }
}

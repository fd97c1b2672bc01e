/**
 * Does something once, as soon as nothing new has come for a moment. What never comes to rest does not put it off for
 * ever.
 */
import type { Clock } from '../clock';

const restMs = 250;
const longestMs = 1_000;

export class Calm {
  readonly #clock: Clock;
  readonly #run: () => void;
  #cancel: () => void = () => undefined;
  /** Since when it is put off; null: nothing is to be done. */
  #sinceMs: number | null = null;

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock;
    this.#run = run;
  }

  /** There is something to do. */
  ask(): void {
    const nowMs = this.#clock.nowMs();
    this.#sinceMs ??= nowMs;
    this.#cancel();
    const leftMs = Math.max(0, this.#sinceMs + longestMs - nowMs);
    this.#cancel = this.#clock.after(Math.min(restMs, leftMs), () => this.runNow());
  }

  runNow(): void {
    this.stop();
    this.#run();
  }

  /** What was asked for is not done. */
  stop(): void {
    this.#cancel();
    this.#sinceMs = null;
  }
}

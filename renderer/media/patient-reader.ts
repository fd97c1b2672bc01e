/**
 * Asks connections, and waits only so long: a browser that owes one answer must not keep the others waiting, and is not
 * asked the same connection again before it has given it.
 */
import type { Clock } from './link-peer';

/** A browser on a busy machine took 10. */
export const readingLimitMs = 500;

export class PatientReader {
  readonly #clock: Clock;
  readonly #owing = new WeakSet();
  readonly #giveUps = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** null: no answer in time, or one is still owed. */
  async ask<S extends object, A>(
    source: S,
    question: (source: S) => Promise<A>,
  ): Promise<A | null> {
    if (this.#owing.has(source)) return null;
    this.#owing.add(source);
    const answer = question(source).finally(() => this.#owing.delete(source));
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        cancel();
        this.#giveUps.delete(giveUp);
      };
      const giveUp = (): void => {
        settle();
        resolve(null);
      };
      const cancel = this.#clock.after(readingLimitMs, giveUp);
      this.#giveUps.add(giveUp);
      answer.then((value) => resolve(value), reject).finally(settle);
    });
  }

  /** Whoever waits has waited long enough. */
  stop(): void {
    for (const giveUp of [...this.#giveUps]) giveUp();
  }
}

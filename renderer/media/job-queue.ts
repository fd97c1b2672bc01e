/**
 * Asynchronous jobs, one after the other and never two at once. Bounded: what the far end of a link sends must not
 * pile up here without end.
 */

/** An honest end has one offer and its candidates under way, a few times over. */
const maxWaiting = 128;

export class JobQueue {
  readonly #onBug: (error: unknown) => void;
  #waiting: (() => Promise<void>)[] = [];
  #isBusy = false;

  constructor(onBug: (error: unknown) => void) {
    this.#onBug = onBug;
  }

  /** Asked before a job that somebody else causes; the few of one's own always find room. */
  get isFull(): boolean {
    return this.#waiting.length >= maxWaiting;
  }

  add(job: () => Promise<void>): void {
    this.#waiting.push(job);
    if (!this.#isBusy) void this.#work();
  }

  /** What is under way ends by itself; nothing else begins. */
  clear(): void {
    this.#waiting = [];
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    // Whoever adds a job is done with its own work before the job begins.
    await Promise.resolve();
    for (let job = this.#waiting.shift(); job; job = this.#waiting.shift()) {
      await job().catch(this.#onBug);
    }
    this.#isBusy = false;
  }
}

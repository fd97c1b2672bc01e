/** Work under the same key is done one after the other; a key without work is forgotten. */
export class TaskQueues {
  readonly #tails = new Map<string, Promise<void>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const former = this.#tails.get(key);
    const result = former ? former.then(work) : work();
    // The next one begins whether or not this one failed; its caller hears of that.
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    this.#tails.set(key, tail);
    try {
      return await result;
    } finally {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    }
  }
}

/** Who wants to hear of one kind of thing. */
export class Listeners<T> {
  readonly #all = new Set<(value: T) => void>();

  get isEmpty(): boolean {
    return this.#all.size === 0;
  }

  /** Returns its unsubscribe. */
  add(listener: (value: T) => void): () => void {
    // A wrapper each: the same function may be added twice, and each unsubscribe takes back one of them.
    const entry = (value: T): void => listener(value);
    this.#all.add(entry);
    return () => void this.#all.delete(entry);
  }

  tell(value: T): void {
    for (const listener of [...this.#all]) listener(value);
  }
}

/** What somebody in the call has just done, in words that go by themselves. The newest few, the oldest first. */
import type { CallPorts } from './ports';

export interface News {
  /** Of this very news: a screen reader says it once, wherever it stands. */
  readonly id: number;
  /** A key of the locales. */
  readonly text: string;
  /** A list of names is joined where it is shown, as the language joins names. */
  readonly values: Readonly<Record<string, string | readonly string[]>>;
}

/** What somebody did is told for so long. */
const newsMs = 8_000;
/** More at once would hide the people they are about. */
const mostAtOnce = 3;

export class NewsBoard {
  readonly #after: CallPorts['after'];
  readonly #show: (news: readonly News[]) => void;
  readonly #cancels = new Map<News, () => void>();
  #count = 0;

  constructor(after: CallPorts['after'], show: (news: readonly News[]) => void) {
    this.#after = after;
    this.#show = show;
  }

  tell(text: string, values: News['values']): void {
    this.#count += 1;
    const news: News = { id: this.#count, text, values };
    const [oldest] = this.#cancels.keys();
    if (oldest && this.#cancels.size >= mostAtOnce) this.#forget(oldest);
    this.#cancels.set(
      news,
      this.#after(newsMs, () => this.#drop(news)),
    );
    this.#tellAll();
  }

  /** Nothing is news any more. */
  clear(): void {
    for (const news of [...this.#cancels.keys()]) this.#forget(news);
    this.#tellAll();
  }

  #drop(news: News): void {
    this.#forget(news);
    this.#tellAll();
  }

  #forget(news: News): void {
    this.#cancels.get(news)?.();
    this.#cancels.delete(news);
  }

  #tellAll(): void {
    this.#show([...this.#cancels.keys()]);
  }
}

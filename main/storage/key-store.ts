/**
 * The system's key store, as far as this app needs it: it wraps one key and unwraps it again. A locked one may wait for
 * its person for ever, so each question has a limit, and one that did not answer is not asked again in this run.
 */
import { type Clock, within } from '../clock';
import type { Log } from '../log';

/** Text in, text out. May reject, and may never settle. */
export interface SecretBox {
  /** Whether there is a real key store; one that hides by a password that everybody knows is none. */
  isThere(): Promise<boolean>;
  encrypt(text: string): Promise<string>;
  decrypt(text: string): Promise<string>;
}

const limitMs = 8_000;

export class KeyStore {
  readonly #box: SecretBox;
  readonly #clock: Clock;
  readonly #log: Log;
  #isThere: Promise<boolean> | null = null;

  constructor(box: SecretBox, clock: Clock, log: Log) {
    this.#box = box;
    this.#clock = clock;
    this.#log = log;
  }

  /** Null: there is none, or it does not answer. */
  async encrypt(text: string): Promise<string | null> {
    return this.#ask('cannot keep the sign-in', () => this.#box.encrypt(text));
  }

  /** Null also when it does not know what it once wrapped. */
  async decrypt(text: string): Promise<string | null> {
    return this.#ask('does not give the sign-in back', () => this.#box.decrypt(text));
  }

  async #ask(trouble: string, question: () => Promise<string>): Promise<string | null> {
    this.#isThere ??= this.#limited('cannot be found', () => this.#box.isThere()).then(
      (isThere) => isThere ?? false,
    );
    return (await this.#isThere) ? this.#limited(trouble, question) : null;
  }

  async #limited<T>(trouble: string, question: () => Promise<T>): Promise<T | null> {
    const asked: Promise<{ readonly value: T } | 'failed' | 'late'> = question().then(
      (value) => ({ value }),
      () => 'failed',
    );
    const answer = await within(this.#clock, limitMs, asked, 'late');
    if (typeof answer === 'object') return answer.value;
    if (answer === 'late') this.#isThere = Promise.resolve(false);
    this.#log.warn(`key store: ${trouble} (${answer})`);
    return null;
  }
}

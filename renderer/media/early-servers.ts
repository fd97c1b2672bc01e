/**
 * The ICE servers of a call's first link, asked for as soon as somebody accepts: the answer arrives while devices are
 * being opened. Every later question (a restart, a rebuild, another leg) is asked anew.
 */
import type { IceServer } from '#protocol/messages';

type Ask = () => Promise<readonly IceServer[]>;

export class EarlyServers {
  readonly #ask: Ask;
  #askedFor: string | null = null;
  #answer: Promise<readonly IceServer[]> | null = null;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Once for each leg that is about to join. */
  prepare(legId: string): void {
    if (this.#askedFor === legId) return;
    this.#askedFor = legId;
    this.#answer = this.#ask();
  }

  take(): Promise<readonly IceServer[]> {
    const answer = this.#answer;
    this.#answer = null;
    return answer ?? this.#ask();
  }
}

/** The invitation with which the system opened the app, kept until home takes it. The newest one counts. */
import type { Log } from '../log';
import { looksLikeInvitation, parseInvitationLink } from './invitation-link';

export class OpenedLinks {
  readonly #log: Log;
  readonly #onOpened: () => void;
  #link: string | null = null;

  constructor(log: Log, onOpened: () => void) {
    this.#log = log;
    this.#onOpened = onOpened;
  }

  /** The arguments of a start of the app, or the one address that the system hands over. */
  note(texts: readonly string[]): void {
    const link = texts.findLast(looksLikeInvitation);
    if (link === undefined) return;
    if (!parseInvitationLink(link).ok) {
      this.#log.warn('link: opened with something that is no invitation');
      return;
    }
    this.#log.info('link: opened with an invitation');
    this.#link = link;
    this.#onOpened();
  }

  take(): string | null {
    const link = this.#link;
    this.#link = null;
    return link;
  }
}

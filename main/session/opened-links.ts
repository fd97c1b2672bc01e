/**
 * The links with which the system opened the app, kept until home takes them: one invitation and one wish for a call
 * at a time, of each the newest.
 */
import type { CallLink } from '#common/ipc';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { looksLikeCallLink, looksLikePhoneLink, parseCallLink } from './call-link';
import { looksLikeInvitation, parseInvitationLink } from './invitation-link';

/** Long enough to sign in meanwhile. Who still waits then has forgotten what they clicked. */
const callLinkKeptMs = 5 * 60_000;

export interface OpenedLinksOptions {
  readonly log: Log;
  readonly clock: Clock;
  /** The person wants links of other phones to open this one. */
  readonly takesPhoneLinks: () => boolean;
  readonly onInvitation: () => void;
  readonly onCallLink: () => void;
}

interface OpenedCall {
  readonly link: CallLink;
  readonly isPhone: boolean;
  readonly openedAt: number;
}

export class OpenedLinks {
  readonly #options: OpenedLinksOptions;
  #invitation: string | null = null;
  #call: OpenedCall | null = null;

  constructor(options: OpenedLinksOptions) {
    this.#options = options;
  }

  /** The arguments of a start of the app, or the one address that the system hands over. */
  note(texts: readonly string[]): void {
    const link = texts.findLast((text) => looksLikeCallLink(text) || looksLikeInvitation(text));
    if (link === undefined) return;
    if (looksLikeCallLink(link)) this.#noteCall(link);
    else this.#noteInvitation(link);
  }

  takeInvitation(): string | null {
    const link = this.#invitation;
    this.#invitation = null;
    return link;
  }

  /** Also a phone number that the settings leave to others: whoever sees home come up is told why nothing else happens. */
  takeCall(): CallLink | null {
    const { clock, takesPhoneLinks } = this.#options;
    const call = this.#call;
    this.#call = null;
    if (!call || clock.nowMs() - call.openedAt >= callLinkKeptMs) return null;
    return call.isPhone && !takesPhoneLinks() ? { ...call.link, switchedOff: true } : call.link;
  }

  #noteInvitation(link: string): void {
    const { log, onInvitation } = this.#options;
    if (!parseInvitationLink(link).ok) {
      log.warn('link: opened with something that is no invitation');
      return;
    }
    log.info('link: opened with an invitation');
    this.#invitation = link;
    onInvitation();
  }

  #noteCall(text: string): void {
    const { log, clock, onCallLink } = this.#options;
    const link = parseCallLink(text);
    if (!link) {
      log.warn('link: opened with something that names nobody to call');
      return;
    }
    log.info('link: opened with the wish for a call');
    this.#call = { link, isPhone: looksLikePhoneLink(text), openedAt: clock.nowMs() };
    onCallLink();
  }
}

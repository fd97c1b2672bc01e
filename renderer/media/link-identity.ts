/**
 * Which peer of a link a signal means. Each peer has a link id of its own; only an offer of the rightful offerer brings
 * in another one, and none that was replaced ever comes back.
 */
import { type LinkPayload, noLinkId } from './link-payload';
import type { LinkRole } from './link-rules';

/** Link ids that were replaced: an old offer that comes late must not bring an old peer back. */
const maxRetired = 16;

/**
 * expected – for the present peer, or an offer that brings a new one. unknown-link – goes on with a peer that this end
 * has never had: it was loaded anew, or missed a first offer. stale – for a peer that is gone, or not the sender's to say.
 */
export type Verdict = 'expected' | 'unknown-link' | 'stale';

export class LinkIdentity {
  readonly #role: LinkRole;
  #id: string = noLinkId;
  #retired: readonly string[] = [];

  constructor(role: LinkRole) {
    this.#role = role;
  }

  /** Of the present peer; `noLinkId` before the first. */
  get id(): string {
    return this.#id;
  }

  replace(id: string): void {
    this.#retired = [...this.#retired, this.#id].slice(-maxRetired);
    this.#id = id;
  }

  judge(id: string, payload: LinkPayload): Verdict {
    if (payload.type === 'offer') return this.#judgeOffer(id, payload.fresh);
    return this.#isForPresent(id, payload.type) ? 'expected' : 'stale';
  }

  #judgeOffer(id: string, isFresh: boolean): Verdict {
    if (this.#role === 'offerer' || id === noLinkId || this.#retired.includes(id)) return 'stale';
    return id === this.#id || isFresh ? 'expected' : 'unknown-link';
  }

  #isForPresent(id: string, type: Exclude<LinkPayload['type'], 'offer'>): boolean {
    const isPresent = id === this.#id && id !== noLinkId;
    if (type === 'candidate' || type === 'channel') return isPresent;
    if (this.#role === 'answerer') return false;
    return isPresent || (type === 'link.request' && id === noLinkId);
  }
}

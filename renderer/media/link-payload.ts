/**
 * What two ends of a link say to each other through the server, which never looks inside. Whatever arrives is
 * somebody else's text: the parser takes any string and never throws.
 */
import { limits } from '#protocol/limits';
import { type Result, err, ok } from '#protocol/result';

export interface LinkCandidate {
  readonly candidate: string;
  readonly mid: string | null;
  readonly line: number | null;
}

/** restart – the same peer, fresh routes. rebuild – the asker has no usable peer: a new link. */
export type LinkWish = 'restart' | 'rebuild';

export type LinkPayload =
  /**
   * `n` counts the offers of a link, so that an answer is never taken for another offer's. `fresh`: the first offer of
   * its peer, or that one repeated. Any other goes on with what was agreed before, which an end that was loaded anew
   * does not know.
   */
  | { readonly type: 'offer'; readonly n: number; readonly fresh: boolean; readonly sdp: string }
  | { readonly type: 'answer'; readonly n: number; readonly sdp: string }
  | ({ readonly type: 'candidate' } & LinkCandidate)
  /** The answerer, which never offers, asks for an offer. */
  | { readonly type: 'link.request'; readonly want: LinkWish }
  /** The sender's data channel closed and it opened this one instead. */
  | { readonly type: 'channel'; readonly id: number };

/**
 * On the wire in place of a link id while the asker has no link yet. Asked for under this name, an offerer that was
 * answered before knows that the other end was loaded anew, and that its own connection is dead whatever it looks like.
 */
export const noLinkId = 'none';

/** Data channels that a peer may use, one after the other. Each takes two streams, of which Chromium opens about 1,000. */
export const maxChannelId = 500;

export function encodeLinkPayload(payload: LinkPayload): string {
  return JSON.stringify(payload);
}

export function parseLinkPayload(text: string): Result<LinkPayload, 'bad-payload'> {
  const fields = text.length <= limits.signalChars ? parseFields(text) : null;
  const payload = fields && readPayload(fields);
  return payload ? ok(payload) : err('bad-payload');
}

type Fields = Readonly<Record<string, unknown>>;

function parseFields(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}

function readPayload(fields: Fields): LinkPayload | null {
  switch (fields['type']) {
    case 'offer':
      return readOffer(fields);
    case 'answer':
      return readAnswer(fields);
    case 'candidate':
      return readCandidate(fields);
    case 'link.request':
      return readRequest(fields['want']);
    case 'channel':
      return isCount(fields['id'], maxChannelId) ? { type: 'channel', id: fields['id'] } : null;
    default:
      return null;
  }
}

function readOffer({ n, fresh, sdp }: Fields): LinkPayload | null {
  if (!isCount(n, Number.MAX_SAFE_INTEGER) || typeof sdp !== 'string') return null;
  return typeof fresh === 'boolean' ? { type: 'offer', n, fresh, sdp } : null;
}

function readAnswer({ n, sdp }: Fields): LinkPayload | null {
  if (!isCount(n, Number.MAX_SAFE_INTEGER) || typeof sdp !== 'string') return null;
  return { type: 'answer', n, sdp };
}

/** A candidate that names no section of the description belongs nowhere. */
function readCandidate({ candidate, mid, line }: Fields): LinkPayload | null {
  if (typeof candidate !== 'string') return null;
  if (mid !== null && typeof mid !== 'string') return null;
  if (line !== null && !isCount(line, 0xffff)) return null;
  if (mid === null && line === null) return null;
  return { type: 'candidate', candidate, mid, line };
}

function readRequest(want: unknown): LinkPayload | null {
  return want === 'restart' || want === 'rebuild' ? { type: 'link.request', want } : null;
}

function isCount(value: unknown, max: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max;
}

/**
 * What the server needs of a WebRTC signal, read from its bytes as the clients of this project write it: these fields in
 * this order, no spaces. The payload is looked over but never made into a value, which is most of what a signal costs.
 * Whatever is written differently is no signal here and goes through the parser, which is as strict and takes any form.
 */
import { limits } from '#protocol/limits';
import type { PeerSignal } from '#protocol/messages';

export type SignalHead = Pick<PeerSignal, 'callId' | 'fromLeg' | 'toLeg'>;

const id = `"([A-Za-z0-9_:-]{1,${limits.idChars}})"`;
/** A JSON string that is not empty. Bytes above 127 are parts of characters: that they are UTF-8, the socket has seen. */
const plain = String.raw`[^"\\\x00-\x1f]`;
const escaped = String.raw`\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})`;
const text = `"(?!")${plain}*(?:${escaped}${plain}*)*"`;
const signal = new RegExp(
  `^\\{"type":"peer\\.signal","callId":${id},"fromLeg":${id},"toLeg":${id},"linkId":${id},"payload":${text}\\}$`,
);
const prefix = '{"type":"peer.signal"';

/** Null: not a signal, or one for the parser to judge. The bytes are known to be UTF-8. */
export function signalHeadIn(bytes: Buffer): SignalHead | null {
  // So many bytes are at most so many characters; of more, the parser counts the characters.
  if (bytes.length > limits.signalChars) return null;
  if (bytes.toString('latin1', 0, prefix.length) !== prefix) return null;
  const [, callId, fromLeg, toLeg] = signal.exec(bytes.toString('latin1')) ?? [];
  return callId && fromLeg && toLeg ? { callId, fromLeg, toLeg } : null;
}

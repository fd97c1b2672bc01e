/** The signature of a feed: Ed25519 over the very bytes, checked before anything reads them. */
import { createPublicKey, verify } from 'node:crypto';

/** A public key as it is written down: its 32 bytes in Base64. */
export const publicKeyPattern = '^[A-Za-z0-9+/]{43}=$';

/** A signature as it lies beside the feed: its 64 bytes in Base64. */
const signatureText = /^[A-Za-z0-9+/]{86}==$/;

/** What DER puts in front of the 32 bytes of an Ed25519 key (RFC 8410). */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Of several keys one is enough: while a key is being replaced, both are known. */
export function isSigned(bytes: Uint8Array, text: string, publicKeys: readonly string[]): boolean {
  const trimmed = text.trim();
  if (!signatureText.test(trimmed)) return false;
  const signature = Buffer.from(trimmed, 'base64');
  return publicKeys.some((key) => isSignedBy(bytes, signature, key));
}

function isSignedBy(bytes: Uint8Array, signature: Buffer, publicKey: string): boolean {
  const der = Buffer.concat([derPrefix, Buffer.from(publicKey, 'base64')]);
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return verify(null, bytes, key, signature);
  } catch {
    // Not every 32 bytes are a key.
    return false;
  }
}

/**
 * Refresh tokens: `family.secret`, good for one new pair. The rows keep SHA-256 of the secrets only (they are random,
 * so a slow hash would add nothing).
 *
 * A reply can be lost, so the token that was used last stays good until its successor was used once: used again, it
 * makes one more successor, and the first one of them that comes back ends the others. Any other token of a family
 * was stolen or copied: then the family is worth nothing any more, to either side.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DeviceRow } from '../store/store';

/** A client that never hears a reply asks again; more answers than this cannot be on their way. */
const maxSuccessors = 4;

export interface RefreshToken {
  readonly family: string;
  readonly secret: string;
}

export function newFamily(): string {
  return randomBytes(16).toString('base64url');
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export const formatRefreshToken = ({ family, secret }: RefreshToken): string =>
  `${family}.${secret}`;

export function parseRefreshToken(text: string): RefreshToken | null {
  const [family, secret, ...rest] = text.split('.');
  return family && secret && rest.length === 0 ? { family, secret } : null;
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** The row after `secret` was used to get `successor`; `reused` when the secret is not good any more. */
export function useRefreshSecret(
  device: DeviceRow,
  secret: string,
  successor: string,
): DeviceRow | 'reused' {
  const used = hashSecret(secret);
  const next = hashSecret(successor);
  if (device.currentHashes.some((current) => isSame(current, used))) {
    return { ...device, previousHash: used, currentHashes: [next] };
  }
  if (device.previousHash !== null && isSame(device.previousHash, used)) {
    return { ...device, currentHashes: [...device.currentHashes, next].slice(-maxSuccessors) };
  }
  return 'reused';
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

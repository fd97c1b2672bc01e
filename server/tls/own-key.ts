import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { Store } from '../store/store';
import { keyHashOf, selfSignedCertificate } from './certificate';

/** What a TLS port shows and proves, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface OwnCertificate extends Certificate {
  readonly keyHash: string;
}

/**
 * The server's own key is made when it is first asked for and lies in the database, which is readable by the server's
 * user only (SQLite) and the same for all nodes (PostgreSQL). The certificate around it is new each time, so that it
 * never runs out.
 */
export async function ownCertificate(
  store: Pick<Store, 'setting'>,
  nowMs: number,
): Promise<OwnCertificate> {
  const fresh = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = await store.setting('tls-key', fresh.privateKey);
  const privateKey = createPrivateKey(key);
  return { key, cert: selfSignedCertificate(privateKey, nowMs), keyHash: keyHashOf(privateKey) };
}

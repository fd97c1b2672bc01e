/**
 * A certificate that a server signs for itself (X.509 v3, ECDSA with SHA-256). Nobody reads what is in it: clients
 * compare its key with the one of their invitation (docs/decisions/0012-own-certificate.md).
 */
import { type KeyObject, createHash, createPublicKey, randomBytes, sign } from 'node:crypto';
import {
  bitString,
  integer,
  octetString,
  oid,
  sequence,
  set,
  tagged,
  taggedString,
  time,
  utf8String,
} from './der';

const dayMs = 24 * 60 * 60_000;
/** Clients' clocks may be behind. */
const beforeMs = 2 * dayMs;
/** No server runs that long without a start, and each start makes a new one of the same key. */
const lifeMs = 3650 * dayMs;

const commonName = 'Peal server';
const dnsName = 'peal-server';

const ids = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectAltName: '2.5.29.17',
} as const;

/** PEM. `key` is a private key on P-256. */
export function selfSignedCertificate(key: KeyObject, nowMs: number): string {
  const algorithm = sequence(oid(ids.ecdsaWithSha256));
  const name = sequence(set(sequence(oid(ids.commonName), utf8String(commonName))));
  const names = sequence(taggedString(2, dnsName));
  const version3 = tagged(0, integer(Buffer.from([2])));
  const toSign = sequence(
    version3,
    integer(randomBytes(16)),
    algorithm,
    name,
    sequence(time(nowMs - beforeMs), time(nowMs + lifeMs)),
    name,
    publicKeyInfo(key),
    tagged(3, sequence(sequence(oid(ids.subjectAltName), octetString(names)))),
  );
  const certificate = sequence(toSign, algorithm, bitString(sign('sha256', toSign, key)));
  const lines = certificate.toString('base64').replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
}

/** SHA-256 of the public key as certificates carry it (SPKI), base64url: what invitations name and clients pin. */
export function keyHashOf(key: KeyObject): string {
  return createHash('sha256').update(publicKeyInfo(key)).digest('base64url');
}

const publicKeyInfo = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ type: 'spki', format: 'der' });

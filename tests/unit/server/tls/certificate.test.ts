import { X509Certificate, createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyHashOf, selfSignedCertificate } from '#server/tls/certificate';

const dayMs = 24 * 60 * 60_000;
const now = Date.UTC(2026, 10, 22, 10, 30, 15);

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

describe('a certificate that the server makes itself', () => {
  it('is signed by the key it carries', () => {
    const key = newKey();
    const certificate = new X509Certificate(selfSignedCertificate(key, now));
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
    expect(
      certificate.verify(new X509Certificate(selfSignedCertificate(newKey(), now)).publicKey),
    ).toBe(false);
  });

  it('says who it is, and no two have the same number', () => {
    const key = newKey();
    const [one, other] = [0, 1].map(() => new X509Certificate(selfSignedCertificate(key, now)));
    expect(one!.subject).toBe('CN=Peal server');
    expect(one!.issuer).toBe(one!.subject);
    expect(one!.subjectAltName).toBe('DNS:peal-server');
    expect(one!.serialNumber).not.toBe(other!.serialNumber);
  });

  it.each([
    ['today', now],
    // Its end has a year of four digits, then its beginning too.
    ['in 2045', Date.UTC(2045, 5, 1)],
    ['in 2050', Date.UTC(2050, 0, 3)],
  ])('is good from two days ago for ten years when it is made %s', (_when, madeAt) => {
    const certificate = new X509Certificate(selfSignedCertificate(newKey(), madeAt));
    const [from, to] = [certificate.validFrom, certificate.validTo].map(Date.parse);
    expect(from).toBe(madeAt - 2 * dayMs);
    expect(to).toBe(madeAt + 3650 * dayMs);
  });

  it('is known by the hash of its public key', () => {
    const key = newKey();
    const { publicKey } = new X509Certificate(selfSignedCertificate(key, now));
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    expect(keyHashOf(key)).toBe(createHash('sha256').update(spki).digest('base64url'));
    expect(keyHashOf(key)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('can be made many times: no length of a signature breaks it', () => {
    const key = newKey();
    for (let n = 0; n < 100; n += 1) {
      const certificate = new X509Certificate(selfSignedCertificate(key, now));
      expect(certificate.verify(certificate.publicKey)).toBe(true);
    }
  });
});

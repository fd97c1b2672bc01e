import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LogFields } from '#server/log';
import { selfSignedCertificate } from '#server/tls/certificate';
import type { Certificate } from '#server/tls/own-key';
import { certificateRenewal } from '#server/tls/renewal';

function newCertificate(): Certificate {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { cert: selfSignedCertificate(privateKey, Date.UTC(2026, 10, 23)), key };
}

function filesWith(first: Certificate) {
  const shown: Certificate[] = [];
  const said: (readonly [string, LogFields | undefined])[] = [];
  let found: Certificate | Error = first;
  const look = certificateRenewal(first, {
    reread: () => {
      if (found instanceof Error) throw found;
      return found;
    },
    show: (certificate) => shown.push(certificate),
    log: (_level, message, fields) => said.push([message, fields]),
  });
  const hold = (next: Certificate | Error): void => void (found = next);
  return { ...{ look, hold, shown }, messages: () => said.map(([message]) => message), said };
}

describe('the certificate of an admin', () => {
  it('is shown anew once for each renewal, and the log says until when it is good', async () => {
    const [first, second] = [newCertificate(), newCertificate()];
    const files = filesWith(first);
    await files.look();
    expect(files.shown).toEqual([]);
    files.hold(second);
    await files.look();
    await files.look();
    expect(files.shown).toEqual([second]);
    expect(files.said).toEqual([['certificate renewed', { until: 'Nov 20 00:00:00 2036 GMT' }]]);
    files.hold(first);
    await files.look();
    expect(files.shown).toEqual([second, first]);
  });

  it('stays while its files hold none, which is said once, and again after it was well', async () => {
    const [first, second] = [newCertificate(), newCertificate()];
    const files = filesWith(first);
    const problem = 'certificate not renewed: the former one stays';
    for (let looks = 0; looks < 3; looks += 1) {
      files.hold(new Error('half written'));
      await files.look();
    }
    expect(files.said).toEqual([[problem, { reason: 'half written' }]]);
    files.hold(new Error('gone'));
    await files.look();
    files.hold(second);
    await files.look();
    files.hold(new Error('gone'));
    await files.look();
    expect(files.messages()).toEqual([problem, problem, 'certificate renewed', problem]);
    expect(files.shown).toEqual([second]);
  });
});

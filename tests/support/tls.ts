/** What a TLS port shows to whoever knocks. */
import type { X509Certificate } from 'node:crypto';
import { createHash } from 'node:crypto';
import { request } from 'node:https';
import { connect } from 'node:tls';

export interface ShownCertificate {
  readonly pem: string;
  readonly x509: X509Certificate;
  /** As invitations write it. */
  readonly keyHash: string;
}

export function certificateAt(port: number): Promise<ShownCertificate> {
  return new Promise((resolve, reject) => {
    // Nothing is trusted here: the certificate is what is looked at.
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      const x509 = socket.getPeerX509Certificate();
      socket.destroy();
      if (!x509) {
        reject(new Error('No certificate was shown.'));
        return;
      }
      const spki = x509.publicKey.export({ type: 'spki', format: 'der' });
      const keyHash = createHash('sha256').update(spki).digest('base64url');
      resolve({ pem: x509.toString(), x509, keyHash });
    });
    socket.once('error', reject);
  });
}

/** The answer of /healthz over HTTPS, with no other certificate trusted than this one. */
export function secureHealth(port: number, certificate: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: '/healthz', agent: false } as const;
    const trusted = { ca: certificate, servername: 'peal-server' };
    const asked = request({ ...options, ...trusted }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.once('end', () => resolve(text));
    });
    asked.once('error', reject);
    asked.end();
  });
}

/** What clients speak with the server: wss with the admin's certificate or the server's own, or ws where that is safe. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { ServerOptions } from './options';
import type { Store } from './store/store';
import { type Certificate, ownCertificate } from './tls/own-key';

/** What is given; of two the first counts. */
export type TransportOptions = Pick<ServerOptions, 'certFile' | 'keyFile' | 'host' | 'trustProxy'>;

export interface Transport {
  /** Absent: plain. */
  readonly certificate?: Certificate;
  /** Where the certificate is the server's own: how clients know its key. */
  readonly keyHash?: string;
  /** Where the certificate is the admin's: what its files hold now. @throws while that is none. */
  readonly reread?: () => Certificate;
}

export const isLoopback = (host = '127.0.0.1'): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

/** @throws when the admin's certificate cannot be read. */
export async function chooseTransport(
  options: TransportOptions,
  store: Pick<Store, 'setting'>,
  nowMs: number,
): Promise<Transport> {
  const { certFile, keyFile, host, trustProxy } = options;
  if (certFile !== undefined && keyFile !== undefined) {
    const reread = (): Certificate => checked({ cert: read(certFile), key: read(keyFile) });
    return { certificate: reread(), reread };
  }
  if (certFile !== undefined || keyFile !== undefined) {
    throw new Error('A certificate needs both certFile and keyFile.');
  }
  // A proxy that is trusted has the certificate.
  if (isLoopback(host) || trustProxy) return {};
  const { keyHash, ...certificate } = await ownCertificate(store, nowMs);
  return { certificate, keyHash };
}

/** A sentence now, instead of OpenSSL's words at the first client. */
function checked(certificate: Certificate): Certificate {
  try {
    createSecureContext(certificate);
    return certificate;
  } catch (cause) {
    throw new Error('certFile and keyFile hold no certificate and its key.', { cause });
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`The file ${file} cannot be read.`);
  }
}

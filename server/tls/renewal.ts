/**
 * An admin's certificate is renewed while the server runs, by a program that does not know the server. So its files are
 * looked at again and again, and what they hold is shown to whoever comes next. Connections that are there stay.
 */
import { X509Certificate } from 'node:crypto';
import type { Log } from '../log';
import type { Certificate } from './own-key';

export interface RenewalParts {
  /** What the files hold now. @throws while that is no certificate and its key: one is written before the other. */
  readonly reread: () => Certificate;
  readonly show: (certificate: Certificate) => void;
  readonly log: Log;
}

/** @returns what looks once. */
export function certificateRenewal(first: Certificate, parts: RenewalParts): () => Promise<void> {
  const { reread, show, log } = parts;
  let shown = first;
  let said: string | null = null;
  const take = (found: Certificate): void => {
    show(found);
    shown = found;
    log('info', 'certificate renewed', { until: new X509Certificate(found.cert).validTo });
  };
  const look = (): void => {
    const found = reread();
    if (found.cert !== shown.cert || found.key !== shown.key) take(found);
    said = null;
  };
  return () => {
    try {
      look();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== said) log('warn', 'certificate not renewed: the former one stays', { reason });
      said = reason;
    }
    return Promise.resolve();
  };
}

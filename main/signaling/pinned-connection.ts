/**
 * A TLS connection to a server that is known by its key alone: it made its certificate itself, so that no authority can
 * say anything about it. Nothing of ours goes out before the key has been compared with the one that was expected.
 */
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { type TLSSocket, connect } from 'node:tls';

export class WrongKey extends Error {
  constructor() {
    super('the server has another key than the one it was known by');
  }
}

export interface PinnedTarget {
  readonly host: string;
  readonly port: number;
  /** SHA-256 of the public key (SPKI, base64url). */
  readonly keyHash: string;
  readonly limitMs: number;
}

/** Calls back once: with a socket on which the right key has been seen, or with why not. */
export function connectPinned(
  { host, port, keyHash, limitMs }: PinnedTarget,
  onDone: (error: Error | null, socket?: TLSSocket) => void,
): TLSSocket {
  const named = isIP(host) === 0 ? { servername: host } : {};
  // Whose certificate it is, only the key says: neither the name in it nor its dates are anybody's word.
  const socket = connect({ host, port, ...named, rejectUnauthorized: false });
  const finish = (error: Error | null): void => {
    socket.removeListener('error', finish);
    socket.setTimeout(0);
    if (!error) {
      onDone(null, socket);
      return;
    }
    // A socket that is destroyed may report a second error, which would be thrown without a listener.
    socket.on('error', () => undefined);
    socket.destroy();
    onDone(error);
  };
  socket.once('error', finish);
  socket.setTimeout(limitMs, () => finish(new Error('no TLS in time')));
  socket.once('secureConnect', () => finish(keyHashOf(socket) === keyHash ? null : new WrongKey()));
  return socket;
}

function keyHashOf(socket: TLSSocket): string | null {
  const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' });
  return key ? createHash('sha256').update(key).digest('base64url') : null;
}

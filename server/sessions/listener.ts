/** One port: HTTPS where there is a certificate, else plain HTTP. */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type Server as SecureServer, createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from '../tls/own-key';

const headersMs = 10_000;

export interface ListenerHandlers {
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** The port itself failed, after it had been had. */
  readonly failed: (error: Error) => void;
}

export class Listener {
  readonly #server: Server;
  readonly #secure: SecureServer | null = null;
  readonly #handlers: ListenerHandlers;
  /** Of a secure port: while they shake hands they are nobody else's. */
  readonly #sockets = new Set<Socket>();

  constructor(certificate: Certificate | undefined, handlers: ListenerHandlers) {
    const times = { headersTimeout: headersMs, requestTimeout: headersMs };
    this.#handlers = handlers;
    if (certificate) {
      const { cert, key } = certificate;
      this.#secure = createSecureServer({ ...times, cert, key, handshakeTimeout: headersMs });
      this.#server = this.#secure;
      this.#server.on('connection', (socket: Socket) => this.#track(socket));
    } else this.#server = createServer(times);
    this.#server.on('request', handlers.request);
    this.#server.on('upgrade', handlers.upgrade);
  }

  /** The port it listens on. Rejects when the address cannot be had. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        this.#server.on('error', this.#handlers.failed);
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  /** Another certificate, for whoever comes next. Nothing on a plain port. */
  show({ cert, key }: Certificate): void {
    this.#secure?.setSecureContext({ cert, key });
  }

  /** Nobody new; resolves when the last socket is gone. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  /** Whoever is still there. */
  destroyAll(): void {
    this.#server.closeAllConnections();
    for (const socket of this.#sockets) socket.destroy();
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }
}

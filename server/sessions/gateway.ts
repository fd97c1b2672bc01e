/**
 * The server's doors, one or more ports: HTTP for /healthz, WebSocket upgrades at /ws. It owns every connection it let
 * in, by whichever door.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { limits } from '#protocol/limits';
import type { Clock } from '../clock';
import { type Log, describeError } from '../log';
import type { Certificate } from '../tls/own-key';
import {
  Connection,
  type ConnectionHandlers,
  type ConnectionOptions,
  type ConnectionTiming,
} from './connection';
import { Listener } from './listener';
import type { Refusals } from './refusals';
import { RefusedSockets } from './refused-sockets';

/** Pages of the app itself. Pages elsewhere must be named in the configuration. */
const ownOrigin = 'app://peal';

export interface GatewayOptions {
  readonly allowedOrigins: readonly string[];
  /** The address in X-Forwarded-For, as the last proxy wrote it, stands for the client. */
  readonly trustProxy: boolean;
  readonly timing: ConnectionTiming;
  readonly clock: Clock;
  readonly refusals: Refusals;
  readonly log: Log;
  readonly handlers: ConnectionHandlers;
  /** Rejects when the server cannot serve now. */
  readonly checkHealth: () => Promise<void>;
}

export interface Door {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  /** Absent: plain. */
  readonly certificate?: Certificate;
}

export interface OpenDoor {
  readonly port: number;
  /** What whoever comes next is shown. Of a secure door. */
  readonly show: (certificate: Certificate) => void;
}

export class Gateway {
  readonly #options: GatewayOptions;
  readonly #listeners: Listener[] = [];
  readonly #webSockets: WebSocketServer;
  /** One object for all connections: there may be many thousands. */
  readonly #shared: ConnectionOptions;
  readonly #connections = new Set<Connection>();
  /** Those that have ended while their last request was still being worked on. */
  readonly #settling = new Set<Promise<void>>();
  readonly #refused = new RefusedSockets();
  #closing = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#webSockets = new WebSocketServer({
      noServer: true,
      maxPayload: limits.messageBytes,
      // One large message would leave 240 kB of compressor in each connection.
      perMessageDeflate: false,
      clientTracking: false,
    });
    const { clock, timing, refusals, log, handlers } = options;
    const closed = (connection: Connection, code: number): void => {
      this.#connections.delete(connection);
      this.#awaitSettled(connection);
      handlers.closed(connection, code);
    };
    this.#shared = { clock, timing, refusals, log, handlers: { ...handlers, closed } };
  }

  get connections(): ReadonlySet<Connection> {
    return this.#connections;
  }

  /** One more door. Rejects when the address cannot be had. */
  async listen({ port, host, certificate }: Door): Promise<OpenDoor> {
    const listener = new Listener(certificate, {
      request: (request, response) => this.#handleRequest(request, response),
      upgrade: (request, socket, head) => this.#upgrade(request, socket, head),
      failed: (error) => this.#options.log('error', 'http server failed', describeError(error)),
    });
    const own = await listener.listen(port, host);
    this.#listeners.push(listener);
    return { port: own, show: (renewed) => listener.show(renewed) };
  }

  /** Nobody new, and everybody else is asked to come back to the next server. */
  async close(): Promise<void> {
    this.#closing = true;
    const stopped = Promise.all(this.#listeners.map((listener) => listener.stop()));
    await Promise.all([...this.#connections].map((connection) => connection.close(1012)));
    await Promise.all(this.#settling);
    for (const listener of this.#listeners) listener.destroyAll();
    this.#refused.destroyAll();
    await stopped;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // An upgraded socket has no owner yet: unheard, a reset would end the process.
    socket.on('error', destroyThis);
    const refusal = this.#refusalOf(request);
    if (refusal) {
      this.#refused.refuse(socket, refusal);
      return;
    }
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      socket.removeListener('error', destroyThis);
      this.#connections.add(new Connection(this.#shared, webSocket, this.#addressOf(request)));
    });
  }

  #awaitSettled(connection: Connection): void {
    const settled = connection.settled().finally(() => this.#settling.delete(settled));
    this.#settling.add(settled);
  }

  #refusalOf(request: IncomingMessage): string | null {
    if (this.#closing) return '503 Service Unavailable';
    if (pathOf(request) !== '/ws') return '404 Not Found';
    const { origin } = request.headers;
    const allowed = [ownOrigin, ...this.#options.allowedOrigins];
    if (origin !== undefined && !allowed.includes(origin)) {
      this.#options.log('warn', 'upgrade refused: origin not allowed', {});
      return '403 Forbidden';
    }
    return null;
  }

  #addressOf(request: IncomingMessage): string {
    const forwarded = this.#options.trustProxy ? request.headers['x-forwarded-for'] : undefined;
    const last = String(forwarded ?? '')
      .split(',')
      .at(-1)
      ?.trim();
    return last ? last : (request.socket.remoteAddress ?? 'unknown');
  }

  #handleRequest(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET' || pathOf(request) !== '/healthz') {
      response.writeHead(404).end();
      return;
    }
    void this.#answerHealth(response);
  }

  async #answerHealth(response: ServerResponse): Promise<void> {
    const healthy = await this.#isHealthy();
    response
      .writeHead(healthy ? 200 : 503, { 'content-type': 'application/json' })
      .end(JSON.stringify({ status: healthy ? 'ok' : 'unavailable' }));
  }

  async #isHealthy(): Promise<boolean> {
    if (this.#closing) return false;
    try {
      await this.#options.checkHealth();
      return true;
    } catch (error) {
      this.#options.log('warn', 'health check failed', describeError(error));
      return false;
    }
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}

/** Not a closure: that would keep the request and its headers in memory for as long as the socket lives. */
function destroyThis(this: Duplex): void {
  this.destroy();
}

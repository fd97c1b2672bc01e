/**
 * One socket, from the upgrade to its end:
 *
 *   awaiting-sign-in ──sign-in──> signing-in ──welcome──> signed-in
 *          └──────────────────────────┴───────────────────────┴──close──> closed
 *
 * It checks everything that needs no knowledge of users or calls: sizes, shapes, rates, deadlines, order. Requests
 * are worked on one after the other; signals overtake them. Pushes made while signing in wait for the welcome.
 */
import type { RawData, WebSocket } from 'ws';
import type { CloseCode } from '#protocol/close-code';
import type { ErrorCode } from '#protocol/error-code';
import { limits, rates } from '#protocol/limits';
import type { Request, ServerMessage, Welcome } from '#protocol/messages';
import { parseClientMessage } from '#protocol/parse';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { idIn } from './id-in';
import type { Identity } from './identity';
import type { Refusals } from './refusals';
import { type SignalHead, signalHeadIn } from './signal-head';
import { TokenBucket } from './token-bucket';

export interface ConnectionTiming {
  readonly signInDeadlineMs: number;
  readonly ringAckMs: number;
}

export type SignedInRequest = Exclude<Request, { type: 'sign-in' }>;

export interface ConnectionHandlers {
  /** Must end in welcome() or refuse(), or be thrown out of. */
  readonly signIn: (connection: Connection, request: Request<'sign-in'>) => Promise<void>;
  /** Must answer with reply() or refuse it, once. */
  readonly request: (
    connection: Connection,
    from: Identity,
    request: SignedInRequest,
  ) => Promise<void>;
  readonly signal: (from: Identity, signal: SignalHead, bytes: Buffer) => void;
  /** Once, as soon as it is decided; the socket itself may take a moment longer. */
  readonly closed: (connection: Connection, code: number) => void;
}

/** What all connections of a server share. */
export interface ConnectionOptions {
  readonly clock: Clock;
  readonly timing: ConnectionTiming;
  readonly refusals: Refusals;
  readonly log: Log;
  readonly handlers: ConnectionHandlers;
}

type State = 'awaiting-sign-in' | 'signing-in' | 'signed-in' | 'closed';

const maxBadInARow = 3;
const maxPendingRequests = 64;
/** A client that does not read what it is sent must not fill the memory. */
const maxBufferedBytes = 1024 * 1024;
const closeMs = 2_000; // how long a closing handshake may take
/** What ws calls a message beyond its limit. */
const tooLargeCode = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

const nothingToDo: Promise<void> = Promise.resolve();

export class Connection {
  readonly address: string;
  readonly #options: ConnectionOptions;
  readonly #socket: WebSocket;
  readonly #bucket: TokenBucket;
  #state: State = 'awaiting-sign-in';
  #identity: Identity | null = null;
  #heardAt: number;
  #badInARow = 0;
  #pending = 0;
  #queue = nothingToDo;
  #held: string[] = [];
  #signInTimer: NodeJS.Timeout | undefined;
  #answerTimer: NodeJS.Timeout | undefined;
  #closeTimer: NodeJS.Timeout | undefined;

  constructor(options: ConnectionOptions, socket: WebSocket, address: string) {
    const { clock, timing } = options;
    this.#options = options;
    this.#socket = socket;
    this.address = address;
    this.#bucket = new TokenBucket(rates.all, clock.monotonic());
    this.#heardAt = clock.monotonic();
    this.#signInTimer = setTimeout(() => this.#end(4402), timing.signInDeadlineMs);
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => this.#hear(clock.monotonic()));
    // ws closes by itself after an error (a message that is too large, say): 'close' tells the rest.
    socket.on('error', (error) => this.#handleSocketError(error));
    socket.on('close', (code) => {
      this.#finish(code);
      clearTimeout(this.#closeTimer);
    });
  }

  get identity(): Identity | null {
    return this.#identity;
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  get isSignedIn(): boolean {
    return this.#state === 'signed-in';
  }

  /** For how long the client has been silent. */
  silentMs(): number {
    return this.#options.clock.monotonic() - this.#heardAt;
  }

  /** From now on it can be found by others; what they send is held until the welcome. */
  identify(identity: Identity): void {
    this.#identity = identity;
  }

  welcome(welcome: Welcome): void {
    if (this.#state !== 'signing-in') return;
    this.#state = 'signed-in';
    this.#write(JSON.stringify(welcome));
    for (const text of this.#held) this.#write(text);
    this.#held = [];
  }

  push(message: ServerMessage): void {
    this.pushText(JSON.stringify(message));
  }

  /** The same text for many connections is made once. */
  pushText(text: string): void {
    if (!this.#fits(text)) return;
    if (this.#state === 'signing-in') this.#held.push(text);
    else if (this.#state === 'signed-in') this.#write(text);
  }

  /** The very bytes another client sent. */
  forward(bytes: Buffer): void {
    if (this.#state === 'signed-in') this.#write(bytes);
  }

  reply(id: string, result: object): void {
    const text = JSON.stringify({ type: 'reply', id, ok: true, result });
    if (this.#fits(text)) this.#write(text);
    else this.refuse(id, 'internal');
  }

  refuse(id: string, code: ErrorCode): void {
    this.#write(JSON.stringify({ type: 'reply', id, ok: false, error: { code } }));
  }

  /** A ring was sent: a device that is there lets something be heard, be it only the answer to the ping. */
  expectAnswer(): void {
    if (this.#state !== 'signed-in' || this.#answerTimer) return;
    this.#socket.ping();
    this.#answerTimer = setTimeout(() => this.#end(4408), this.#options.timing.ringAckMs);
  }

  /** Over at once for everybody here; resolves when it is settled. */
  close(code: CloseCode): Promise<void> {
    this.#end(code);
    return this.settled();
  }

  /** When the socket is gone and what its client had begun is done: then nothing here needs the database. */
  async settled(): Promise<void> {
    const socket = this.#socket;
    if (socket.readyState !== socket.CLOSED) {
      await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    }
    await this.#queue;
  }

  #end(code: CloseCode): void {
    if (this.#state === 'closed') return;
    this.#socket.close(code);
    this.#closeTimer = setTimeout(() => this.#socket.terminate(), closeMs);
    this.#finish(code);
  }

  #finish(code: number): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#signInTimer);
    clearTimeout(this.#answerTimer);
    this.#held = [];
    this.#options.handlers.closed(this, code);
  }

  /** The client would close for good on a message that is too large: better it never gets it. */
  #fits(text: string): boolean {
    const bytes = Buffer.byteLength(text);
    if (bytes <= limits.messageBytes) return true;
    this.#options.log('error', 'message too large to send', { ...this.#identity, bytes });
    return false;
  }

  #write(data: string | Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > maxBufferedBytes) {
      this.#options.log('warn', 'client does not read, connection cut', { ...this.#identity });
      this.#socket.terminate();
      return;
    }
    this.#socket.send(data, { binary: false });
  }

  #hear(nowMs: number): void {
    this.#heardAt = nowMs;
    if (!this.#answerTimer) return;
    clearTimeout(this.#answerTimer);
    this.#answerTimer = undefined;
  }

  #handleSocketError(error: Error): void {
    const { refusals, log } = this.#options;
    if ('code' in error && error.code === tooLargeCode) refusals.count('message.too-large');
    log('debug', 'socket error', { error: error.message });
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#state === 'closed') return;
    const now = this.#options.clock.monotonic();
    this.#hear(now);
    if (!this.#bucket.take(now)) {
      this.#options.refusals.count('message.flood');
      this.#end(4429);
      return;
    }
    // With ws's default binaryType a message is one Buffer.
    if (isBinary || !Buffer.isBuffer(data)) {
      this.#options.refusals.count('message.bad');
      this.#end(4400);
      return;
    }
    const signal = this.#state === 'signed-in' ? signalHeadIn(data) : null;
    if (signal && this.#identity) {
      this.#badInARow = 0;
      this.#options.handlers.signal(this.#identity, signal, data);
    } else this.#receiveText(data);
  }

  #receiveText(data: Buffer): void {
    const text = data.toString('utf8');
    const parsed = parseClientMessage(text);
    if (!parsed.ok) {
      this.#handleBad(idIn(text));
      return;
    }
    const message = parsed.value;
    if (message.type === 'sign-in') {
      this.#handleSignIn(message);
      return;
    }
    if (this.#state !== 'signed-in' || !this.#identity) {
      this.#handleBad('id' in message ? message.id : null);
      return;
    }
    this.#badInARow = 0;
    if (message.type === 'peer.signal') {
      this.#options.handlers.signal(this.#identity, message, data);
    } else this.#enqueue(this.#identity, message);
  }

  #handleSignIn(request: Request<'sign-in'>): void {
    if (this.#state !== 'awaiting-sign-in') {
      this.#handleBad(request.id);
      return;
    }
    this.#state = 'signing-in';
    clearTimeout(this.#signInTimer);
    this.#signInTimer = undefined;
    this.#queue = this.#options.handlers.signIn(this, request);
  }

  #handleBad(id: string | null): void {
    this.#options.refusals.count('message.bad');
    this.#badInARow += 1;
    if (id !== null) this.refuse(id, 'bad-message');
    if (id === null || this.#badInARow >= maxBadInARow) this.#end(4400);
  }

  #enqueue(from: Identity, request: SignedInRequest): void {
    if (this.#pending >= maxPendingRequests) {
      this.#options.refusals.count('request.rate-limited');
      this.refuse(request.id, 'rate-limited');
      return;
    }
    this.#pending += 1;
    this.#queue = this.#queue.then(async () => {
      if (!this.isClosed) await this.#options.handlers.request(this, from, request);
      this.#pending -= 1;
      if (this.#pending === 0) this.#queue = nothingToDo;
    });
  }
}

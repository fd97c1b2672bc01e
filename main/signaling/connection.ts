/**
 * One socket, from connecting to its end: sign-in, welcome, heartbeats, and the limits that find a dead socket.
 * It never reconnects and knows no calls; signaling-client.ts makes the next one. After its end nothing is called
 * back and every timer is off.
 */
import { timing } from '#protocol/limits';
import type { Request, ResultOf, ServerMessage, Welcome } from '#protocol/messages';
import { parseResult, parseServerMessage } from '#protocol/parse';
import { attempt } from '../attempt';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { ConnectionEnd } from './connection-end';
import type { Socket, SocketFactory } from './ports';

/** From the first packet to the welcome. */
const welcomeLimitMs = timing.requestMs;
const beatLimitIdleMs = 5_000;
const beatLimitInCallMs = 2_000;

/** What a heartbeat says about this device. */
export interface HeartbeatContent {
  readonly calls: Readonly<Record<string, number>>;
  readonly live: Readonly<Record<string, readonly string[]>>;
  /** Beats come faster and are missed sooner. */
  readonly inCall: boolean;
}

/** Server time and between which moments of ours it was read. */
export interface TimeSample {
  readonly serverNowMs: number;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

export interface ConnectionHandlers {
  heartbeat(): HeartbeatContent;
  onTime(sample: TimeSample): void;
  onWelcome(welcome: Welcome): void;
  onBeat(result: ResultOf<'heartbeat'>): void;
  /** Everything that is neither the welcome nor the answer to a heartbeat. */
  onMessage(message: Exclude<ServerMessage, Welcome>): void;
  /** A message that this version cannot read. */
  onUnreadable(reason: string): void;
  /** Once, and nothing after it; not after close(). */
  onEnd(end: ConnectionEnd): void;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly connect: SocketFactory;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly signIn: Request<'sign-in'>;
}

interface Beat {
  readonly id: string;
  readonly sentAtMs: number;
}

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #handlers: ConnectionHandlers;
  readonly #socket: Socket;
  #signInSentAtMs = 0;
  #welcomed = false;
  #ended = false;
  #beat: Beat | null = null;
  /** What the last heartbeat said: said again when it cannot be found out. */
  #content: HeartbeatContent = { calls: {}, live: {}, inCall: false };
  #cancelLimit: () => void;
  #cancelNextBeat: () => void = () => undefined;

  constructor(options: ConnectionOptions, handlers: ConnectionHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#cancelLimit = options.clock.after(welcomeLimitMs, () => this.#die('welcome'));
    this.#socket = options.connect(options.url, {
      onOpen: () => this.#signIn(),
      onMessage: (text) => attempt(options.log, 'signaling: message', () => this.#receive(text)),
      onClose: (code) =>
        this.#end(code === 'wrong-key' ? { kind: 'wrong-key' } : { kind: 'closed', code }),
    });
  }

  get isReady(): boolean {
    return this.#welcomed && !this.#ended;
  }

  send(text: string): void {
    if (this.isReady) this.#socket.send(text);
  }

  /** Sends a heartbeat now. With one under way, that one counts, unless this limit is shorter. */
  beat(limitMs?: number): void {
    if (!this.isReady) return;
    const content = this.#contentNow();
    const limit = limitMs ?? (content.inCall ? beatLimitInCallMs : beatLimitIdleMs);
    if (this.#beat) {
      if (limitMs !== undefined) this.#limit(limitMs);
      return;
    }
    this.#cancelNextBeat();
    this.#beat = { id: this.#options.newId(), sentAtMs: this.#options.clock.nowMs() };
    const { calls, live } = content;
    this.#socket.send(JSON.stringify({ type: 'heartbeat', id: this.#beat.id, calls, live }));
    this.#limit(limit);
  }

  /** Ends in order and silently. */
  close(code: number): void {
    if (this.#ended) return;
    this.#stop();
    this.#socket.close(code);
  }

  #signIn(): void {
    if (this.#ended) return;
    this.#signInSentAtMs = this.#options.clock.nowMs();
    this.#socket.send(JSON.stringify(this.#options.signIn));
  }

  #receive(text: string): void {
    if (this.#ended) return;
    const parsed = parseServerMessage(text);
    if (!parsed.ok) {
      this.#handlers.onUnreadable(parsed.error);
      return;
    }
    const message = parsed.value;
    if (message.type === 'welcome') this.#handleWelcome(message);
    else if (message.type === 'reply' && message.id === this.#options.signIn.id) {
      if (!message.ok) this.#refuse({ kind: 'refused', code: message.error.code });
    } else if (message.type === 'reply' && message.id === this.#beat?.id) {
      this.#handleBeat(message.ok ? message.result : null, this.#beat);
    } else this.#handlers.onMessage(message);
  }

  #handleWelcome(welcome: Welcome): void {
    if (this.#welcomed) return;
    this.#welcomed = true;
    this.#cancelLimit();
    this.#noteTime(welcome.serverNowMs, this.#signInSentAtMs);
    // First the next beat, here and below: a listener that fails must not end the heartbeat.
    this.#scheduleBeat();
    this.#handlers.onWelcome(welcome);
  }

  /** An error (the server is short of something) is an answer too: the socket lives. */
  #handleBeat(result: unknown, beat: Beat): void {
    this.#beat = null;
    this.#cancelLimit();
    this.#scheduleBeat();
    const parsed = parseResult('heartbeat', result);
    if (!parsed.ok) return;
    this.#noteTime(parsed.value.serverNowMs, beat.sentAtMs);
    this.#handlers.onBeat(parsed.value);
  }

  #noteTime(serverNowMs: number, sentAtMs: number): void {
    this.#handlers.onTime({
      serverNowMs,
      sentAtMs,
      receivedAtMs: this.#options.clock.nowMs(),
    });
  }

  #scheduleBeat(): void {
    if (this.#ended) return;
    const { inCall } = this.#contentNow();
    const delay = inCall ? timing.heartbeatInCallMs : timing.heartbeatIdleMs;
    this.#cancelNextBeat();
    this.#cancelNextBeat = this.#options.clock.after(delay, () => this.beat());
  }

  #contentNow(): HeartbeatContent {
    attempt(this.#options.log, 'signaling: heartbeat', () => {
      this.#content = this.#handlers.heartbeat();
    });
    return this.#content;
  }

  #limit(limitMs: number): void {
    this.#cancelLimit();
    this.#cancelLimit = this.#options.clock.after(limitMs, () => this.#die('heartbeat'));
  }

  #die(waitedFor: 'welcome' | 'heartbeat'): void {
    this.#socket.terminate();
    this.#end({ kind: 'dead', waitedFor });
  }

  #refuse(end: ConnectionEnd): void {
    this.#socket.close(1000);
    this.#end(end);
  }

  #end(end: ConnectionEnd): void {
    if (this.#ended) return;
    this.#stop();
    this.#handlers.onEnd(end);
  }

  #stop(): void {
    this.#ended = true;
    this.#cancelLimit();
    this.#cancelNextBeat();
  }
}

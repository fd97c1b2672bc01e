/**
 * This device's place at the signaling server, from one sign-in to its end, over as many sockets as that takes.
 * It knows messages, tokens and reconnecting, but no calls and no windows. Everything that arrives is handed on
 * whole; what should follow from it, others decide.
 *
 *   connecting ──welcome──> online <──> offline          (offline: was online, or has stored tokens; it tries again)
 *        └──────────────────────┴──────────┴──> ended     (with a problem that only the person can solve, or closed)
 */
import type { ReceivedSignal } from '#common/ipc';
import type { SignInProblem } from '#common/problems';
import { timing } from '#protocol/limits';
import {
  type Credential,
  type Device,
  type PeerSignal,
  type RequestBody,
  type ServerMessage,
  type Tokens,
  type Welcome,
  protocolVersion,
} from '#protocol/messages';
import { err } from '#protocol/result';
import type { CallSnapshot } from '#protocol/snapshot';
import { attempt } from '../attempt';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { ClockOffset } from './clock-offset';
import { Connection, type HeartbeatContent } from './connection';
import {
  type ConnectionEnd,
  describeEnd,
  isCredentialRefused,
  isPassing,
  isWorthWaiting,
  problemOf,
} from './connection-end';
import { Credentials } from './credentials';
import { type OpenRequest, PendingRequests, type RequestResult } from './pending-requests';
import type { Random, SocketFactory } from './ports';
import { reconnectDelayMs, stableAfterMs } from './reconnect-policy';

/** The limit of a probe: after sleep or a change of network a silent socket is a dead one. */
const probeLimitMs = 2_000;
/** Where the backoff goes on when the next try can wait. */
const failuresWhenWaiting = 6;

/**
 * What the server tells of people, groups, rules and the history, as it came. What happened while no device was there
 * comes with the welcome.
 */
export type News = Extract<
  ServerMessage,
  {
    readonly type:
      | 'presence.changed'
      | 'profile.changed'
      | 'groups.changed'
      | 'group-call.changed'
      | 'rules.changed'
      | 'record.added'
      | 'records.seen';
  }
>;

export type ConnectionState = 'connecting' | 'online' | 'offline' | 'ended';

/** How it stands at this device. */
export type Standing = RequestBody<'presence.report'>;

export interface SignalingHandlers {
  /** Asked for each heartbeat: what this device knows and is linked to. */
  heartbeat(): HeartbeatContent;
  /** Asked for each sign-in. Where it is absent, or fails, nothing is said of it. */
  readonly standing?: () => Standing;
  onStateChanged(state: ConnectionState): void;
  /** Its tokens replace the former ones. Comes before onStateChanged. */
  onWelcome(welcome: Welcome): void;
  onSnapshot(call: CallSnapshot): void;
  /** Calls of our last heartbeat that the server does not know any more. */
  onGone(callIds: readonly string[]): void;
  onSignal(signal: ReceivedSignal): void;
  onNews(news: News): void;
  /** A try or a connection ended. Without `retries` the client has ended too. */
  onDisconnected(problem: SignInProblem, retries: boolean): void;
}

export interface SignalingOptions {
  readonly url: string;
  readonly device: Device;
  readonly start: { readonly credential: Credential } | { readonly tokens: Tokens };
  readonly connect: SocketFactory;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: () => string;
  readonly log: Log;
}

export class SignalingClient {
  readonly #options: SignalingOptions;
  readonly #handlers: SignalingHandlers;
  readonly #credentials: Credentials;
  readonly #pending: PendingRequests;
  readonly #offset = new ClockOffset();
  #state: ConnectionState;
  #connection: Connection | null = null;
  #onlineSinceMs: number | null = null;
  #failures = 0;
  #cancelRetry: () => void = () => undefined;

  constructor(options: SignalingOptions, handlers: SignalingHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#state = 'tokens' in options.start ? 'offline' : 'connecting';
    this.#credentials = new Credentials(options.start);
    this.#pending = new PendingRequests(options.clock, timing.requestMs);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  serverNowMs(): number {
    return this.#offset.toServer(this.#options.clock.nowMs());
  }

  start(): void {
    if (!this.#connection && this.#state !== 'ended') this.#connect();
  }

  /**
   * Without a connection the request waits for the next one, within its limit. The id is also the commandId of a
   * command: whoever may have to name it later makes it.
   */
  request<T extends OpenRequest>(
    type: T,
    body: RequestBody<T>,
    id: string = this.#options.newId(),
  ): Promise<RequestResult<T>> {
    if (this.#state === 'ended') return Promise.resolve(err('offline'));
    const { text, result } = this.#pending.add(type, id, body);
    this.#connection?.send(text);
    return result;
  }

  /** Signals are not kept: a link that misses one starts anew. */
  sendSignal({ callId, fromLeg, toLeg, linkId, payload }: ReceivedSignal): void {
    // In this order: the server reads it without parsing the whole (server/sessions/signal-head.ts).
    const signal: PeerSignal = { type: 'peer.signal', callId, fromLeg, toLeg, linkId, payload };
    this.#connection?.send(JSON.stringify(signal));
  }

  /** The next heartbeat is due now: a call began or its links changed. */
  beat(): void {
    this.#connection?.beat();
  }

  /**
   * The machine woke up or the network changed: find out at once whether the socket still lives. A try under way began
   * on the former network and may wait there for its whole limit: a new one takes its place.
   */
  probe(): void {
    if (this.#state === 'online') {
      this.#connection?.beat(probeLimitMs);
    } else if (this.#connection || this.#state === 'offline') {
      this.#connection?.close(1000);
      this.#connection = null;
      this.#failures = 0;
      this.#connect();
    }
  }

  close(): void {
    if (this.#state === 'ended') return;
    this.#connection?.close(1000);
    this.#finish();
  }

  #connect(): void {
    this.#cancelRetry();
    const credential = this.#credentials.next(this.serverNowMs());
    if (!credential) return;
    const { url, device, connect, clock, newId, log } = this.#options;
    const signIn = {
      type: 'sign-in',
      id: newId(),
      protocol: protocolVersion,
      device,
      credential,
      ...this.#standing(),
    } as const;
    this.#connection = new Connection(
      { url, connect, clock, newId, log, signIn },
      {
        heartbeat: () => this.#handlers.heartbeat(),
        onTime: (time) => this.#offset.note(time.serverNowMs, time.sentAtMs, time.receivedAtMs),
        onWelcome: (welcome) => this.#handleWelcome(welcome),
        onBeat: (result) => {
          for (const call of result.calls) this.#handlers.onSnapshot(call);
          if (result.gone.length > 0) this.#handlers.onGone(result.gone);
        },
        onMessage: (message) => this.#handleMessage(message),
        onUnreadable: (reason) => this.#options.log.warn(`signaling: unreadable (${reason})`),
        onEnd: (end) => this.#handleEnd(end),
      },
    );
  }

  #standing(): { readonly standing?: Standing } {
    let said = {};
    attempt(this.#options.log, 'signaling: standing', () => {
      const standing = this.#handlers.standing?.();
      if (standing) said = { standing };
    });
    return said;
  }

  #handleWelcome(welcome: Welcome): void {
    // Taken before anybody hears of the welcome: what they request now goes out by itself.
    const repeated = this.#pending.texts();
    this.#onlineSinceMs = this.#options.clock.nowMs();
    this.#credentials.handleWelcome(welcome.tokens);
    this.#enter('online');
    this.#handlers.onWelcome(welcome);
    this.#handlers.onStateChanged('online');
    for (const text of repeated) this.#connection?.send(text);
  }

  #handleMessage(message: Exclude<ServerMessage, Welcome>): void {
    switch (message.type) {
      case 'reply':
        this.#pending.handleReply(message);
        break;
      case 'call.snapshot':
        this.#handlers.onSnapshot(message.call);
        break;
      case 'peer.signal': {
        const { type: _type, ...signal } = message;
        this.#handlers.onSignal(signal);
        break;
      }
      case 'presence.changed':
      case 'profile.changed':
      case 'groups.changed':
      case 'group-call.changed':
      case 'rules.changed':
      case 'record.added':
      case 'records.seen':
        this.#handlers.onNews(message);
        break;
    }
  }

  #handleEnd(end: ConnectionEnd): void {
    this.#connection = null;
    this.#countFailure(end);
    const another = isCredentialRefused(end) && this.#credentials.handleRefused();
    const retries = another || isPassing(end);
    const { log } = this.#options;
    log.info(`signaling: ${describeEnd(end)}${retries ? ', trying again' : ''}`);
    attempt(log, 'signaling: end', () => {
      if (!retries) this.#finish();
      else if (this.#state === 'online') this.#setState('offline');
    });
    // The listener may close this client: then there is no next try. If it fails, there is one.
    attempt(log, 'signaling: end', () => this.#handlers.onDisconnected(problemOf(end), retries));
    if (this.#isEnded() || !retries) return;
    const delay = another ? 0 : reconnectDelayMs(this.#failures - 1, this.#options.random);
    this.#cancelRetry = this.#options.clock.after(delay, () => this.#connect());
  }

  #countFailure(end: ConnectionEnd): void {
    const lasted =
      this.#onlineSinceMs === null ? 0 : this.#options.clock.nowMs() - this.#onlineSinceMs;
    this.#onlineSinceMs = null;
    this.#failures = lasted >= stableAfterMs ? 1 : this.#failures + 1;
    if (isWorthWaiting(end)) this.#failures = Math.max(this.#failures, failuresWhenWaiting);
  }

  #isEnded(): boolean {
    return this.#state === 'ended';
  }

  #finish(): void {
    this.#cancelRetry();
    this.#connection = null;
    this.#setState('ended');
    this.#pending.failAll();
  }

  #setState(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#enter(state);
    this.#handlers.onStateChanged(state);
  }

  #enter(state: ConnectionState): void {
    this.#options.log.info(`signaling: ${this.#state} → ${state}`);
    this.#state = state;
  }
}

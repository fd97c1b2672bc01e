/**
 * One sign-in of one page, from connect() to disconnect(): the signaling client of the desktop over a browser
 * WebSocket, the page's calls and the documented caller on top of them. Tokens live in memory and end with the page.
 * The first try is the answer to connect(); after it has worked, a lost connection comes back by itself.
 */
import type { SignInProblem } from '#common/problems';
import { systemClock, within } from '#main/clock';
import type { Log } from '#main/log';
import { parseServerAddress } from '#main/signaling/server-address';
import { SignalingClient } from '#main/signaling/signaling-client';
import { limits } from '#protocol/limits';
import type { Welcome } from '#protocol/messages';
import { type CallerOptions, type RCCallClient, createCaller } from '#renderer/caller/index';
import { type Warn, afterContinuations, protect } from '#renderer/caller/events';
import { checkOptions, warningsOf } from '#renderer/caller/options';
import { createMedia } from '#renderer/media/index';
import type { MediaPort } from '#renderer/media/ports';
import { connectBrowserSocket } from './browser-socket';
import { type ConnectProblem, type Failure, failure } from './connect-problem';
import { Listeners } from './listeners';
import { PageCalls } from './page-calls';
import { watchPage } from './page-watch';

/** The server is told of the end, but not waited for. */
const farewellLimitMs = 1_500;

export interface ConnectOptions extends Omit<CallerOptions, 'stage' | 'now'> {
  /** The server's address: `wss://phone.example.com`, or `ws://` on this computer. */
  readonly url: string;
  /** A token that the application's own back end has signed for this user (docs/server.md, application tokens). */
  readonly token: string;
  /**
   * Which device of the user this is; a new one each time unless given. With the same one again, a page that was loaded
   * anew goes on with the call it was in: onSession hands it over, accept() goes back in. Two pages at once may not
   * share one.
   */
  readonly deviceId?: string;
  /** What the user's list of devices shows. */
  readonly deviceName?: string;
}

/**
 * online – calls can be made. offline – the connection is lost and comes back by itself; calls go on. ended – for good:
 * by disconnect(), or for the reason in `problem`; connect again with a fresh token.
 */
export interface ConnectionChange {
  readonly state: 'online' | 'offline' | 'ended';
  readonly problem?: ConnectProblem;
  /** The problem in words. */
  readonly message?: string;
}

export interface PealClient {
  /** The documented client. */
  readonly caller: RCCallClient;
  readonly userId: string;
  readonly deviceId: string;
  readonly connection: ConnectionChange;
  /** Returns its unsubscribe. */
  onConnectionChange(listener: (change: ConnectionChange) => void): () => void;
  /** Hangs up, signs this device out and closes the connection. Safe to repeat; never rejects. */
  disconnect(): Promise<void>;
}

export type ConnectResult = { readonly ok: true; readonly client: PealClient } | Failure;

/** @throws Error (the promise rejects) for options that are none; everything else is a result. */
export async function connect(options: ConnectOptions): Promise<ConnectResult> {
  return connectWith(options, createMedia());
}

/** Not of the package: with other media than the devices of the page, for the contact Echo of the app. */
export async function connectWith(
  options: ConnectOptions,
  media: MediaPort,
): Promise<ConnectResult> {
  checkOptions(options);
  checkConnection(options);
  const address = parseServerAddress(options.url);
  if (!address.ok) return failure(address.error);
  return new Promise<ConnectResult>((resolve) => {
    new PageClient(address.value.url, options, { media, answer: resolve }).start();
  });
}

interface PageParts {
  readonly media: MediaPort;
  readonly answer: (result: ConnectResult) => void;
}

class PageClient implements PealClient {
  readonly deviceId: string;
  readonly #options: ConnectOptions;
  readonly #media: MediaPort;
  readonly #signaling: SignalingClient;
  readonly #changes = new Listeners<ConnectionChange>();
  readonly #answer: (result: ConnectResult) => void;
  readonly #warn: Warn;
  readonly #log: Log;
  #signedIn: { readonly calls: PageCalls; readonly caller: RCCallClient } | null = null;
  #connection: ConnectionChange = { state: 'offline' };
  #disconnecting: Promise<void> | null = null;
  #unwatchPage: () => void = () => undefined;

  constructor(url: string, options: ConnectOptions, { media, answer }: PageParts) {
    this.#options = options;
    this.#media = media;
    this.#answer = answer;
    this.#warn = warningsOf(options);
    const warn = (line: string): void => this.#warn(line);
    this.#log = { info: () => undefined, warn, error: warn };
    this.deviceId = options.deviceId ?? newId();
    const device = { deviceId: this.deviceId, name: options.deviceName ?? 'Web page' };
    const start = { credential: { kind: 'app', token: options.token } } as const;
    const ports = { connect: connectBrowserSocket, clock: systemClock, random: Math.random };
    this.#signaling = new SignalingClient(
      { url, device, start, ...ports, newId, log: this.#log },
      {
        heartbeat: () => this.#calls?.heartbeat() ?? { calls: {}, live: {}, inCall: false },
        onStateChanged: (state) => {
          if (this.#signedIn && (state === 'online' || state === 'offline'))
            this.#become({ state });
        },
        onWelcome: (welcome) => this.#handleWelcome(welcome),
        onSnapshot: (call) => this.#calls?.handleSnapshot(call),
        onGone: (callIds) => this.#calls?.handleGone(callIds),
        onSignal: (signal) => this.#calls?.handleSignal(signal),
        onNews: (news) => {
          if (news.type === 'record.added') this.#calls?.handleRecord(news.record);
        },
        onDisconnected: (problem, retries) => {
          // A server that was told goodbye closes the connection: that is no problem.
          if (this.#disconnecting) return;
          if (!this.#signedIn || !retries) this.#fail(problem);
        },
      },
    );
  }

  start(): void {
    this.#signaling.start();
  }

  get caller(): RCCallClient {
    if (!this.#signedIn) throw new Error('not signed in');
    return this.#signedIn.caller;
  }

  get userId(): string {
    return this.#calls?.self.userId ?? '';
  }

  get connection(): ConnectionChange {
    return this.#connection;
  }

  onConnectionChange(listener: (change: ConnectionChange) => void): () => void {
    return this.#changes.add((change) =>
      protect(this.#warn, 'onConnectionChange', () => listener(change)),
    );
  }

  disconnect(): Promise<void> {
    this.#disconnecting ??= this.#disconnect();
    return this.#disconnecting;
  }

  get #calls(): PageCalls | undefined {
    return this.#signedIn?.calls;
  }

  #handleWelcome(welcome: Welcome): void {
    const isFirst = this.#signedIn === null;
    const { calls } = (this.#signedIn ??= this.#createCalls(welcome.user.userId));
    calls.handleWelcome(welcome);
    if (!isFirst) return;
    this.#answer({ ok: true, client: this });
    // The code after `await connect()` keeps the client first; only then does it hear of calls.
    afterContinuations(() => calls.open());
  }

  #createCalls(userId: string): { readonly calls: PageCalls; readonly caller: RCCallClient } {
    const client = this.#signaling;
    const calls = new PageCalls({
      self: { userId, deviceId: this.deviceId },
      clock: systemClock,
      newId,
      log: this.#log,
      signaling: {
        isOnline: () => client.state === 'online',
        request: (type, body, id) => client.request(type, body, id),
        sendSignal: (signal) => client.sendSignal(signal),
        beat: () => client.beat(),
        serverNowMs: () => client.serverNowMs(),
      },
    });
    this.#unwatchPage = watchPage({
      onSeen: () => client.probe(),
      onNetworkChange: () => {
        client.probe();
        calls.handleNetworkChanged();
      },
      // What is sent now still goes out, and nobody comes back as a device whose id was made here. One that was given may
      // be the same page in a moment, loaded anew.
      onLeave: () => {
        if (this.#options.deviceId === undefined) void calls.quit();
      },
    });
    return { calls, caller: createCaller(calls, this.#media, this.#options) };
  }

  /** For good, and nobody asked for it. */
  #fail(reason: SignInProblem): void {
    const failed = failure(reason);
    this.#close();
    this.#calls?.cutOff();
    this.#signedIn?.caller.dispose();
    if (!this.#signedIn) this.#answer(failed);
    else this.#become({ state: 'ended', problem: failed.problem, message: failed.message });
  }

  async #disconnect(): Promise<void> {
    if (this.#connection.state === 'ended') return;
    const calls = this.#calls;
    this.#signedIn?.caller.dispose();
    if (calls && this.#signaling.state === 'online') {
      const farewell = calls.quit().then(() => this.#signaling.request('sign-out', {}));
      await within(systemClock, farewellLimitMs, farewell, undefined);
    }
    this.#close();
    this.#become({ state: 'ended' });
  }

  #close(): void {
    this.#unwatchPage();
    this.#calls?.close();
    this.#signaling.close();
  }

  #become(change: ConnectionChange): void {
    if (this.#connection.state === 'ended') return;
    this.#connection = change;
    this.#changes.tell(change);
  }
}

type Unchecked = { readonly [K in keyof ConnectOptions]?: unknown };

const newId = (): string => crypto.randomUUID();

const idPattern = /^[A-Za-z0-9_:-]{1,64}$/;

/** Ours; the caller's own options are the caller's to check. */
function checkConnection({ url, token, deviceId, deviceName }: Unchecked): void {
  const isName = typeof deviceName === 'string' && deviceName.length <= limits.nameChars;
  const isId = typeof deviceId === 'string' && idPattern.test(deviceId);
  const problems = [
    ...(typeof url === 'string' ? [] : ['url must be a string']),
    ...(typeof token === 'string' && token !== '' ? [] : ['token must be a non-empty string']),
    ...(deviceId === undefined || isId
      ? []
      : ['deviceId must be 1 to 64 letters, digits, "_", ":" or "-"']),
    ...(deviceName === undefined || isName ? [] : ['deviceName must be at most 100 characters']),
  ];
  if (problems.length > 0) throw new Error(problems.join('; '));
}

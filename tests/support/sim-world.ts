/**
 * A real server with short times, and devices that speak to it through the desktop's own signaling client over real
 * sockets. Sockets are cut, devices crash, the server is stopped and started on the same data.
 */
import { randomUUID } from 'node:crypto';
import { signAppToken } from '#server/auth/web-tokens';
import type { LogFields, LogLevel } from '#server/log';
import { type RunningServer, startServer } from '#server/start';
import type { ServerOptions } from '#server/options';
import type { StorePlace } from '#server/store/open-store';
import type { ReceivedSignal } from '#common/ipc';
import { type Clock, systemClock } from '#main/clock';
import type { HeartbeatContent } from '#main/signaling/connection';
import type { OpenRequest, RequestResult } from '#main/signaling/pending-requests';
import type { Socket, SocketFactory } from '#main/signaling/ports';
import { SignalingClient } from '#main/signaling/signaling-client';
import { connectWebSocket } from '#main/signaling/web-socket';
import type { Credential, RequestBody } from '#protocol/messages';
import { type CallSnapshot, type Viewer, isPresent, legOf } from '#protocol/snapshot';
import { waitFor } from './wait';

/** Long enough that a slow machine gets through, short enough that each limit is met now and then. */
export const simTimes = { ringMs: 1_500, joinMs: 900, graceMs: 1_000 } as const;

/** The devices' own waits (heartbeats, retries) are this much shorter than on a desk, if the world says nothing. */
const usualHurry = 4;
const appSecret = 'a secret of the simulated worlds';
/** Some worlds' time runs fast. */
const tokenMs = 30 * 24 * 60 * 60_000;
const nothing = (): void => undefined;
const silent = { info: nothing, warn: nothing, error: nothing };

const hurriedClock = (hurry: number): Clock => ({
  nowMs: () => systemClock.nowMs(),
  after: (delayMs, run) => systemClock.after(delayMs / hurry, run),
});

/** What a world may have otherwise. */
type SimOptions = Pick<ServerOptions, 'clock' | 'timing' | 'tickMs' | 'wrapStore'> &
  Pick<ServerOptions, 'ringMs' | 'joinMs' | 'graceMs'> & { readonly hurry: number };

/** What is to know of a device's calls beside the device. */
interface SimWitness {
  /** A revision this device did not have. */
  onCall(call: CallSnapshot): void;
  onSignal(signal: ReceivedSignal): void;
  /** A call that goes on without this device's being told. */
  onOver(callId: string): void;
  /** The app starts, or is gone: it knows of no calls. */
  onFresh(): void;
}

const blind: SimWitness = {
  onCall: () => undefined,
  onSignal: () => undefined,
  onOver: () => undefined,
  onFresh: () => undefined,
};

export class SimWorld {
  /** What the server called an error: a bug, whatever the clients did. */
  readonly errors: string[] = [];
  readonly #place: StorePlace;
  readonly #over: Partial<SimOptions>;
  #server: RunningServer;
  #changing: Promise<void> = Promise.resolve();

  private constructor(place: StorePlace, over: Partial<SimOptions>, server: RunningServer) {
    this.#place = place;
    this.#over = over;
    this.#server = server;
  }

  static async start(place: StorePlace, over: Partial<SimOptions> = {}): Promise<SimWorld> {
    const early: string[] = [];
    const server = await startServer({ ...options(place, early), ...over, port: 0 });
    const world = new SimWorld(place, over, server);
    world.errors.push(...early);
    return world;
  }

  get url(): string {
    return this.#server.url;
  }

  /** Of its devices. */
  get clock(): Clock {
    return hurriedClock(this.#over.hurry ?? usualHurry);
  }

  get admin(): RunningServer['admin'] {
    return this.#server.admin;
  }

  async credential(userId: string): Promise<Credential> {
    const token = await signAppToken({ userId, name: userId }, appSecret, Date.now() + tokenMs);
    return { kind: 'app', token };
  }

  /** Stops it and starts it again on the same data and port. Two that are wished for at once come one by one. */
  restart(): Promise<void> {
    this.#changing = this.#changing.then(async () => {
      const { port } = this.#server;
      await this.#server.close();
      const again = { ...options(this.#place, this.errors), ...this.#over, port };
      this.#server = await startServer(again);
    });
    return this.#changing;
  }

  /** Until no restart is under way. */
  steady(): Promise<void> {
    return this.#changing;
  }

  async close(): Promise<void> {
    await this.#changing;
    await this.#server.close();
  }
}

function options(place: StorePlace, errors: string[]) {
  const log = (level: LogLevel, message: string, fields?: LogFields): void => {
    if (level === 'error') errors.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { ...place, ...simTimes, appSecret, log };
}

/** One device of one user: what it holds is what a desktop would hold. */
export class SimDevice implements Viewer {
  readonly held = new Map<string, CallSnapshot>();
  /** Calls that the server does not know as going on, and whose end this device was never told. */
  readonly over = new Set<string>();
  /** What no device may ever see. */
  readonly problems: string[] = [];
  readonly live = new Map<string, readonly string[]>();
  readonly #sockets = new Set<Socket>();
  #client: SignalingClient | null = null;
  #isOffline = false;
  #losses = 0;

  constructor(
    readonly world: SimWorld,
    readonly userId: string,
    readonly deviceId: string,
    private readonly witness: SimWitness = blind,
  ) {}

  get isOnline(): boolean {
    return !this.#isOffline && this.#client?.state === 'online';
  }

  get isRunning(): boolean {
    return this.#client !== null;
  }

  /** How often a connection, or a try to have one, has ended by itself. */
  get losses(): number {
    return this.#losses;
  }

  /** The app starts: it knows nothing but who it is. */
  async start(): Promise<void> {
    const credential = await this.world.credential(this.userId);
    if (this.#client) return;
    this.held.clear();
    this.over.clear();
    this.live.clear();
    this.witness.onFresh();
    this.#client = this.#createClient(credential);
    this.#client.start();
  }

  /** The process is gone: nothing is said to anybody. */
  crash(): void {
    this.cut();
    this.#client?.close();
    this.#client = null;
    this.witness.onFresh();
  }

  /** Calls that are over and done with. */
  forget(): void {
    for (const callId of [...this.held.keys()]) {
      this.held.delete(callId);
      this.live.delete(callId);
    }
    this.over.clear();
    this.problems.length = 0;
  }

  cut(): void {
    for (const socket of [...this.#sockets]) socket.terminate();
  }

  /** Nothing gets through, and nothing can connect. */
  setOffline(isOffline: boolean): void {
    this.#isOffline = isOffline;
    if (isOffline) this.cut();
    else this.#client?.probe();
  }

  beat(): void {
    this.#client?.beat();
  }

  online(): Promise<unknown> {
    return waitFor(() => this.#client?.state === 'online', {
      what: `${this.deviceId} online (${this.#client?.state ?? 'not running'})`,
      withinMs: 30_000,
    });
  }

  ask<T extends OpenRequest>(
    type: T,
    body: RequestBody<T>,
    id: string = randomUUID(),
  ): Promise<RequestResult<T>> {
    return (
      this.#client?.request(type, body, id) ?? Promise.resolve({ ok: false, error: 'offline' })
    );
  }

  sendSignal(signal: Parameters<SignalingClient['sendSignal']>[0]): void {
    this.#client?.sendSignal(signal);
  }

  /** Calls that go on for its user, as far as this device knows. */
  unended(): CallSnapshot[] {
    return [...this.held.values()].filter((call) => {
      const own = legOf(call, this.userId);
      const isIn = call.endedAt === undefined && own !== undefined && isPresent(own);
      return isIn && !this.over.has(call.callId);
    });
  }

  note(call: CallSnapshot): void {
    const known = this.held.get(call.callId);
    if (
      known &&
      known.revision === call.revision &&
      JSON.stringify(known) !== JSON.stringify(call)
    ) {
      this.problems.push(`${this.deviceId}: two different revisions ${String(call.revision)}`);
    }
    if (known?.endedAt !== undefined && call.revision > known.revision) {
      this.problems.push(`${this.deviceId}: an ended call changed`);
    }
    if (known && known.revision >= call.revision) return;
    this.held.set(call.callId, call);
    this.witness.onCall(call);
  }

  #lose(callId: string): void {
    this.over.add(callId);
    this.witness.onOver(callId);
  }

  #heartbeat(): HeartbeatContent {
    const calls = this.unended();
    const joined = calls.filter((call) => isJoinedOn(call, this));
    return {
      calls: Object.fromEntries(calls.map(({ callId, revision }) => [callId, revision])),
      live: Object.fromEntries(joined.map(({ callId }) => [callId, this.live.get(callId) ?? []])),
      inCall: joined.length > 0,
    };
  }

  #createClient(credential: Credential): SignalingClient {
    const { world, deviceId } = this;
    return new SignalingClient(
      {
        ...{ url: `${world.url}/ws`, device: { deviceId, name: deviceId }, start: { credential } },
        ...{ connect: this.#connect, clock: world.clock, random: Math.random },
        ...{ newId: randomUUID, log: silent },
      },
      {
        heartbeat: () => this.#heartbeat(),
        onWelcome: ({ calls }) => {
          const there = new Set(calls.map(({ callId }) => callId));
          const isLeftOut = this.unended().some(({ callId }) => !there.has(callId));
          for (const call of calls) this.note(call);
          if (isLeftOut) this.beat();
        },
        onSnapshot: (call) => this.note(call),
        onGone: (callIds) => {
          for (const callId of callIds) this.#lose(callId);
        },
        onDisconnected: (problem, retries) => {
          this.#losses += 1;
          if (!retries) this.problems.push(`${deviceId}: ended with ${problem}`);
        },
        onSignal: (signal) => this.witness.onSignal(signal),
        ...{ onStateChanged: nothing, onNews: nothing },
      },
    );
  }

  readonly #connect: SocketFactory = (url, handlers) => {
    const socket = connectWebSocket(url, {
      onOpen: () => {
        if (this.#isOffline) socket.terminate();
        else handlers.onOpen();
      },
      onMessage: (text) => handlers.onMessage(text),
      onClose: (code) => {
        this.#sockets.delete(socket);
        handlers.onClose(code);
      },
    });
    this.#sockets.add(socket);
    return socket;
  };
}

export function isJoinedOn(call: CallSnapshot, { userId, deviceId }: Viewer): boolean {
  const own = legOf(call, userId);
  return own?.state === 'joined' && own.deviceId === deviceId;
}

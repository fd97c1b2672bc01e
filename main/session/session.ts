/**
 * One sign-in of this device, from its first connection to sign-out: the signaling client, the calls and the people
 * that came through it. Ended once and never used again; session-keeper.ts makes the next one.
 */
import type { InviteProblem, ProfileProblem, SignInProblem } from '#common/problems';
import type {
  CallRecord,
  Credential,
  Device,
  RequestBody,
  ResultOf,
  Tokens,
  UserProfile,
  Welcome,
} from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { CallDesk } from '../calls/call-desk';
import type { DesktopPort, SignalingPort } from '../calls/ports';
import { type Clock, within } from '../clock';
import type { Log } from '../log';
import type { Random, SocketFactory } from '../signaling/ports';
import { type News, SignalingClient } from '../signaling/signaling-client';
import { Directory } from './directory';
import { GroupCalls } from './group-calls';
import { Groups } from './groups';
import { OwnRules } from './own-rules';
import { People } from './people';
import { toInviteProblem, toProfileProblem } from './request-problems';
import type { TellHome } from './tell-home';

/** The server is told of a sign-out, but not waited for. */
const signOutLimitMs = 1_000;

export interface SessionPorts {
  readonly device: Device;
  readonly desktop: DesktopPort;
  readonly connect: SocketFactory;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: () => string;
  readonly log: Log;
}

export type SessionStart =
  | { readonly credential: Credential }
  /** Stored by an earlier sign-in: who it was is known before the server is reached. */
  | { readonly tokens: Tokens; readonly self: UserProfile };

export interface SessionHandlers {
  onChanged(): void;
  readonly tellHome: TellHome;
  /** To be stored: they replace the former ones. */
  onTokens(self: UserProfile, tokens: Tokens): void;
  /** A try to connect ended; without `retries` the session has ended with it. */
  onDisconnected(problem: SignInProblem, retries: boolean): void;
}

export class Session {
  readonly directory: Directory;
  readonly groups: Groups;
  readonly groupCalls: GroupCalls;
  readonly rules: OwnRules;
  readonly #ports: SessionPorts;
  readonly #handlers: SessionHandlers;
  readonly #client: SignalingClient;
  readonly #people: People;
  #self: UserProfile | null;
  #desk: CallDesk | null = null;

  constructor(url: string, start: SessionStart, ports: SessionPorts, handlers: SessionHandlers) {
    const { device, connect, clock, random, newId, log } = ports;
    this.#ports = ports;
    this.#handlers = handlers;
    this.#self = 'self' in start ? start.self : null;
    this.#client = new SignalingClient(
      { url, device, start, connect, clock, random, newId, log },
      {
        heartbeat: () => this.#desk?.heartbeat() ?? { calls: {}, live: {}, inCall: false },
        onStateChanged: () => this.#handlers.onChanged(),
        onWelcome: (welcome) => this.#handleWelcome(welcome),
        onSnapshot: (call) => this.#desk?.handleSnapshot(call),
        onGone: (callIds) => this.#desk?.handleGone(callIds),
        onSignal: (signal) => this.#desk?.handleSignal(signal),
        onNews: (news) => this.#handleNews(news),
        onDisconnected: (problem, retries) => this.#handlers.onDisconnected(problem, retries),
      },
    );
    const { tellHome } = handlers;
    const signaling = this.#client;
    this.#people = new People(signaling, clock);
    this.directory = new Directory({ signaling, people: this.#people, tellHome });
    this.groups = new Groups(signaling, clock);
    this.groupCalls = new GroupCalls(signaling, tellHome);
    this.rules = new OwnRules(signaling, tellHome);
  }

  /** Null until the first welcome of a sign-in without stored tokens. */
  get self(): UserProfile | null {
    return this.#self;
  }

  get desk(): CallDesk | null {
    return this.#desk;
  }

  get isOnline(): boolean {
    return this.#client.state === 'online';
  }

  start(): void {
    this.#client.start();
  }

  probe(): void {
    this.#client.probe();
    this.#desk?.handleNetworkChanged();
  }

  /** The name and the picture of this user. */
  async setProfile(body: RequestBody<'profile.set'>): Promise<Result<UserProfile, ProfileProblem>> {
    const answer = await this.#client.request('profile.set', body);
    if (!answer.ok) return err(toProfileProblem(answer.error));
    this.#noteProfile(answer.value.user);
    return ok(answer.value.user);
  }

  async invite(): Promise<Result<ResultOf<'invite.create'>, InviteProblem>> {
    const answer = await this.#client.request('invite.create', {});
    return answer.ok ? answer : err(toInviteProblem(answer.error));
  }

  async records(before?: number): Promise<Result<readonly CallRecord[], 'offline'>> {
    const body = before === undefined ? {} : { before };
    const answer = await this.#client.request('records.list', body);
    return answer.ok ? ok(answer.value.records) : err('offline');
  }

  async markSeen(recordIds: readonly string[]): Promise<Result<null, 'offline'>> {
    const answer = await this.#client.request('records.seen', { recordIds });
    return answer.ok ? ok(null) : err('offline');
  }

  /** Leaves the calls in order and closes the connection; the stored tokens stay good. */
  async quit(): Promise<void> {
    await this.#desk?.quit();
    this.end();
  }

  /** Quits, and the server forgets this device's tokens. */
  async signOut(): Promise<void> {
    await this.#desk?.quit();
    if (this.isOnline) {
      const told = this.#client.request('sign-out', {});
      await within(this.#ports.clock, signOutLimitMs, told, undefined);
    }
    this.end();
  }

  /** At once, without a word. */
  end(): void {
    this.#desk?.stop();
    this.#desk = null;
    this.#client.close();
  }

  #handleWelcome(welcome: Welcome): void {
    this.#self = welcome.user;
    if (welcome.tokens) this.#handlers.onTokens(welcome.user, welcome.tokens);
    this.#people.note([welcome.user]);
    this.rules.handleWelcome(welcome.rules);
    // Before the calls: one of these may be of a group that was made while the server was away.
    this.groups.handleChanged();
    this.#desk ??= this.#createDesk(welcome.user);
    this.#desk.handleWelcome(welcome);
    this.directory.handleWelcome();
    this.groupCalls.handleWelcome();
    if (welcome.records.length > 0) {
      this.#handlers.tellHome('phone:records.unseen', welcome.records);
    }
  }

  #handleNews(news: News): void {
    const { tellHome } = this.#handlers;
    switch (news.type) {
      case 'presence.changed':
        tellHome('phone:presence.changed', news.presence);
        break;
      case 'profile.changed':
        this.#noteProfile(news.user);
        break;
      case 'groups.changed':
        this.groups.handleChanged();
        tellHome('phone:groups.changed', null);
        break;
      case 'group-call.changed':
        tellHome('phone:group-call.changed', { groupId: news.groupId, call: news.call });
        break;
      case 'rules.changed':
        this.rules.note(news.rules);
        break;
      case 'record.added':
        tellHome('phone:records.added', news.record);
        break;
      case 'records.seen':
        tellHome('phone:records.seen', news.recordIds);
        break;
    }
  }

  #noteProfile(user: UserProfile): void {
    this.#people.note([user]);
    this.#handlers.tellHome('phone:profile.changed', user);
    if (user.userId !== this.#self?.userId) return;
    this.#self = user;
    this.#handlers.onChanged();
  }

  #createDesk(self: UserProfile): CallDesk {
    const { device, desktop, clock, newId, log } = this.#ports;
    const client = this.#client;
    const signaling: SignalingPort = {
      isOnline: () => client.state === 'online',
      request: (type, body, id) => client.request(type, body, id),
      sendSignal: (signal) => client.sendSignal(signal),
      beat: () => client.beat(),
      serverNowMs: () => client.serverNowMs(),
    };
    return new CallDesk({
      ...{ self, signaling, desktop, clock, newId, log },
      deviceId: device.deviceId,
      people: this.#people,
      groups: this.groups,
      secondDevice: () => this.rules.current.secondDevice,
    });
  }
}

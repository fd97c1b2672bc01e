/**
 * One sign-in of this device, from its first connection to sign-out: the signaling client, the calls and the people
 * that came through it. Ended once and never used again; session-keeper.ts makes the next one.
 */
import type { NewestUnseen } from '#common/ipc';
import type { InviteProblem, ProfileProblem, SignInProblem } from '#common/problems';
import type { MissedCount } from '#common/missed-count';
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
import type { DesktopPort, QuietPort, SignalingPort } from '../calls/ports';
import { type Clock, within } from '../clock';
import type { Log } from '../log';
import type { Random, SocketFactory } from '../signaling/ports';
import type { HeartbeatContent } from '../signaling/connection';
import { type News, SignalingClient } from '../signaling/signaling-client';
import { Directory } from './directory';
import { GroupCalls } from './group-calls';
import { Groups } from './groups';
import {
  type MissedCalls,
  type Seen,
  afterAdded,
  afterSeen,
  afterWelcome,
  isSameCount,
  missedCount,
  newestUnseen,
  noMissedCalls,
} from './missed-calls';
import { OwnRules } from './own-rules';
import { People } from './people';
import { type AttentionPort, PresenceReport } from './presence-report';
import { toInviteProblem, toProfileProblem } from './request-problems';
import type { TellHome } from './tell-home';

/** The server is told of a sign-out, but not waited for. */
const signOutLimitMs = 1_000;

export interface SessionPorts {
  readonly device: Device;
  readonly desktop: DesktopPort;
  readonly quiet: QuietPort;
  readonly attention: AttentionPort;
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
  /** Other calls than before are missed and not looked at. */
  onMissedChanged(): void;
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
  readonly #presence: PresenceReport;
  #self: UserProfile | null;
  #desk: CallDesk | null = null;
  #missed: MissedCalls = noMissedCalls;

  constructor(url: string, start: SessionStart, ports: SessionPorts, handlers: SessionHandlers) {
    const { device, connect, clock, random, newId, log } = ports;
    this.#ports = ports;
    this.#handlers = handlers;
    this.#self = 'self' in start ? start.self : null;
    this.#client = new SignalingClient(
      { url, device, start, connect, clock, random, newId, log },
      {
        heartbeat: () => this.#heartbeat(),
        standing: () => this.#presence.atSignIn(),
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
    this.#presence = this.#createPresence();
  }

  /** Null until the first welcome of a sign-in without stored tokens. */
  get self(): UserProfile | null {
    return this.#self;
  }

  get desk(): CallDesk | null {
    return this.#desk;
  }

  get unseen(): NewestUnseen {
    return newestUnseen(this.#missed);
  }

  /** Missed calls that the user has not looked at. */
  get missed(): MissedCount {
    return missedCount(this.#missed);
  }

  get isOnline(): boolean {
    return this.#client.state === 'online';
  }

  /** The server decides by its own clock. Until it has told the time it is that of this computer. */
  serverNowMs(): number {
    return this.#client.serverNowMs();
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

  async records(
    body: RequestBody<'records.list'>,
  ): Promise<Result<readonly CallRecord[], 'offline'>> {
    const answer = await this.#client.request('records.list', body);
    return answer.ok ? ok(answer.value.records) : err('offline');
  }

  /** The server tells only the other devices of it. */
  async markSeen(seen: Seen): Promise<Result<null, 'offline'>> {
    this.#setMissed(afterSeen(this.#missed, seen));
    const answer = await this.#client.request('records.seen', seen);
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
    this.#presence.stop();
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
    this.#presence.handleWelcome();
    const { records, moreRecords: hasOlder = false } = welcome;
    this.#setMissed(afterWelcome(this.#missed, records, hasOlder));
    this.#handlers.tellHome('phone:records.unseen', { records, hasOlder });
  }

  #handleNews(news: News): void {
    const { tellHome } = this.#handlers;
    switch (news.type) {
      case 'presence.changed':
        this.directory.notePresence(news.presence);
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
        this.#setMissed(afterAdded(this.#missed, news.record));
        tellHome('phone:records.added', news.record);
        break;
      case 'records.seen': {
        const { type: _type, ...seen } = news;
        this.#setMissed(afterSeen(this.#missed, seen));
        tellHome('phone:records.seen', seen);
        break;
      }
    }
  }

  #setMissed(missed: MissedCalls): void {
    const before = this.missed;
    this.#missed = missed;
    if (!isSameCount(before, this.missed)) this.#handlers.onMissedChanged();
  }

  #heartbeat(): HeartbeatContent {
    return this.#desk?.heartbeat() ?? { calls: {}, live: {}, inCall: false };
  }

  #noteProfile(user: UserProfile): void {
    this.#people.note([user]);
    this.#handlers.tellHome('phone:profile.changed', user);
    if (user.userId !== this.#self?.userId) return;
    this.#self = user;
    this.#handlers.onChanged();
  }

  #createPresence(): PresenceReport {
    const { attention, clock, log } = this.#ports;
    return new PresenceReport({
      ...{ attention, clock, log },
      signaling: this.#signaling(),
      isInCall: () => this.#heartbeat().inCall,
    });
  }

  #signaling(): SignalingPort {
    const client = this.#client;
    return {
      isOnline: () => client.state === 'online',
      request: (type, body, id) => client.request(type, body, id),
      sendSignal: (signal) => client.sendSignal(signal),
      beat: () => client.beat(),
      serverNowMs: () => client.serverNowMs(),
    };
  }

  #createDesk(self: UserProfile): CallDesk {
    const { device, desktop, quiet, clock, newId, log } = this.#ports;
    const signaling = this.#signaling();
    return new CallDesk({
      ...{ self, signaling, desktop, clock, newId, log },
      deviceId: device.deviceId,
      people: this.#people,
      groups: this.groups,
      quiet,
      rules: () => this.rules.current,
    });
  }
}

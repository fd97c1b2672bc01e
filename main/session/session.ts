/**
 * One sign-in of this device, from its first connection to sign-out: the signaling client, the calls and the people
 * that came through it. Ended once and never used again; session-keeper.ts makes the next one.
 */
import type { RulesProblem, SignInProblem } from '#common/problems';
import {
  type CallRules,
  type Credential,
  type Device,
  type Group,
  type Presence,
  type RequestBody,
  type Tokens,
  type UserProfile,
  type Welcome,
  defaultCallRules,
} from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { CallDesk } from '../calls/call-desk';
import type { DesktopPort, SignalingPort } from '../calls/ports';
import { type Clock, within } from '../clock';
import type { Log } from '../log';
import type { Random, SocketFactory } from '../signaling/ports';
import { SignalingClient } from '../signaling/signaling-client';
import { People } from './people';
import { toRulesProblem } from './rules-problem';

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
  onPresence(presence: readonly Presence[]): void;
  onRulesChanged(rules: CallRules): void;
  /** To be stored: they replace the former ones. */
  onTokens(self: UserProfile, tokens: Tokens): void;
  /** A try to connect ended; without `retries` the session has ended with it. */
  onDisconnected(problem: SignInProblem, retries: boolean): void;
}

export class Session {
  readonly #ports: SessionPorts;
  readonly #handlers: SessionHandlers;
  readonly #client: SignalingClient;
  readonly #people: People;
  #self: UserProfile | null;
  #desk: CallDesk | null = null;
  #watched: readonly string[] = [];
  #rules: CallRules = defaultCallRules;

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
        onPresence: (presence) => this.#handlers.onPresence(presence),
        onRulesChanged: (rules) => this.#noteRules(rules),
        // The history arrives with its own issue; until then no window shows records.
        onRecordAdded: () => undefined,
        onDisconnected: (problem, retries) => this.#handlers.onDisconnected(problem, retries),
      },
    );
    this.#people = new People(this.#client, clock);
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

  /** How this user wants to be called, as the server said last. */
  get rules(): CallRules {
    return this.#rules;
  }

  start(): void {
    this.#client.start();
  }

  probe(): void {
    this.#client.probe();
    this.#desk?.handleNetworkChanged();
  }

  async search(
    typed: string,
    cursor?: string,
  ): Promise<Result<{ people: readonly UserProfile[]; cursor?: string }, 'offline'>> {
    // Pasted text may hold tabs and the like, which no name has and no server takes.
    const query = typed.replaceAll(/\p{Cc}/gu, ' ');
    const body = cursor === undefined ? { query } : { query, cursor };
    const answer = await this.#client.request('directory.search', body);
    if (!answer.ok) return err('offline');
    this.#people.note(answer.value.people);
    return answer;
  }

  async profiles(userIds: readonly string[]): Promise<Result<readonly UserProfile[], 'offline'>> {
    const answer = await this.#client.request('directory.profiles', { userIds });
    if (!answer.ok) return err('offline');
    this.#people.note(answer.value.people);
    return ok(answer.value.people);
  }

  async groups(): Promise<Result<readonly Group[], 'offline'>> {
    const answer = await this.#client.request('directory.groups', {});
    return answer.ok ? ok(answer.value.groups) : err('offline');
  }

  /** Replaces the list of watched people; it holds on every later connection too. */
  async watch(userIds: readonly string[]): Promise<Result<readonly Presence[], 'offline'>> {
    this.#watched = userIds;
    const answer = await this.#client.request('presence.watch', { userIds });
    return answer.ok ? ok(answer.value.presence) : err('offline');
  }

  block(body: RequestBody<'rules.block'>): Promise<Result<CallRules, RulesProblem>> {
    return this.#changeRules('rules.block', body);
  }

  setRules(body: RequestBody<'rules.set'>): Promise<Result<CallRules, RulesProblem>> {
    return this.#changeRules('rules.set', body);
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
    // Home may still show those of whoever was signed in before.
    this.#setRules(welcome.rules);
    this.#desk ??= this.#createDesk(welcome.user);
    this.#desk.handleWelcome(welcome);
    if (this.#watched.length > 0) void this.#watchAgain();
  }

  async #changeRules<T extends 'rules.block' | 'rules.set'>(
    type: T,
    body: RequestBody<T>,
  ): Promise<Result<CallRules, RulesProblem>> {
    const answer = await this.#client.request<'rules.block' | 'rules.set'>(type, body);
    if (!answer.ok) return err(toRulesProblem(answer.error));
    this.#noteRules(answer.value.rules);
    return ok(answer.value.rules);
  }

  /** The reply and the push to all devices say the same: the second one is no change. */
  #noteRules(rules: CallRules): void {
    if (JSON.stringify(rules) !== JSON.stringify(this.#rules)) this.#setRules(rules);
  }

  #setRules(rules: CallRules): void {
    this.#rules = rules;
    this.#handlers.onRulesChanged(rules);
  }

  async #watchAgain(): Promise<void> {
    const answer = await this.watch(this.#watched);
    if (answer.ok) this.#handlers.onPresence(answer.value);
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
      secondDevice: () => this.#rules.secondDevice,
    });
  }
}

/**
 * A server in the test's own process: the real rules (decide), no sockets. Snapshots reach every device of the users
 * concerned before the command is answered, which is the harder one of the two orders that a real wire allows.
 */
import type { ReceivedSignal } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { toCallProblem } from '#main/calls/rules/call-problem';
import { type CallRecord, type CallRules, type IceServer } from '#protocol/messages';
import type { JoinType } from '#protocol/primitives';
import { type Result, err, ok } from '#protocol/result';
import type { CallSnapshot, UserInfo, Viewer } from '#protocol/snapshot';
import { timing } from '#protocol/limits';
import { type CallState, toSnapshot } from '#server/calls/rules/call-state';
import type { CallCommand, UserRules, World } from '#server/calls/rules/command';
import { decide } from '#server/calls/rules/decide';
import { defaultUserRules } from '#server/calls/rules/user-rules';
import type {
  CallerBridge,
  InviteRequest,
  LeaveReason,
  StartGroupRequest,
  StartRequest,
} from '../../../../../renderer/caller/bridge';
import type { MediaState } from '../../../../../renderer/media/ports';

type Reply = Promise<Result<CallSnapshot, CallProblem>>;

export class FakeExchange {
  nowMs = 1_700_000_000_000;
  readonly #rules = new Map<string, UserRules>();
  readonly #bridges: FakeBridge[] = [];
  readonly #calls = new Map<string, CallState>();
  readonly #groups = new Map<string, readonly string[]>();
  #legs = 0;

  connect(userId: string, deviceId: string): FakeBridge {
    const bridge = new FakeBridge(this, { userId, deviceId });
    this.#bridges.push(bridge);
    return bridge;
  }

  group(groupId: string, ...memberIds: string[]): void {
    this.#groups.set(groupId, memberIds);
  }

  newLegIds({ length }: readonly string[]): string[] {
    return Array.from({ length }, () => `leg-${(this.#legs += 1)}`);
  }

  /** Everybody who is in the newest call hears everybody else. */
  linkAll(): void {
    const { callId } = this;
    const joined = this.state(callId).legs.filter(({ state }) => state === 'joined');
    for (const { userId, deviceId = '', legId } of joined) {
      const liveLegIds = joined.map((other) => other.legId).filter((other) => other !== legId);
      this.run(callId, { type: 'links', userId, deviceId, liveLegIds });
    }
  }

  /** How a user wants to be called, a moment after what happened last. */
  setRules(userId: string, { blockedUserIds = [], ...rules }: Partial<CallRules>): void {
    this.nowMs += 1;
    const former = this.#rules.get(userId) ?? defaultUserRules;
    const added = blockedUserIds.map((blockedId) => [blockedId, this.nowMs] as const);
    const blockedSince = new Map([...former.blockedSince, ...added]);
    this.#rules.set(userId, { ...former, ...rules, blockedSince });
  }

  /** Somebody's device does something; the snapshots are out when this returns. */
  run(callId: string, command: CallCommand): Result<CallSnapshot, CallProblem> {
    const groupId = 'groupId' in command ? command.groupId : this.#calls.get(callId)?.groupId;
    const decision = decide(this.#world(callId, groupId), command, this.nowMs);
    if (!decision.ok) return err(toCallProblem(decision.error));
    const changed = [...(decision.also ?? []), ...(decision.changed ? [decision.call] : [])];
    for (const call of changed) this.#calls.set(call.callId, call);
    for (const call of changed) {
      for (const bridge of this.#bridges) bridge.hear(toSnapshot(call));
    }
    return ok(toSnapshot(decision.call));
  }

  #world(callId: string, groupId: string | undefined): World {
    const memberIds = this.#groups.get(groupId ?? '');
    const { ringMs, joinMs, graceMs, lostMs } = timing;
    const unended = [...this.#calls.values()].filter((call) => call.endedAt === undefined);
    const present = unended.flatMap(({ legs }) => legs.filter(({ state }) => state !== 'left'));
    const inCall = new Set(present.map(({ deviceId }) => deviceId));
    const free = this.#bridges.filter(({ self }) => !inCall.has(self.deviceId));
    return {
      call: this.#calls.get(callId) ?? null,
      group: groupId !== undefined && memberIds ? { groupId, memberIds: new Set(memberIds) } : null,
      others: unended.filter((call) => call.callId !== callId),
      knownUserIds: new Set(this.#bridges.map((bridge) => bridge.self.userId)),
      rules: this.#rules,
      freeUserIds: new Set(free.map(({ self }) => self.userId)),
      deviceIds: new Map(this.#bridges.map(({ self }) => [self.userId, [self.deviceId]])),
      times: { ringMs, joinMs, graceMs, lostMs },
    };
  }

  /** The clock goes on until something is due, and what is due happens. */
  passTime(ms: number): void {
    this.nowMs += ms;
    for (const callId of this.#calls.keys()) this.run(callId, { type: 'deadline' });
  }

  get callId(): string {
    const callId = [...this.#calls.keys()].at(-1);
    if (callId === undefined) throw new Error('no call was made');
    return callId;
  }

  state(callId: string): CallState {
    const call = this.#calls.get(callId);
    if (!call) throw new Error('no such call');
    return call;
  }

  snapshot(callId: string): CallSnapshot {
    return toSnapshot(this.state(callId));
  }

  newCallId(): string {
    return `call-${this.#calls.size + 1}`;
  }
}

export class FakeBridge implements CallerBridge {
  /** The wire is cut: nothing gets out, nothing comes in. */
  isOffline = false;
  /** Set: commands wait for it. */
  gate: Promise<void> | undefined;
  refusal: CallProblem | undefined;
  readonly asked: string[] = [];
  readonly started: StartRequest[] = [];
  serversAsked = 0;
  readonly liveLinks: (readonly string[])[] = [];
  readonly mediaStates: MediaState[] = [];
  readonly claims: (JoinType | undefined)[] = [];
  readonly #known = new Set<string>();
  readonly #incoming = new Set<(call: CallSnapshot) => void>();
  readonly #snapshots = new Set<(call: CallSnapshot) => void>();
  readonly #signals = new Set<(signal: ReceivedSignal) => void>();
  readonly #records = new Set<(record: CallRecord) => void>();
  readonly #network = new Set<() => void>();

  constructor(
    readonly exchange: FakeExchange,
    readonly self: Viewer,
  ) {}

  get listeners(): number {
    const all = [this.#incoming, this.#snapshots, this.#records, this.#signals, this.#network];
    return all.reduce((sum, { size }) => sum + size, 0);
  }

  hear(call: CallSnapshot): void {
    const isConcerned = call.legs.some((leg) => leg.userId === this.self.userId);
    if (this.isOffline || !isConcerned) return;
    const isNew = call.callerId !== this.self.userId && !this.#known.has(call.callId);
    this.#known.add(call.callId);
    for (const listener of isNew ? this.#incoming : this.#snapshots) listener(call);
  }

  /** A page that was loaded anew is told of the call it is in. */
  announce(call: CallSnapshot): void {
    this.#known.add(call.callId);
    for (const listener of this.#incoming) listener(call);
  }

  tellOfRecord(record: CallRecord): void {
    for (const listener of this.#records) listener(record);
  }

  changeNetwork(): void {
    for (const listener of this.#network) listener();
  }

  receiveSignal(signal: ReceivedSignal): void {
    for (const listener of this.#signals) listener(signal);
  }

  /** The ring has been painted on this device. */
  ring(): void {
    this.exchange.run(this.exchange.callId, { type: 'ringing', ...this.self });
  }

  async mayStart(): Promise<Result<null, CallProblem>> {
    this.asked.push('may-start');
    await this.gate;
    if (this.refusal) return err(this.refusal);
    return this.isOffline ? err('offline') : ok(null);
  }

  start(request: StartRequest): Reply {
    this.started.push(request);
    const callId = this.exchange.newCallId();
    const legs = { callId, callerLegId: `${callId}-a`, calleeLegId: `${callId}-b` };
    return this.#send('start', callId, { type: 'start', ...legs, ...this.self, ...request });
  }

  startGroup(request: StartGroupRequest): Reply {
    const callId = this.exchange.newCallId();
    const [callerLegId = '', ...legIds] = this.exchange.newLegIds(['', ...request.userIds]);
    const legs = { callId, callerLegId, legIds };
    return this.#send('start-group', callId, {
      ...{ type: 'start-group', ...legs, ...this.self, ...request },
    });
  }

  invite(callId: string, request: InviteRequest): Reply {
    const legIds = this.exchange.newLegIds(request.userIds);
    return this.#send('invite', callId, { type: 'invite', legIds, ...this.self, ...request });
  }

  extend(callId: string, userIds: readonly string[]): Reply {
    const legIds = this.exchange.newLegIds(userIds);
    return this.#send('extend', callId, { type: 'extend', legIds, userIds, ...this.self });
  }

  enter(callId: string): Reply {
    this.#known.add(callId);
    const [legId = ''] = this.exchange.newLegIds(['']);
    return this.#send('enter', callId, { type: 'enter', legId, ...this.self });
  }

  answerMedia(callId: string, accept: boolean): Reply {
    return this.#send('answer-media', callId, { type: 'media-answer', accept, ...this.self });
  }

  claim(callId: string, joinType?: JoinType): Reply {
    this.claims.push(joinType);
    const wish = joinType === undefined ? {} : { joinType };
    return this.#send('claim', callId, { type: 'claim', ...this.self, ...wish });
  }

  join(callId: string, user?: UserInfo): Reply {
    return this.#send('join', callId, { type: 'join', ...this.self, ...as(user) });
  }

  leave(callId: string, why: LeaveReason, user?: UserInfo): Reply {
    return this.#send(`leave ${why}`, callId, { type: 'leave', why, ...this.self, ...as(user) });
  }

  setMedia(callId: string, mediaType: 1 | 2): Reply {
    return this.#send('set-media', callId, { type: 'media', mediaType, ...this.self });
  }

  iceServers(): Promise<Result<readonly IceServer[], CallProblem>> {
    this.serversAsked += 1;
    return Promise.resolve(
      this.isOffline ? err('offline') : ok([{ urls: ['stun:stun.example.com'] }]),
    );
  }

  sendSignal(signal: ReceivedSignal): void {
    this.asked.push(`signal ${signal.payload}`);
  }

  reportLiveLinks(_callId: string, legIds: readonly string[]): void {
    this.liveLinks.push(legIds);
  }

  onIncoming(listener: (call: CallSnapshot) => void): () => void {
    this.#incoming.add(listener);
    return () => this.#incoming.delete(listener);
  }

  reportMediaState(_callId: string, state: MediaState): void {
    this.mediaStates.push(state);
  }

  onOfflineRecord(listener: (record: CallRecord) => void): () => void {
    this.#records.add(listener);
    return () => this.#records.delete(listener);
  }

  onSnapshot(listener: (call: CallSnapshot) => void): () => void {
    this.#snapshots.add(listener);
    return () => this.#snapshots.delete(listener);
  }

  onSignal(listener: (signal: ReceivedSignal) => void): () => void {
    this.#signals.add(listener);
    return () => this.#signals.delete(listener);
  }

  onNetworkChanged(listener: () => void): () => void {
    this.#network.add(listener);
    return () => this.#network.delete(listener);
  }

  async #send(what: string, callId: string, command: CallCommand): Reply {
    this.asked.push(what);
    await this.gate;
    return this.isOffline ? err('offline') : this.exchange.run(callId, command);
  }
}

function as(user: UserInfo | undefined): { readonly user?: UserInfo } {
  return user ? { user } : {};
}

/**
 * The calls of one signed-in page: what main/calls is for a desktop, without windows. It decides nothing about a call.
 * Levels, not edges: whatever arrives, #changed compares what is known with what was told. Nothing is told before
 * open(): the code after `await connect()` comes first.
 */
import type { ReceivedSignal } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { CallCommands, type CommandResult } from '#main/calls/call-commands';
import { CallStore } from '#main/calls/call-store';
import type { SignalingPort } from '#main/calls/ports';
import { RingReport } from '#main/calls/ring-report';
import { toCallProblem } from '#main/calls/rules/call-problem';
import { isFreeFor } from '#main/calls/rules/may-start';
import { isHeldHere, isRingingHere, wanted } from '#main/calls/rules/wanted';
import type { Clock } from '#main/clock';
import type { Log } from '#main/log';
import type { HeartbeatContent } from '#main/signaling/connection';
import type { CallRecord, IceServer, Welcome } from '#protocol/messages';
import type { JoinType } from '#protocol/primitives';
import { type Result, err, ok } from '#protocol/result';
import type { CallSnapshot, UserInfo, Viewer } from '#protocol/snapshot';
import type {
  CallerBridge,
  InviteRequest,
  LeaveReason,
  StartGroupRequest,
  StartRequest,
} from '#renderer/caller/bridge';
import { CallTeller } from './call-teller';
import { cutOff } from './cut-off';
import { LeaveAgain } from './leave-again';
import { RecordTeller } from './record-teller';

export interface PageCallsOptions {
  readonly self: Viewer;
  readonly signaling: SignalingPort;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

export class PageCalls implements CallerBridge {
  readonly self: Viewer;
  readonly #options: PageCallsOptions;
  readonly #store: CallStore;
  readonly #commands: CallCommands;
  readonly #rings: RingReport;
  readonly #records: RecordTeller;
  readonly #teller = new CallTeller();
  readonly #leaveAgain: LeaveAgain;
  readonly #liveLegs = new Map<string, readonly string[]>();
  #isOpen = false;
  #wasLoadedAnew = true;
  #wasWelcomed = false;
  #wasInCall = false;
  /** The call that the caller is going into. */
  #entering: string | null = null;

  constructor(options: PageCallsOptions) {
    const { self, signaling, newId, log } = options;
    this.self = self;
    this.#options = options;
    // The caller has ended what was before: a call that goes on with this user is a new one to it.
    this.#store = new CallStore(self, (callId) => this.#comesAnew(callId));
    const onChanged = (): void => this.#changed();
    this.#commands = new CallCommands({ signaling, store: this.#store, newId, log, onChanged });
    const shared = { store: this.#store, viewer: self, nowMs: () => this.#nowMs() };
    this.#rings = new RingReport({ ...shared, commands: this.#commands });
    this.#records = new RecordTeller(signaling, (callId) => this.#teller.knows(callId));
    this.#leaveAgain = new LeaveAgain(options.clock, () => this.#leaveRest());
  }

  // -- from the server

  handleWelcome(welcome: Welcome): void {
    const isMissing = this.#store.isLeftOut(welcome.calls);
    for (const call of welcome.calls) this.#store.put(call, this.#nowMs());
    // Over, or there was no room for it: the answer to a heartbeat that names it tells which, and why it ended.
    if (isMissing) this.#options.signaling.beat();
    this.#rings.handleWelcome();
    this.#commands.cancelOpenStarts();
    this.#records.add(welcome.records);
    this.#changed();
    if (this.#wasWelcomed) this.handleNetworkChanged();
    this.#wasWelcomed = true;
  }

  handleSnapshot(call: CallSnapshot): void {
    if (this.#store.put(call, this.#nowMs())) this.#changed();
  }

  handleGone(callIds: readonly string[]): void {
    if (this.#store.end(callIds, this.#nowMs()).length > 0) this.#changed();
  }

  handleSignal(signal: ReceivedSignal): void {
    this.#teller.signals.tell(signal);
  }

  handleRecord(record: CallRecord): void {
    this.#records.add([record]);
    this.#changed();
  }

  handleNetworkChanged(): void {
    this.#teller.networkChanges.tell(null);
  }

  heartbeat(): HeartbeatContent {
    const calls = this.#store.named();
    const held = calls.filter((call) => isHeldHere(call, this.self));
    return {
      calls: Object.fromEntries(calls.map(({ callId, revision }) => [callId, revision])),
      live: Object.fromEntries(
        held.map(({ callId }) => [callId, this.#liveLegs.get(callId) ?? []]),
      ),
      inCall: held.length > 0,
    };
  }

  // -- the page's own life

  /** From now on the caller is told. */
  open(): void {
    this.#isOpen = true;
    this.#changed();
  }

  /** Leaves every call in order: the page is closed or signs out. */
  quit(): Promise<void> {
    const held = this.#held();
    for (const callId of held) this.#store.markOut(callId, 'quit', this.#nowMs());
    return this.#commands.quit(held);
  }

  /** Nothing goes to the server any more. Idempotent. */
  close(): void {
    this.#leaveAgain.close();
  }

  /** The server will not be heard again: what was going on here ends as a lost connection does. */
  cutOff(): void {
    this.close();
    for (const call of this.#store.open()) {
      this.#store.put(cutOff(call, this.self, this.#nowMs()), this.#nowMs());
    }
    this.#changed();
  }

  // -- the caller's bridge

  mayStart(): Promise<Result<null, CallProblem>> {
    if (!this.#options.signaling.isOnline()) return Promise.resolve(err('offline'));
    return Promise.resolve(this.#isOccupied() ? err('call-exists') : ok(null));
  }

  /** A ring of that very person, come while the devices opened, is no obstacle: the server makes one call of the two. */
  async start(request: StartRequest): Promise<CommandResult> {
    if (!this.#options.signaling.isOnline()) return err('offline');
    const known = this.#store.known();
    const isFree = isFreeFor(request.targetId, known, this.self, this.#nowMs());
    if (this.#commands.isStarting || !isFree) return err('call-exists');
    return this.#commands.start('call.start', request, (callId) => this.#bind(callId));
  }

  async startGroup(request: StartGroupRequest): Promise<CommandResult> {
    const may = await this.mayStart();
    if (!may.ok) return may;
    return this.#commands.start('call.start-group', request, (callId) => this.#bind(callId));
  }

  /** The caller makes the session of it by itself, and hears of it from the first snapshot on. */
  async enter(callId: string, joinType?: JoinType): Promise<CommandResult> {
    const may = await this.mayStart();
    if (!may.ok) return may;
    const body = { callId, ...(joinType !== undefined && { joinType }) };
    this.#entering = callId;
    this.#teller.note(callId);
    const entered = await this.#store.goInto(callId, () => this.#commands.run('call.enter', body));
    this.#entering = null;
    if (!entered.ok) this.#teller.delete(callId);
    return entered;
  }

  invite(callId: string, request: InviteRequest): Promise<CommandResult> {
    return this.#commands.run('call.invite', { callId, ...request });
  }

  extend(callId: string, userIds: readonly string[]): Promise<CommandResult> {
    return this.#commands.run('call.extend', { callId, userIds });
  }

  /** Refused or unheard, the session is over here, and the next call may ring: the server's deadline ends this one. */
  async claim(callId: string, joinType?: JoinType): Promise<CommandResult> {
    const body = { callId, ...(joinType !== undefined && { joinType }) };
    const claimed = await this.#commands.run('call.claim', body);
    if (claimed.ok) return claimed;
    this.#store.markOut(callId, 'lost', this.#nowMs());
    this.#changed();
    return claimed;
  }

  join(callId: string, user?: UserInfo): Promise<CommandResult> {
    return this.#commands.run('call.join', { callId, ...(user && { user }) });
  }

  setMedia(callId: string, mediaType: 1 | 2): Promise<CommandResult> {
    return this.#commands.run('call.media', { callId, mediaType });
  }

  answerMedia(callId: string, accept: boolean): Promise<CommandResult> {
    return this.#commands.run('call.media-answer', { callId, accept });
  }

  async leave(callId: string, why: LeaveReason, user?: UserInfo): Promise<CommandResult> {
    this.#store.markOut(callId, why, this.#nowMs());
    const left = await this.#commands.leave({ callId, why, ...(user && { user }) });
    if (!left.ok) this.#leaveAgain.later();
    return left;
  }

  async iceServers(): Promise<Result<readonly IceServer[], CallProblem>> {
    const answer = await this.#options.signaling.request('ice.servers', {});
    return answer.ok ? ok(answer.value.iceServers) : err(toCallProblem(answer.error));
  }

  sendSignal(signal: ReceivedSignal): void {
    this.#options.signaling.sendSignal(signal);
  }

  reportLiveLinks(callId: string, legIds: readonly string[]): void {
    this.#liveLegs.set(callId, legIds);
    this.#options.signaling.beat();
  }

  reportMediaState(): void {
    // For whoever restores a window of ours. A page that is loaded anew begins with what its application chooses.
  }

  onIncoming(listener: (call: CallSnapshot) => void): () => void {
    return this.#teller.incoming.add(listener);
  }

  onSnapshot(listener: (call: CallSnapshot) => void): () => void {
    return this.#teller.snapshots.add(listener);
  }

  onOfflineRecord(listener: (record: CallRecord) => void): () => void {
    return this.#records.listeners.add(listener);
  }

  onSignal(listener: (signal: ReceivedSignal) => void): () => void {
    return this.#teller.signals.add(listener);
  }

  onNetworkChanged(listener: () => void): () => void {
    return this.#teller.networkChanges.add(listener);
  }

  // -- what follows

  #changed(): void {
    const { inCall } = this.heartbeat();
    // The beat of a call is faster, and the server waits for its first one.
    if (inCall && !this.#wasInCall) this.#options.signaling.beat();
    this.#wasInCall = inCall;
    if (!this.#isOpen) return;
    this.#forgetOld();
    this.#teller.tellNews(this.#store.known().map(({ call }) => call));
    this.#takeUpOrLeave();
    this.#announceRing();
    this.#rings.update();
    this.#records.tell();
  }

  /**
   * A call that this device is in without a session: right after the sign-in the page was loaded anew and goes on with
   * it; later it is the call of a start that was given up.
   */
  #takeUpOrLeave(): void {
    if (this.#commands.hasOpenStart) return;
    for (const callId of this.#held()) {
      const call = this.#store.get(callId);
      if (!call || this.#teller.knows(callId)) continue;
      if (this.#wasLoadedAnew) this.#teller.announce(call);
      else {
        this.#teller.note(callId);
        void this.leave(callId, 'hangup');
      }
    }
    this.#wasLoadedAnew = false;
  }

  /** One at a time, and none to somebody who is in a call or about to be. */
  #announceRing(): void {
    if (this.#isOccupied()) return;
    const callId = wanted(this.#store.known(), this.self, this.#nowMs()).popup;
    const call = callId === null ? undefined : this.#store.get(callId);
    if (!call) return;
    this.#teller.announce(call);
    this.#rings.notePainted(call.callId);
  }

  /** The caller has a session that is not over, or will have one in a moment. */
  #isOccupied(): boolean {
    if (this.#commands.isStarting) return true;
    const now = this.#nowMs();
    return this.#store.known().some(({ call, facts }) => {
      const rings = this.#teller.knows(call.callId) && isRingingHere(call, this.self, now);
      return facts.overSince === null && (rings || isHeldHere(call, this.self));
    });
  }

  #held(): string[] {
    return this.#store
      .known()
      .filter(({ call, facts }) => facts.overSince === null && isHeldHere(call, this.self))
      .map(({ call }) => call.callId);
  }

  #bind(callId: string): boolean {
    this.#teller.note(callId);
    return true;
  }

  #comesAnew(callId: string): void {
    this.#liveLegs.delete(callId);
    if (callId !== this.#entering) this.#teller.delete(callId);
  }

  #leaveRest(): boolean {
    const { leave } = wanted(this.#store.known(), this.self, this.#nowMs());
    for (const each of leave) this.#commands.leaveOnce(each);
    return leave.length > 0;
  }

  #forgetOld(): void {
    for (const callId of this.#store.forgetOld(this.#nowMs())) {
      for (const memory of [this.#liveLegs, this.#teller, this.#rings]) memory.delete(callId);
    }
  }

  #nowMs(): number {
    return this.#options.signaling.serverNowMs();
  }
}

/**
 * The calls of one signed-in desktop: it keeps the newest snapshots and the few facts that only this device knows,
 * takes the commands of the windows, and lets the reconciler make the desktop agree. It decides nothing about a
 * call: that is the server's. No Electron and no Node here; everything outside is behind ports.ts.
 */
import type { DeskCallView, ReceivedSignal } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { limits } from '#protocol/limits';
import type { IceServer, UserProfile, Welcome } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { CallSnapshot, Viewer } from '#protocol/snapshot';
import { type Clock, within } from '../clock';
import type { Log } from '../log';
import type { HeartbeatContent } from '../signaling/connection';
import {
  CallCommands,
  type ClaimBody,
  type CommandResult,
  type JoinBody,
  type LeaveBody,
  type StartBody,
} from './call-commands';
import { CallList } from './call-list';
import { CallStore } from './call-store';
import { CallWindows } from './call-windows';
import type { DesktopPort, PeoplePort, SignalingPort, WindowId } from './ports';
import { PhaseLog } from './phase-log';
import { Reconciler } from './reconciler';
import { RingReport } from './ring-report';
import { toCallProblem } from './rules/call-problem';
import { deskCall, peerIdOf } from './rules/desk-call';
import { type Wanted, isHeldHere, isRingingHere, wanted } from './rules/wanted';

/** The app does not wait longer for its calls when it quits. */
const quitLimitMs = 1_500;

export interface CallDeskOptions {
  readonly self: UserProfile;
  readonly deviceId: string;
  readonly signaling: SignalingPort;
  readonly people: PeoplePort;
  readonly desktop: DesktopPort;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

export class CallDesk {
  readonly #options: CallDeskOptions;
  readonly #viewer: Viewer;
  readonly #store: CallStore;
  readonly #commands: CallCommands;
  readonly #windows: CallWindows;
  readonly #reconciler: Reconciler;
  readonly #liveLegs = new Map<string, readonly string[]>();
  readonly #rings: RingReport;
  readonly #list: CallList;
  readonly #phases: PhaseLog;
  #wasInCall = false;
  #wasWelcomed = false;

  constructor(options: CallDeskOptions) {
    const { self, deviceId, signaling, people, desktop, newId, log } = options;
    this.#options = options;
    this.#viewer = { userId: self.userId, deviceId };
    this.#store = new CallStore(this.#viewer);
    this.#phases = new PhaseLog(log);
    const onChanged = (): void => this.#changed();
    this.#commands = new CallCommands({ signaling, store: this.#store, newId, log, onChanged });
    const shared = { store: this.#store, viewer: this.#viewer, nowMs: () => this.#nowMs() };
    this.#rings = new RingReport({ ...shared, commands: this.#commands });
    this.#list = new CallList({ ...shared, desktop, view: (call) => this.#view(call) });
    const callOf = (callId: string): CallSnapshot | undefined => this.#store.get(callId);
    this.#windows = new CallWindows({ desktop, people, self, viewer: this.#viewer, callOf });
    this.#reconciler = this.#createReconciler(options);
    this.#reconciler.start();
  }

  // -- from the server

  handleWelcome(welcome: Welcome): void {
    const now = this.#nowMs();
    const there = new Set(welcome.calls.map(({ callId }) => callId));
    const over = this.#store.unended().map(({ callId }) => callId);
    this.#store.end(
      over.filter((callId) => !there.has(callId)),
      now,
    );
    for (const call of welcome.calls) this.#put(call);
    this.#rings.handleWelcome();
    this.#commands.handleWelcome();
    this.#changed();
    if (this.#wasWelcomed) this.handleNetworkChanged();
    this.#wasWelcomed = true;
  }

  /** The machine woke up, its addresses changed, or the server is back: links look whether they still live. */
  handleNetworkChanged(): void {
    this.#windows.handleNetworkChanged();
  }

  handleSnapshot(call: CallSnapshot): void {
    if (this.#put(call)) this.#changed();
  }

  handleGone(callIds: readonly string[]): void {
    if (this.#store.end(callIds, this.#nowMs()).length > 0) this.#changed();
  }

  handleSignal(signal: ReceivedSignal): void {
    this.#windows.handleSignal(signal);
  }

  heartbeat(): HeartbeatContent {
    const calls = this.#store.unended().slice(-limits.heartbeatCalls);
    const held = calls.filter((call) => isHeldHere(call, this.#viewer));
    return {
      calls: Object.fromEntries(calls.map(({ callId, revision }) => [callId, revision])),
      live: Object.fromEntries(
        held.map(({ callId }) => [callId, this.#liveLegs.get(callId) ?? []]),
      ),
      inCall: held.length > 0,
    };
  }

  // -- from home

  prepare(): void {
    this.#windows.prepare(this.#options.clock.nowMs());
  }

  /** A second click while the first is on its way shows what the first one opened. */
  place(targetId: string, mediaType: 1 | 2): Result<null, CallProblem> {
    const now = this.#options.clock.nowMs();
    if (this.#windows.showPlacing(now)) return ok(null);
    const may = this.#mayStart();
    if (may.ok) this.#windows.openToPlace(targetId, mediaType, now);
    return may;
  }

  list(): DeskCallView[] {
    return this.#list.views();
  }

  /** Whether a person sees a call here: in the card, or in a window that places, holds or has just ended one. */
  get isInUse(): boolean {
    return this.#wanted().popup !== null || this.#windows.hasShown;
  }

  // -- from the incoming card

  incoming(): DeskCallView | null {
    const callId = this.#wanted().popup;
    return callId === null ? null : this.#viewOf(callId);
  }

  painted(callId: string): void {
    this.#rings.notePainted(callId);
    this.#rings.update();
    this.#reconciler.reconcile();
  }

  async accept(callId: string): Promise<Result<null, CallProblem>> {
    if (this.incoming()?.callId === callId) this.#windows.openToAnswer(callId);
    const claimed = await this.#commands.run('call.claim', { callId });
    return claimed.ok ? ok(null) : claimed;
  }

  /** The card is gone at once; the server hears of it as soon as it can. */
  async decline(callId: string): Promise<Result<null, CallProblem>> {
    this.#store.markOut(callId, 'left', this.#nowMs());
    const left = this.#commands.leave({ callId, why: 'hangup' });
    this.#changed();
    const answer = await left;
    return answer.ok ? ok(null) : answer;
  }

  // -- from a call window

  windowReady(windowId: WindowId): void {
    this.#windows.handleReady(windowId);
  }

  /** Closed by the person, crashed or destroyed by us: a call that lives on is left. */
  windowGone(windowId: WindowId): void {
    this.#windows.handleGone(windowId);
    this.#changed();
  }

  closeWindow(windowId: WindowId): void {
    this.#windows.destroyWindow(windowId);
    this.#changed();
  }

  mayStart(windowId: WindowId): Result<null, CallProblem> {
    const may = this.#mayStart();
    if (!may.ok) this.#windows.noteStep(windowId, 'failed');
    return may;
  }

  async start(windowId: WindowId, body: StartBody): Promise<CommandResult> {
    if (!this.#windows.mayPlace(windowId, body)) return err('call-over');
    const may = this.mayStart(windowId);
    if (!may.ok) return may;
    this.#windows.noteStep(windowId, 'asked');
    const started = await this.#commands.start(body, (callId) =>
      this.#windows.bind(windowId, callId),
    );
    if (!started.ok) this.#windows.noteStep(windowId, 'failed');
    return started;
  }

  async claim(windowId: WindowId, body: ClaimBody): Promise<CommandResult> {
    return this.#owns(windowId, body.callId)
      ? this.#commands.run('call.claim', body)
      : err('call-over');
  }

  async join(windowId: WindowId, body: JoinBody): Promise<CommandResult> {
    return this.#owns(windowId, body.callId)
      ? this.#commands.run('call.join', body)
      : err('call-over');
  }

  async leave(windowId: WindowId, body: LeaveBody): Promise<CommandResult> {
    if (!this.#owns(windowId, body.callId)) return err('call-over');
    this.#store.markOut(body.callId, 'left', this.#nowMs());
    return this.#commands.leave(body);
  }

  async setMedia(windowId: WindowId, callId: string): Promise<CommandResult> {
    return this.#owns(windowId, callId)
      ? this.#commands.run('call.media', { callId, mediaType: 1 })
      : err('call-over');
  }

  returnTo(_callId: string): Result<null, CallProblem> {
    return err('call-over');
  }

  async hangUp(callId: string): Promise<Result<null, CallProblem>> {
    return this.decline(callId);
  }

  callAgain(_windowId: WindowId, _switchHere: boolean): Result<null, CallProblem> {
    return err('call-over');
  }

  reportMediaState(_w: WindowId, _callId: string, _s: object): void {
    return;
  }

  sendSignal(windowId: WindowId, signal: ReceivedSignal): void {
    if (this.#owns(windowId, signal.callId)) this.#options.signaling.sendSignal(signal);
  }

  reportLiveLinks(windowId: WindowId, callId: string, legIds: readonly string[]): void {
    if (!this.#owns(windowId, callId)) return;
    this.#liveLegs.set(callId, legIds);
    this.#options.signaling.beat();
  }

  /**
   * Microphone, camera, the machine's addresses and TURN passwords: for a window in which the person places a call or
   * is in one, not for one that waits or merely rings.
   */
  mayUseDevices(windowId: WindowId): boolean {
    if (this.#windows.isPlacing(windowId)) return true;
    const callId = this.#windows.callIdOf(windowId);
    const call = callId === null ? undefined : this.#store.get(callId);
    return call !== undefined && isHeldHere(call, this.#viewer);
  }

  async iceServers(windowId: WindowId): Promise<Result<readonly IceServer[], CallProblem>> {
    if (!this.mayUseDevices(windowId)) return err('call-over');
    const answer = await this.#options.signaling.request('ice.servers', {});
    return answer.ok ? ok(answer.value.iceServers) : err(toCallProblem(answer.error));
  }

  // -- the end

  /** An orderly quit: the others hear of it at once instead of after the grace of a lost device. */
  async quit(): Promise<void> {
    const held = this.#store
      .known()
      .filter(({ call, facts }) => facts.overSince === null && isHeldHere(call, this.#viewer))
      .map(({ call }) => call.callId);
    for (const callId of held) this.#store.markOut(callId, 'left', this.#nowMs());
    const { clock, signaling } = this.#options;
    if (signaling.isOnline()) {
      await within(clock, quitLimitMs, this.#commands.quit(held), undefined);
    }
    this.stop();
  }

  /** Nothing of this session is left on the screen afterwards. */
  stop(): void {
    this.#reconciler.stop();
    this.#windows.destroyAll();
    this.#options.desktop.pushCalls([]);
  }

  #createReconciler({ clock, desktop, log }: CallDeskOptions): Reconciler {
    return new Reconciler({
      clock,
      log,
      desktop,
      windows: this.#windows,
      wanted: () => this.#wanted(),
      viewOf: (callId) => this.#viewOf(callId),
      isPainted: (callId) => this.#rings.isPainted(callId),
      leave: (callId) => this.#commands.leaveOnce(callId, 'hangup'),
      abandon: (callId) => this.#abandon(callId),
      onTick: () => {
        this.#windows.sweep(clock.nowMs());
        this.#forgetOld();
        this.#rings.update();
        this.#list.pushIfChanged();
      },
    });
  }

  #put(call: CallSnapshot): boolean {
    const changed = this.#store.put(call, this.#nowMs());
    if (changed) this.#askForName(call);
    return changed;
  }

  #forgetOld(): void {
    for (const callId of this.#store.forgetOld(this.#nowMs())) {
      for (const memory of [this.#liveLegs, this.#rings, this.#phases]) {
        memory.delete(callId);
      }
    }
  }

  #changed(): void {
    const { inCall } = this.heartbeat();
    // The beat of a call is faster, and the server waits for its first one.
    if (inCall && !this.#wasInCall) this.#options.signaling.beat();
    this.#wasInCall = inCall;
    this.#reconciler.reconcile();
    this.#rings.update();
    for (const { call } of this.#store.known()) this.#phases.note(this.#view(call));
    this.#list.push();
  }

  #askForName(call: CallSnapshot): void {
    const { people, desktop } = this.#options;
    const peerId = peerIdOf(call, this.#viewer);
    const shown = people.known(peerId);
    void people.find(peerId).then((peer) => {
      if (peer.name === shown.name) return;
      const incoming = this.incoming();
      if (incoming) desktop.showPopup(incoming);
      this.#list.push();
    });
  }

  #abandon(callId: string): void {
    const call = this.#store.get(callId);
    // Its window is about to be bound: the push was faster than the reply.
    if (call?.callerId === this.#viewer.userId && this.#commands.isStarting) return;
    this.#options.log.warn(`call ${callId}: no window, leaving`);
    this.#store.markOut(callId, 'left', this.#nowMs());
  }

  #wanted(): Wanted {
    return wanted(this.#store.known(), this.#viewer, this.#nowMs());
  }

  #viewOf(callId: string): DeskCallView | null {
    const call = this.#store.get(callId);
    return call ? this.#view(call) : null;
  }

  #view(call: CallSnapshot): DeskCallView {
    return deskCall(call, this.#viewer, this.#options.people.known(peerIdOf(call, this.#viewer)));
  }

  #mayStart(): Result<null, CallProblem> {
    if (!this.#options.signaling.isOnline()) return err('offline');
    const busy = this.#store
      .known()
      .some(({ call, facts }) => facts.overSince === null && this.#occupies(call));
    return busy || this.#commands.isStarting ? err('call-exists') : ok(null);
  }

  #occupies(call: CallSnapshot): boolean {
    return isHeldHere(call, this.#viewer) || isRingingHere(call, this.#viewer, this.#nowMs());
  }

  #owns(windowId: WindowId, callId: string): boolean {
    return this.#windows.callIdOf(windowId) === callId;
  }

  #nowMs(): number {
    return this.#options.signaling.serverNowMs();
  }
}

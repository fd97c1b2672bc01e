/**
 * The calls of one signed-in desktop: it keeps the newest snapshots and the few facts that only this device knows,
 * takes what the server says, and lets the reconciler make the desktop agree. What the windows ask is in `home`,
 * `card` and `windows`. It decides nothing about a call: that is the server's. No Electron and no Node here; everything
 * outside is behind ports.ts.
 */
import type { CallGroup, DeskCallView, ReceivedSignal } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { joinTypes } from '#protocol/join-types';
import type { CallRules, UserProfile, Welcome } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { CallSnapshot, Viewer } from '#protocol/snapshot';
import { type Clock, within } from '../clock';
import type { Log } from '../log';
import type { HeartbeatContent } from '../signaling/connection';
import { CallCommands } from './call-commands';
import { CallList } from './call-list';
import { CallStore } from './call-store';
import { CallWindows } from './call-windows';
import { CardRequests } from './card-requests';
import type { DeskParts } from './desk-parts';
import { HomeRequests } from './home-requests';
import { Hush } from './hush';
import { Notices } from './notices';
import { OutsideRequests } from './outside-requests';
import { PageReports } from './page-reports';
import { PhaseLog } from './phase-log';
import { Placing } from './placing';
import type { DesktopPort, GroupsPort, PeoplePort, QuietPort, SignalingPort } from './ports';
import { Reconciler } from './reconciler';
import { RingReport } from './ring-report';
import { deskCall, groupOf, ringerIdOf } from './rules/desk-call';
import { isFreeFor } from './rules/may-start';
import { type KnownCall, isHeldElsewhere, isHeldHere, mayReturn, wanted } from './rules/wanted';
import { WindowRequests } from './window-requests';

/** The app does not wait longer for its calls when it quits. */
const quitLimitMs = 1_500;

export interface CallDeskOptions {
  readonly self: UserProfile;
  readonly deviceId: string;
  readonly signaling: SignalingPort;
  readonly people: PeoplePort;
  readonly groups: GroupsPort;
  readonly desktop: DesktopPort;
  /** How this user wants to be called. */
  readonly rules: () => CallRules;
  readonly quiet: QuietPort;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

export class CallDesk {
  readonly home: HomeRequests;
  readonly card: CardRequests;
  readonly windows: WindowRequests;
  readonly outside: OutsideRequests;
  readonly #options: CallDeskOptions;
  readonly #viewer: Viewer;
  readonly #parts: DeskParts;
  readonly #reconciler: Reconciler;
  readonly #rings: RingReport;
  readonly #notices: Notices;
  readonly #hush: Hush;
  readonly #list: CallList;
  readonly #phases: PhaseLog;
  readonly #reports = new PageReports();
  #wasInCall = false;
  #wasWelcomed = false;

  constructor(options: CallDeskOptions) {
    const { self, deviceId, signaling, desktop, log } = options;
    this.#options = options;
    this.#viewer = { userId: self.userId, deviceId };
    this.#phases = new PhaseLog(log);
    const parts = this.#createParts(options);
    this.#parts = parts;
    const view = (call: CallSnapshot): DeskCallView => this.#view(call);
    this.#rings = new RingReport(parts);
    const { quiet, rules, clock } = options;
    this.#hush = new Hush({ ...parts, quiet, rules });
    this.#notices = new Notices({
      ...{ ...parts, rings: this.#rings, desktop },
      callerOf: (call) => this.#view(call).peer,
      groupOf: (call) => this.#groupOf(call),
    });
    this.#list = new CallList({ ...parts, desktop, view });
    this.card = new CardRequests({ ...parts, rings: this.#rings, view, clock });
    const placing = new Placing({ parts, card: this.card });
    const reports = this.#reports;
    this.home = new HomeRequests({ parts, placing, card: this.card, list: this.#list, reports });
    this.windows = new WindowRequests({ parts, placing, reports, signaling });
    this.outside = new OutsideRequests({ windows: parts.windows, desktop });
    this.#reconciler = this.#createReconciler(options);
    this.#reconciler.start();
  }

  // -- from the server

  handleWelcome(welcome: Welcome): void {
    const { store, commands } = this.#parts;
    const { signaling } = this.#options;
    const isMissing = store.isLeftOut(welcome.calls);
    for (const call of welcome.calls) this.#put(call);
    // This user may be in them no more, or they had no room: the answer to a heartbeat that names them tells, and why.
    if (isMissing) signaling.beat();
    this.#rings.handleWelcome();
    this.#hush.handleWelcome();
    commands.cancelOpenStarts();
    this.#changed();
    if (this.#wasWelcomed) this.handleNetworkChanged();
    this.#wasWelcomed = true;
  }

  /** The machine woke up, its addresses changed, or the server is back: links look whether they still live. */
  handleNetworkChanged(): void {
    this.#parts.windows.handleNetworkChanged();
  }

  handleSnapshot(call: CallSnapshot): void {
    if (this.#put(call)) this.#changed();
  }

  handleGone(callIds: readonly string[]): void {
    if (this.#parts.store.end(callIds, this.#nowMs()).length > 0) this.#changed();
  }

  handleSignal(signal: ReceivedSignal): void {
    this.#parts.windows.handleSignal(signal);
  }

  heartbeat(): HeartbeatContent {
    const calls = this.#parts.store.named();
    const held = calls.filter((call) => isHeldHere(call, this.#viewer));
    return {
      calls: Object.fromEntries(calls.map(({ callId, revision }) => [callId, revision])),
      live: Object.fromEntries(held.map(({ callId }) => [callId, this.#reports.liveLegs(callId)])),
      inCall: held.length > 0,
    };
  }

  // -- the end

  /** An orderly quit: the others hear of it at once instead of after the grace of a lost device. */
  async quit(): Promise<void> {
    const { store, commands } = this.#parts;
    const held = store
      .known()
      .filter(({ call, facts }) => facts.overSince === null && isHeldHere(call, this.#viewer))
      .map(({ call }) => call.callId);
    for (const callId of held) store.markOut(callId, 'quit', this.#nowMs());
    const { clock, signaling } = this.#options;
    if (signaling.isOnline()) await within(clock, quitLimitMs, commands.quit(held), undefined);
    this.stop();
  }

  /** Nothing of this session is left on the screen afterwards. */
  stop(): void {
    this.#parts.windows.destroyAll();
    this.#reconciler.stop();
    this.#options.desktop.pushCalls([]);
  }

  #createParts({
    self,
    people,
    groups,
    desktop,
    signaling,
    newId,
    clock,
    log,
  }: CallDeskOptions): DeskParts {
    const viewer = this.#viewer;
    const store = new CallStore(viewer, (callId) => this.#comesAnew(callId));
    const onChanged = (): void => this.#changed();
    const callOf = (callId: string): CallSnapshot | undefined => store.get(callId);
    const mediaOf = (call: CallSnapshot) => this.#reports.mediaOf(call);
    return {
      viewer,
      store,
      commands: new CallCommands({ signaling, store, newId, log, onChanged }),
      windows: new CallWindows({
        ...{ desktop, people, groups, self, viewer, callOf, mediaOf, clock },
        mayPlace: (windowId) => this.windows.mayStart(windowId),
      }),
      log,
      nowMs: () => this.#nowMs(),
      onChanged,
      mayStart: (targetId) => this.#mayStart(targetId),
    };
  }

  #createReconciler({ clock, desktop, log }: CallDeskOptions): Reconciler {
    const { store, windows, commands } = this.#parts;
    return new Reconciler({
      clock,
      log,
      desktop,
      windows,
      rings: this.#rings,
      notices: this.#notices,
      wanted: () => wanted(store.known(), this.#viewer, this.#nowMs()),
      viewOf: (callId) => this.#viewOf(callId),
      leave: (leave) => commands.leaveOnce(leave),
      abandon: (callId) => store.markOut(callId, 'network', this.#nowMs()),
      onTick: () => {
        windows.sweep();
        commands.cancelOpenStarts();
        this.#forgetOld();
        this.#rings.tick();
        this.#hush.tick();
        this.#list.pushIfChanged();
      },
    });
  }

  #put(call: CallSnapshot): boolean {
    const changed = this.#parts.store.put(call, this.#nowMs());
    if (!changed) return false;
    this.#hush.consider(call);
    this.#askForName(call);
    return true;
  }

  #forgetOld(): void {
    const { store } = this.#parts;
    for (const callId of store.forgetOld(this.#nowMs())) this.#forget(callId);
  }

  #forget(callId: string): void {
    const { windows } = this.#parts;
    for (const memory of [this.#rings, this.#notices, this.#hush, this.#phases, windows]) {
      memory.delete(callId);
    }
    this.#reports.delete(callId);
  }

  /** Its window, which shows how the former time ended, has nothing to do with this one. */
  #comesAnew(callId: string): void {
    this.#parts.windows.destroy(callId);
    this.#forget(callId);
  }

  #changed(): void {
    const { inCall } = this.heartbeat();
    // The beat of a call is faster, and the server waits for its first one.
    if (inCall && !this.#wasInCall) this.#options.signaling.beat();
    this.#wasInCall = inCall;
    this.#reconciler.reconcile();
    this.#rings.update();
    this.#hush.update();
    for (const { call } of this.#parts.store.known()) this.#phases.note(this.#view(call));
    this.#list.push();
  }

  #askForName(call: CallSnapshot): void {
    const { people, groups, desktop } = this.#options;
    const { groupId } = call;
    const peerId = ringerIdOf(call, this.#viewer);
    const shown = [people.known(peerId).name, this.#groupOf(call)?.name];
    const group = groupId === undefined ? null : groups.find(groupId);
    void Promise.all([people.find(peerId), group]).then(() => {
      const names = [people.known(peerId).name, this.#groupOf(call)?.name];
      if (names.every((name, index) => name === shown[index])) return;
      const incoming = this.card.current();
      if (incoming) desktop.showPopup(incoming);
      this.#list.push();
    });
  }

  #viewOf(callId: string): DeskCallView | null {
    const call = this.#parts.store.get(callId);
    return call ? this.#view(call) : null;
  }

  #view(call: CallSnapshot): DeskCallView {
    const known = this.#parts.store.find(call.callId);
    const peer = this.#options.people.known(ringerIdOf(call, this.#viewer));
    const canReturn = known !== undefined && this.#canReturn(known);
    const elsewhere = this.#isElsewhere(call.callId);
    const group = this.#groupOf(call);
    const [answerKeys, nowMs] = [this.#options.desktop.answerKeys(), this.#nowMs()];
    const isMuted = this.#reports.isMuted(call.callId);
    const facts = { peer, group, canReturn, elsewhere, answerKeys, nowMs, isMuted };
    return deskCall(call, this.#viewer, facts);
  }

  #groupOf(call: CallSnapshot): CallGroup | null {
    return groupOf(call, (groupId) => this.#options.groups.known(groupId));
  }

  /** This user is in another call on another device, and does not want both. */
  #isElsewhere(callId: string): boolean {
    if (this.#options.rules().secondDevice === joinTypes.coexist) return false;
    const others = this.#parts.store.open().filter((other) => other.callId !== callId);
    return others.some((other) => isHeldElsewhere(other, this.#viewer));
  }

  /** What a start of this run has just become is no call of a former run. */
  #canReturn(known: KnownCall): boolean {
    return mayReturn(known, this.#viewer) && !this.#parts.commands.hasOpenStart;
  }

  #mayStart(targetId: string | null): Result<null, CallProblem> {
    if (!this.#options.signaling.isOnline()) return err('offline');
    const { store, commands } = this.#parts;
    const isFree = isFreeFor(targetId, store.known(), this.#viewer, this.#nowMs());
    return isFree && !commands.isStarting ? ok(null) : err('call-exists');
  }

  #nowMs(): number {
    return this.#options.signaling.serverNowMs();
  }
}

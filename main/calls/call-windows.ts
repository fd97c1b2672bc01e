/**
 * The call windows of one session: which is warm, which belongs to which call, and what its page has been told.
 * A page says when it is ready; until then it is told nothing. What it gets is derived from its binding, so a page
 * that becomes ready late gets the present, not a replay.
 */
import type { CallAssignment, ReceivedSignal } from '#common/ipc';
import type { UserProfile } from '#protocol/messages';
import type { CallSnapshot, Viewer } from '#protocol/snapshot';
import type { DesktopPort, PeoplePort, WindowId } from './ports';
import { peerIdOf } from './rules/desk-call';
import { isHeldHere } from './rules/wanted';

/** A warm window that nobody used for this long gives its memory back. */
const warmForMs = 120_000;
/** A page that has asked for no call by then is stuck, or shows that a device is missing: the next click starts anew. */
const devicesLimitMs = 5_000;

export type Purpose =
  | { readonly kind: 'warm'; readonly sinceMs: number }
  | { readonly kind: 'place'; readonly targetId: string; readonly mediaType: 1 | 2 }
  | { readonly kind: 'answer'; readonly callId: string };

interface CallWindow {
  readonly id: WindowId;
  purpose: Purpose;
  callId: string | null;
  ready: boolean;
  /** Set while the other person's name is looked up, and for ever once the page has its assignment. */
  assigned: 'no' | 'asking' | 'yes';
  shown: boolean;
  /** How far a window that places has come: its page opens devices, the server was asked, or nothing came of it. */
  step: PlaceStep;
  placedAtMs: number;
  acceptedSent: boolean;
  sentRevision: number;
}

export type PlaceStep = 'devices' | 'asked' | 'failed';

export interface CallWindowsOptions {
  readonly desktop: DesktopPort;
  readonly people: PeoplePort;
  readonly self: UserProfile;
  readonly viewer: Viewer;
  readonly callOf: (callId: string) => CallSnapshot | undefined;
}

export class CallWindows {
  readonly #options: CallWindowsOptions;
  readonly #windows = new Map<WindowId, CallWindow>();

  constructor(options: CallWindowsOptions) {
    this.#options = options;
  }

  /** Has one window ready that nothing uses yet. At most one. */
  prepare(nowMs: number): void {
    if (!this.#warm()) this.#open({ kind: 'warm', sinceMs: nowMs });
  }

  /** Brings the window to the front in which a call is about to be placed. False when there is none. */
  showPlacing(nowMs: number): boolean {
    const window = this.#placing();
    if (!window || !isUnderWay(window, nowMs)) return false;
    this.#show(window);
    return true;
  }

  /** Replaces a window whose try came to nothing: at most one has no call yet. */
  openToPlace(targetId: string, mediaType: 1 | 2, nowMs: number): void {
    const former = this.#placing();
    const window = this.#take({ kind: 'place', targetId, mediaType });
    window.placedAtMs = nowMs;
    this.#show(window);
    if (former) this.destroyWindow(former.id);
    this.update();
  }

  /** It was opened to place a call and has none yet. */
  isPlacing(windowId: WindowId): boolean {
    const window = this.#windows.get(windowId);
    return window?.purpose.kind === 'place' && window.callId === null;
  }

  /** The page may ask for the call that the person clicked, and for no other. */
  mayPlace(windowId: WindowId, what: { targetId: string; mediaType: 1 | 2 }): boolean {
    const purpose = this.#windows.get(windowId)?.purpose;
    if (!this.isPlacing(windowId) || purpose?.kind !== 'place') return false;
    return purpose.targetId === what.targetId && purpose.mediaType === what.mediaType;
  }

  noteStep(windowId: WindowId, step: PlaceStep): void {
    const window = this.#windows.get(windowId);
    if (window) window.step = step;
  }

  /** One window a call: what is there already stays. */
  openToAnswer(callId: string): void {
    if (this.#find(callId)) return;
    this.#take({ kind: 'answer', callId }).callId = callId;
    this.update();
  }

  has(windowId: WindowId): boolean {
    return this.#windows.has(windowId);
  }

  bind(windowId: WindowId, callId: string): void {
    const window = this.#windows.get(windowId);
    if (window) window.callId = callId;
  }

  callIdOf(windowId: WindowId): string | null {
    return this.#windows.get(windowId)?.callId ?? null;
  }

  /** Calls that have a window. */
  boundCallIds(): string[] {
    return [...this.#windows.values()].flatMap(({ callId }) => callId ?? []);
  }

  isShown(callId: string): boolean {
    return this.#find(callId)?.shown ?? false;
  }

  /** One that was shown counts until it is gone: a minimised one is not visible, and still holds its call. */
  get hasShown(): boolean {
    return [...this.#windows.values()].some(({ shown }) => shown);
  }

  show(callId: string): void {
    const window = this.#find(callId);
    if (window) this.#show(window);
  }

  destroy(callId: string): void {
    const window = this.#find(callId);
    if (window) this.destroyWindow(window.id);
  }

  destroyWindow(windowId: WindowId): void {
    this.#windows.delete(windowId);
    this.#options.desktop.destroyCallWindow(windowId);
  }

  handleReady(windowId: WindowId): void {
    const window = this.#windows.get(windowId);
    if (!window) return;
    // A page that was loaded anew knows nothing of what the former one was told.
    Object.assign(window, { ready: true, assigned: 'no', acceptedSent: false, sentRevision: 0 });
    this.update();
  }

  handleGone(windowId: WindowId): void {
    this.#windows.delete(windowId);
  }

  handleSignal(signal: ReceivedSignal): void {
    const window = this.#find(signal.callId);
    if (window?.assigned === 'yes') this.#options.desktop.pushSignal(window.id, signal);
  }

  /** Told to every page that knows its call. */
  handleNetworkChanged(): void {
    for (const { id, callId, assigned } of this.#windows.values()) {
      if (callId !== null && assigned === 'yes') this.#options.desktop.pushNetworkChanged(id);
    }
  }

  /** Drops what does not exist any more and what has been warm for too long. */
  sweep(nowMs: number): void {
    const alive = new Set(this.#options.desktop.callWindowIds());
    for (const { id, purpose } of this.#windows.values()) {
      if (!alive.has(id)) this.#windows.delete(id);
      else if (purpose.kind === 'warm' && nowMs - purpose.sinceMs > warmForMs) {
        this.destroyWindow(id);
      }
    }
  }

  /** Tells every page what it does not know yet. */
  update(): void {
    for (const window of this.#windows.values()) {
      if (!window.ready || window.purpose.kind === 'warm') continue;
      if (window.assigned === 'no') void this.#assign(window);
      else if (window.assigned === 'yes') this.#tell(window);
    }
  }

  destroyAll(): void {
    for (const id of [...this.#windows.keys()]) this.destroyWindow(id);
  }

  async #assign(window: CallWindow): Promise<void> {
    const { desktop, people, self, viewer } = this.#options;
    window.assigned = 'asking';
    const peerId = this.#peerId(window);
    const peer = await people.find(peerId);
    if (this.#windows.get(window.id)?.assigned !== 'asking') return;
    const what = this.#purposeNow(window);
    window.assigned = 'yes';
    if (!what) return;
    desktop.pushAssigned(window.id, { self, deviceId: viewer.deviceId, peer, ...what });
    this.#tell(window);
  }

  #peerId(window: CallWindow): string {
    if (window.purpose.kind === 'place') return window.purpose.targetId;
    const call = window.callId === null ? undefined : this.#options.callOf(window.callId);
    return call ? peerIdOf(call, this.#options.viewer) : this.#options.self.userId;
  }

  #purposeNow(
    window: CallWindow,
  ):
    | Pick<CallAssignment & { purpose: 'place' }, 'purpose' | 'targetId' | 'mediaType'>
    | Answer
    | null {
    const { purpose } = window;
    if (purpose.kind === 'place') {
      return { purpose: 'place', targetId: purpose.targetId, mediaType: purpose.mediaType };
    }
    const call = window.callId === null ? undefined : this.#options.callOf(window.callId);
    if (!call) return null;
    window.sentRevision = call.revision;
    window.acceptedSent = isHeldHere(call, this.#options.viewer);
    return { purpose: 'answer', call, accepted: window.acceptedSent };
  }

  #tell(window: CallWindow): void {
    const call = window.callId === null ? undefined : this.#options.callOf(window.callId);
    if (!call) return;
    const { desktop, viewer } = this.#options;
    if (call.revision > window.sentRevision) {
      window.sentRevision = call.revision;
      desktop.pushSnapshot(window.id, call);
    }
    const accepted = window.purpose.kind === 'answer' && isHeldHere(call, viewer);
    if (accepted && !window.acceptedSent) {
      window.acceptedSent = true;
      desktop.pushAccepted(window.id, call.callId);
    }
  }

  #take(purpose: Purpose): CallWindow {
    const window = this.#warm() ?? this.#open(purpose);
    window.purpose = purpose;
    return window;
  }

  #open(purpose: Purpose): CallWindow {
    const window: CallWindow = {
      id: this.#options.desktop.openCallWindow(),
      purpose,
      callId: null,
      ready: false,
      assigned: 'no',
      shown: false,
      step: 'devices',
      placedAtMs: 0,
      acceptedSent: false,
      sentRevision: 0,
    };
    this.#windows.set(window.id, window);
    return window;
  }

  #show(window: CallWindow): void {
    window.shown = true;
    this.#options.desktop.showCallWindow(window.id);
  }

  #warm(): CallWindow | undefined {
    return [...this.#windows.values()].find(({ purpose }) => purpose.kind === 'warm');
  }

  #placing(): CallWindow | undefined {
    return [...this.#windows.values()].find(
      ({ purpose, callId }) => purpose.kind === 'place' && callId === null,
    );
  }

  #find(callId: string): CallWindow | undefined {
    return [...this.#windows.values()].find((window) => window.callId === callId);
  }
}

function isUnderWay({ step, placedAtMs }: CallWindow, nowMs: number): boolean {
  return step === 'asked' || (step === 'devices' && nowMs - placedAtMs < devicesLimitMs);
}

type Answer = Pick<CallAssignment & { purpose: 'answer' }, 'purpose' | 'call' | 'accepted'>;

/**
 * The call windows of one session: which is warm, which belongs to which call, and which takes the place of one that
 * died. What their pages are told, page-briefing.ts knows.
 */
import type { Clock } from '../clock';
import type { ReceivedSignal } from '#common/ipc';
import { ownActiveLeg } from '#protocol/snapshot';
import { FormerWindows } from './former-windows';
import {
  type BriefedWindow,
  PageBriefing,
  type PageBriefingOptions,
  type Purpose,
  untold,
} from './page-briefing';
import type { WindowId } from './ports';
import { type AnyOrder, type PlacePurpose, isSameCall, placePurpose } from './rules/orders';

/** A warm window that nobody used for this long gives its memory back. */
const warmForMs = 120_000;
/** A page that has asked for no call by then is stuck, or shows that a device is missing: the next click starts anew. */
const devicesLimitMs = 5_000;

/** How far a window that places has come: its page opens devices, the server was asked, or nothing came of it. */
export type PlaceStep = 'devices' | 'asked' | 'failed';

interface CallWindow extends BriefedWindow {
  purpose: Purpose;
  callId: string | null;
  shown: boolean;
  step: PlaceStep;
  placedAtMs: number;
  /** Where it is shown: where that window was. */
  inPlaceOf: WindowId | null;
}

export interface CallWindowsOptions extends PageBriefingOptions {
  readonly clock: Clock;
}

export class CallWindows {
  readonly #options: CallWindowsOptions;
  readonly #briefing: PageBriefing;
  readonly #windows = new Map<WindowId, CallWindow>();
  readonly #former: FormerWindows;

  constructor(options: CallWindowsOptions) {
    this.#options = options;
    this.#briefing = new PageBriefing(options);
    this.#former = new FormerWindows(options.clock);
  }

  // -- to place a call

  /** Has one window ready that nothing uses yet. At most one. */
  prepare(): void {
    if (!this.#warm()) this.#open({ kind: 'warm', sinceMs: this.#nowMs() });
  }

  /** Brings the window to the front in which this very call is about to be placed. False when there is none. */
  showPlacing(order: AnyOrder): boolean {
    const window = this.#placing();
    if (!window || !isSameCall(window.purpose, order) || !isUnderWay(window, this.#nowMs()))
      return false;
    this.#show(window);
    return true;
  }

  /** Replaces a window whose try came to nothing or is for somebody else: at most one has no call yet. */
  openToPlace(order: AnyOrder, inPlaceOf: WindowId | null): void {
    const former = this.#placing();
    const window = this.#take(placePurpose(order));
    window.placedAtMs = this.#nowMs();
    window.inPlaceOf = inPlaceOf;
    this.#show(window);
    if (former) this.destroyWindow(former.id);
    this.update();
  }

  /** What the person wants from the window that has no call yet. Null for any other window. */
  orderOf(windowId: WindowId): PlacePurpose | null {
    const window = this.#windows.get(windowId);
    return window && isPlacing(window) ? window.purpose : null;
  }

  purposeOf(windowId: WindowId): Purpose | null {
    return this.#windows.get(windowId)?.purpose ?? null;
  }

  stepOf(windowId: WindowId): PlaceStep | null {
    return this.orderOf(windowId) ? (this.#windows.get(windowId)?.step ?? null) : null;
  }

  noteStep(windowId: WindowId, step: PlaceStep): void {
    const window = this.#windows.get(windowId);
    if (window) window.step = step;
  }

  /** Both called each other and one answered: the window that was still opening its devices has nothing to do. */
  dropPlacing(targetId: string): void {
    const window = this.#placing();
    if (window?.purpose.kind !== 'place' || window.purpose.targetId !== targetId) return;
    if (window.step !== 'asked') this.destroyWindow(window.id);
  }

  // -- of a call

  /** From now on it is this call's only window. */
  bind(windowId: WindowId, callId: string): void {
    const window = this.#windows.get(windowId);
    if (!window) return;
    this.destroy(callId);
    window.callId = callId;
    this.#former.note(callId);
  }

  /** One window a call: what is there already stays. */
  openToAnswer(callId: string): void {
    if (this.#find(callId)) return;
    const window = this.#take({ kind: 'answer', callId, resumes: this.#isJoined(callId) });
    window.callId = callId;
    window.inPlaceOf = this.#former.lastOf(callId);
    this.#former.note(callId);
    this.update();
  }

  /** The same for what should be there by itself. False when it was made anew too often: its page cannot live. */
  openMissing(callId: string): boolean {
    if (!this.#former.mayReopen(callId)) return false;
    this.openToAnswer(callId);
    return true;
  }

  /** A page that was loaded anew goes on with its call, whatever the former one had to do. */
  resume(windowId: WindowId, callId: string): void {
    const window = this.#windows.get(windowId);
    if (window) window.purpose = { kind: 'answer', callId, resumes: this.#isJoined(callId) };
  }

  has(windowId: WindowId): boolean {
    return this.#windows.has(windowId);
  }

  hasWindow(callId: string): boolean {
    return this.#find(callId) !== undefined;
  }

  idOf(callId: string): WindowId | null {
    return this.#find(callId)?.id ?? null;
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

  destroyAll(): void {
    for (const id of [...this.#windows.keys()]) this.destroyWindow(id);
  }

  // -- what happens to them

  /** Its page has listened before: the one that says so now is another one. */
  isReady(windowId: WindowId): boolean {
    return this.#windows.get(windowId)?.ready ?? false;
  }

  handleReady(windowId: WindowId): void {
    const window = this.#windows.get(windowId);
    if (!window) return;
    Object.assign(window, untold, { ready: true });
    this.update();
  }

  handleGone(windowId: WindowId): void {
    const callId = this.callIdOf(windowId);
    if (callId !== null) this.#former.noteGone(callId, windowId);
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
  sweep(): void {
    const alive = new Set(this.#options.desktop.callWindowIds());
    for (const { id, purpose } of this.#windows.values()) {
      if (!alive.has(id)) this.handleGone(id);
      else if (purpose.kind === 'warm' && this.#nowMs() - purpose.sinceMs > warmForMs) {
        this.destroyWindow(id);
      }
    }
  }

  /** Tells every page what it does not know yet. */
  update(): void {
    for (const window of this.#windows.values()) this.#briefing.update(window);
  }

  /** The call is forgotten. */
  delete(callId: string): void {
    this.#former.delete(callId);
  }

  #take(purpose: Purpose): CallWindow {
    const window = this.#warm() ?? this.#open(purpose);
    window.purpose = purpose;
    return window;
  }

  #open(purpose: Purpose): CallWindow {
    const window: CallWindow = {
      ...untold,
      id: this.#options.desktop.openCallWindow(),
      purpose,
      callId: null,
      shown: false,
      step: 'devices',
      placedAtMs: 0,
      inPlaceOf: null,
    };
    this.#windows.set(window.id, window);
    return window;
  }

  #show(window: CallWindow): void {
    window.shown = true;
    this.#options.desktop.showCallWindow(window.id, window.inPlaceOf);
    window.inPlaceOf = null;
  }

  #warm(): CallWindow | undefined {
    return [...this.#windows.values()].find(({ purpose }) => purpose.kind === 'warm');
  }

  #placing(): PlacingWindow | undefined {
    return [...this.#windows.values()].find(isPlacing);
  }

  #find(callId: string): CallWindow | undefined {
    return [...this.#windows.values()].find((window) => window.callId === callId);
  }

  /** Who goes into a running call has claimed it before there is a window: nobody was in it there. */
  #isJoined(callId: string): boolean {
    const call = this.#options.callOf(callId);
    return call !== undefined && ownActiveLeg(call, this.#options.viewer)?.state === 'joined';
  }

  #nowMs(): number {
    return this.#options.clock.nowMs();
  }
}

type PlacingWindow = CallWindow & { readonly purpose: PlacePurpose };

/** It has no call yet. */
function isPlacing(window: CallWindow): window is PlacingWindow {
  const { kind } = window.purpose;
  return window.callId === null && (kind === 'place' || kind === 'place-group');
}

function isUnderWay({ step, placedAtMs }: CallWindow, nowMs: number): boolean {
  return step === 'asked' || (step === 'devices' && nowMs - placedAtMs < devicesLimitMs);
}

/** The real desktop behind the port of main/calls. */
import { powerSaveBlocker } from 'electron';
import type { AnswerKeys, CallAssignment, DeskCallView, ReceivedSignal } from '#common/ipc';
import type { CallSnapshot } from '#protocol/snapshot';
import type { CallNotice, DesktopPort, WindowId } from '../calls/ports';
import type { KeptAwake } from '../calls/rules/wanted';
import type { GlobalKeys } from '../desktop/global-keys';
import type { Outside } from '../desktop/outside';
import { pushTo } from '../ipc/push';
import type { CallWindowSet } from './call-window';
import type { HomeWindow } from './home-window';
import type { IncomingWindow } from './incoming-window';

const blockerOf = {
  machine: 'prevent-app-suspension',
  display: 'prevent-display-sleep',
} as const satisfies Record<KeptAwake, string>;

export interface DesktopOptions {
  readonly home: HomeWindow;
  readonly incoming: IncomingWindow;
  readonly calls: CallWindowSet;
  readonly outside: Outside;
  readonly keys: GlobalKeys;
}

export class Desktop implements DesktopPort {
  readonly #home: HomeWindow;
  readonly #incoming: IncomingWindow;
  readonly #calls: CallWindowSet;
  readonly #outside: Outside;
  readonly #keys: GlobalKeys;
  #blocker: number | null = null;

  constructor({ home, incoming, calls, outside, keys }: DesktopOptions) {
    this.#home = home;
    this.#incoming = incoming;
    this.#calls = calls;
    this.#outside = outside;
    this.#keys = keys;
  }

  openCallWindow(): WindowId {
    return this.#calls.open();
  }

  callWindowIds(): readonly WindowId[] {
    return this.#calls.ids();
  }

  showCallWindow(windowId: WindowId, inPlaceOf: WindowId | null): void {
    void this.#calls.show(windowId, inPlaceOf);
  }

  destroyCallWindow(windowId: WindowId): void {
    this.#calls.destroy(windowId);
  }

  pushAssigned(windowId: WindowId, assignment: CallAssignment): void {
    pushTo(this.#calls.get(windowId), 'call', 'phone:call.assigned', assignment);
  }

  pushSnapshot(windowId: WindowId, call: CallSnapshot): void {
    pushTo(this.#calls.get(windowId), 'call', 'phone:call.snapshot', call);
  }

  pushAccepted(windowId: WindowId, callId: string): void {
    pushTo(this.#calls.get(windowId), 'call', 'phone:call.accepted', { callId });
  }

  pushNetworkChanged(windowId: WindowId): void {
    pushTo(this.#calls.get(windowId), 'call', 'phone:call.network-changed', null);
  }

  pushSignal(windowId: WindowId, signal: ReceivedSignal): void {
    pushTo(this.#calls.get(windowId), 'call', 'phone:call.signal-received', signal);
  }

  pushMuteAsked(windowId: WindowId, muted: boolean): void {
    pushTo(this.#calls.get(windowId), 'call', 'phone:call.mute-asked', { muted });
  }

  pushMiniAsked(windowId: WindowId): void {
    this.#calls.askForMini(windowId, false);
  }

  popupCallId(): string | null {
    return this.#incoming.callId;
  }

  showPopup(view: DeskCallView): void {
    this.#incoming.show(view);
  }

  hidePopup(): void {
    this.#incoming.hide();
  }

  rebuildPopup(view: DeskCallView): void {
    this.#incoming.rebuild(view);
  }

  setAnswerKeys(on: boolean): void {
    this.#keys.set(on);
  }

  answerKeys(): AnswerKeys {
    return this.#keys.held;
  }

  showNotice(notice: CallNotice): void {
    this.#outside.showNotice(notice);
  }

  removeNotice(callId: string): void {
    this.#outside.removeNotice(callId);
  }

  clearNotices(): void {
    this.#outside.clearNotices();
  }

  /** The next blocker before the last one ends: nothing falls asleep in between. */
  setKeepAwake(what: KeptAwake | null): void {
    const former = this.#blocker;
    this.#blocker = what === null ? null : powerSaveBlocker.start(blockerOf[what]);
    if (former !== null) powerSaveBlocker.stop(former);
  }

  pushCalls(views: readonly DeskCallView[]): void {
    pushTo(this.#home.window, 'home', 'phone:call.list-changed', views);
    this.#outside.setCalls(views);
  }
}

/** The real desktop behind the port of main/calls. */
import { powerSaveBlocker } from 'electron';
import type { CallAssignment, DeskCallView, ReceivedSignal } from '#common/ipc';
import type { CallSnapshot } from '#protocol/snapshot';
import type { DesktopPort, WindowId } from '../calls/ports';
import { pushTo } from '../ipc/push';
import type { CallWindowSet } from './call-window';
import type { HomeWindow } from './home-window';
import type { IncomingWindow } from './incoming-window';

export interface DesktopOptions {
  readonly home: HomeWindow;
  readonly incoming: IncomingWindow;
  readonly calls: CallWindowSet;
  /** No person sees a call here any more. */
  readonly onUnused: () => void;
}

export class Desktop implements DesktopPort {
  readonly #home: HomeWindow;
  readonly #incoming: IncomingWindow;
  readonly #calls: CallWindowSet;
  readonly #onUnused: () => void;
  #blocker: number | null = null;
  #inUse = false;

  constructor({ home, incoming, calls, onUnused }: DesktopOptions) {
    this.#onUnused = onUnused;
    this.#home = home;
    this.#incoming = incoming;
    this.#calls = calls;
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

  setKeepAwake(on: boolean): void {
    if (on) this.#blocker ??= powerSaveBlocker.start('prevent-display-sleep');
    else if (this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }

  get inUse(): boolean {
    return this.#inUse;
  }

  setInUse(on: boolean): void {
    this.#inUse = on;
    if (!on) this.#onUnused();
  }

  pushCalls(views: readonly DeskCallView[]): void {
    pushTo(this.#home.window, 'home', 'phone:call.list-changed', views);
  }
}

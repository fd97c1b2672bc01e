/** The real desktop behind the port of main/calls. */
import { powerSaveBlocker } from 'electron';
import type { CallAssignment, DeskCallView, ReceivedSignal } from '#common/ipc';
import type { CallSnapshot } from '#protocol/snapshot';
import type { CallNotice, DesktopPort, WindowId } from '../calls/ports';
import type { Outside } from '../desktop/outside';
import { pushTo } from '../ipc/push';
import type { CallWindowSet } from './call-window';
import type { HomeWindow } from './home-window';
import type { IncomingWindow } from './incoming-window';

export interface DesktopOptions {
  readonly home: HomeWindow;
  readonly incoming: IncomingWindow;
  readonly calls: CallWindowSet;
  readonly outside: Outside;
}

export class Desktop implements DesktopPort {
  readonly #home: HomeWindow;
  readonly #incoming: IncomingWindow;
  readonly #calls: CallWindowSet;
  readonly #outside: Outside;
  #blocker: number | null = null;

  constructor({ home, incoming, calls, outside }: DesktopOptions) {
    this.#home = home;
    this.#incoming = incoming;
    this.#calls = calls;
    this.#outside = outside;
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

  showNotice(notice: CallNotice): void {
    this.#outside.showNotice(notice);
  }

  removeNotice(callId: string): void {
    this.#outside.removeNotice(callId);
  }

  clearNotices(): void {
    this.#outside.clearNotices();
  }

  setKeepAwake(on: boolean): void {
    if (on) this.#blocker ??= powerSaveBlocker.start('prevent-display-sleep');
    else if (this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }

  pushCalls(views: readonly DeskCallView[]): void {
    pushTo(this.#home.window, 'home', 'phone:call.list-changed', views);
    this.#outside.setCalls(views);
  }
}

/** What the person asks of a call from outside of its window, in the tray. Its page does it: it owns the media. */
import type { CallWindows } from './call-windows';
import type { DesktopPort } from './ports';

export interface OutsideRequestsOptions {
  readonly windows: Pick<CallWindows, 'idOf'>;
  readonly desktop: Pick<DesktopPort, 'pushMuteAsked' | 'pushMiniAsked'>;
}

export class OutsideRequests {
  readonly #options: OutsideRequestsOptions;

  constructor(options: OutsideRequestsOptions) {
    this.#options = options;
  }

  setMuted(callId: string, muted: boolean): void {
    const { windows, desktop } = this.#options;
    const windowId = windows.idOf(callId);
    if (windowId !== null) desktop.pushMuteAsked(windowId, muted);
  }

  makeSmall(callId: string): void {
    const { windows, desktop } = this.#options;
    const windowId = windows.idOf(callId);
    if (windowId !== null) desktop.pushMiniAsked(windowId);
  }
}

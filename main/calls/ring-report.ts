/** "Ringing" is said for cards that were painted, again on every new connection, until it was heard. */
import type { Viewer } from '#protocol/snapshot';
import type { CallCommands } from './call-commands';
import type { CallStore } from './call-store';
import { shownRings } from './rules/wanted';

export interface RingReportOptions {
  readonly store: CallStore;
  readonly commands: CallCommands;
  readonly viewer: Viewer;
  /** The server's clock. */
  readonly nowMs: () => number;
}

export class RingReport {
  readonly #options: RingReportOptions;
  /** Rings whose card has been on the screen, and those of them that this connection has been told of. */
  readonly #painted = new Set<string>();
  readonly #sent = new Set<string>();

  constructor(options: RingReportOptions) {
    this.#options = options;
  }

  notePainted(callId: string): void {
    this.#painted.add(callId);
  }

  /** Its card is made anew: what was on the screen is gone. */
  forgetPaint(callId: string): void {
    this.#painted.delete(callId);
  }

  isPainted(callId: string): boolean {
    return this.#painted.has(callId);
  }

  handleWelcome(): void {
    this.#sent.clear();
  }

  update(): void {
    const { store, commands, viewer, nowMs } = this.#options;
    const rings = new Set(
      shownRings(store.known(), viewer, nowMs()).map(({ call }) => call.callId),
    );
    // A ring that comes back, after the call this device was in, is a new one: the server stopped counting it.
    for (const callId of [...this.#painted, ...this.#sent]) {
      if (!rings.has(callId)) this.delete(callId);
    }
    for (const callId of this.#painted) {
      if (this.#sent.has(callId)) continue;
      this.#sent.add(callId);
      void commands.run('call.ringing', { callId }).then((answer) => {
        if (!answer.ok && answer.error === 'offline') this.#sent.delete(callId);
      });
    }
  }

  delete(callId: string): void {
    this.#painted.delete(callId);
    this.#sent.delete(callId);
  }
}

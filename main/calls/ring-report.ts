/** "Ringing" is said for cards that were painted, again on every new connection, until it was heard. */
import type { Viewer } from '#protocol/snapshot';
import type { CallCommands } from './call-commands';
import type { CallStore } from './call-store';
import { shownRings } from './rules/wanted';
import { ToldOnce } from './told-once';

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
  /** Rings that the page of the card has: it lives, and paints as soon as the machine lets it. */
  readonly #received = new Set<string>();
  readonly #told = new ToldOnce();

  constructor(options: RingReportOptions) {
    this.#options = options;
  }

  noteReceived(callId: string): void {
    this.#received.add(callId);
  }

  isReceived(callId: string): boolean {
    return this.#received.has(callId);
  }

  notePainted(callId: string): void {
    this.#painted.add(callId);
  }

  /** Its card is made anew: what was on the screen is gone. */
  forgetPaint(callId: string): void {
    this.#painted.delete(callId);
    this.#received.delete(callId);
  }

  isPainted(callId: string): boolean {
    return this.#painted.has(callId);
  }

  handleWelcome(): void {
    this.#told.clear();
  }

  /** Once a second. */
  tick(): void {
    this.#told.forgetUnheard();
    this.update();
  }

  update(): void {
    const { store, commands, viewer, nowMs } = this.#options;
    const rings = new Set(
      shownRings(store.known(), viewer, nowMs()).map(({ call }) => call.callId),
    );
    // A ring that comes back, after the call this device was in, is a new one: the server stopped counting it.
    for (const callId of [...this.#received, ...this.#painted, ...this.#told.callIds()]) {
      if (!rings.has(callId)) this.delete(callId);
    }
    for (const callId of this.#painted) {
      this.#told.tell(callId, () => commands.run('call.ringing', { callId }));
    }
  }

  delete(callId: string): void {
    this.forgetPaint(callId);
    this.#told.delete(callId);
  }
}

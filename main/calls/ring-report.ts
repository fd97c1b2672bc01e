/** "Ringing" is said for cards that were painted, again on every new connection, until it was heard. */
import type { Viewer } from '#protocol/snapshot';
import type { CallCommands } from './call-commands';
import type { CallStore } from './call-store';
import { isRingingHere } from './rules/wanted';

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

  isPainted(callId: string): boolean {
    return this.#painted.has(callId);
  }

  handleWelcome(): void {
    this.#sent.clear();
  }

  update(): void {
    const { store, commands, viewer, nowMs } = this.#options;
    for (const { call, facts } of store.known()) {
      const { callId } = call;
      const rings = facts.out === null && isRingingHere(call, viewer, nowMs());
      if (!rings) this.#painted.delete(callId);
      if (!rings || !this.#painted.has(callId) || this.#sent.has(callId)) continue;
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

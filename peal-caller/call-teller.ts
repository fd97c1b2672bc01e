/** What the caller hears of calls: each new call once, each newer snapshot once, everything else as it comes. */
import type { ReceivedSignal } from '#common/ipc';
import type { CallSnapshot } from '#protocol/snapshot';
import { Listeners } from './listeners';

export class CallTeller {
  readonly incoming = new Listeners<CallSnapshot>();
  readonly snapshots = new Listeners<CallSnapshot>();
  readonly signals = new Listeners<ReceivedSignal>();
  readonly networkChanges = new Listeners<null>();
  /** Calls that the caller has a session for, or had one. */
  readonly #known = new Set<string>();
  readonly #revisions = new Map<string, number>();

  knows(callId: string): boolean {
    return this.#known.has(callId);
  }

  /** The caller has a session for it by itself, or needs none. */
  note(callId: string): void {
    this.#known.add(callId);
  }

  announce(call: CallSnapshot): void {
    this.#known.add(call.callId);
    this.incoming.tell(call);
  }

  tellNews(calls: readonly CallSnapshot[]): void {
    for (const call of calls) {
      if ((this.#revisions.get(call.callId) ?? 0) >= call.revision) continue;
      this.#revisions.set(call.callId, call.revision);
      this.snapshots.tell(call);
    }
  }

  delete(callId: string): void {
    this.#known.delete(callId);
    this.#revisions.delete(callId);
  }
}

/** Calls that had a window in this run: where the last one was, and how often a crashed one was made anew. */
import type { Clock } from '../clock';
import { RestartLimit } from '../restart-limit';
import type { WindowId } from './ports';

interface Former {
  /** Its last window, once that is gone. */
  windowId: WindowId | null;
  readonly reopenings: RestartLimit;
}

export class FormerWindows {
  readonly #clock: Clock;
  readonly #calls = new Map<string, Former>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The call has a window now. */
  note(callId: string): void {
    if (this.#calls.has(callId)) return;
    this.#calls.set(callId, { windowId: null, reopenings: new RestartLimit(this.#clock) });
  }

  noteGone(callId: string, windowId: WindowId): void {
    const former = this.#calls.get(callId);
    if (former) former.windowId = windowId;
  }

  lastOf(callId: string): WindowId | null {
    return this.#calls.get(callId)?.windowId ?? null;
  }

  /** Counts one more; false when there were too many in a short time. */
  mayReopen(callId: string): boolean {
    return this.#calls.get(callId)?.reopenings.take() ?? true;
  }

  delete(callId: string): void {
    this.#calls.delete(callId);
  }
}

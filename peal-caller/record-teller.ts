/** Tells the application of calls that were over before this page could ring, each once, and the server that it was told. */
import type { SignalingPort } from '#main/calls/ports';
import { limits } from '#protocol/limits';
import type { CallRecord } from '#protocol/messages';
import { Listeners } from './listeners';

export class RecordTeller {
  readonly listeners = new Listeners<CallRecord>();
  readonly #signaling: Pick<SignalingPort, 'request'>;
  readonly #hadSession: (callId: string) => boolean;
  readonly #told = new Set<string>();
  #waiting: CallRecord[] = [];

  /** `hadSession`: the application was told of this call while it was going on. */
  constructor(signaling: Pick<SignalingPort, 'request'>, hadSession: (callId: string) => boolean) {
    this.#signaling = signaling;
    this.#hadSession = hadSession;
  }

  add(records: readonly CallRecord[]): void {
    this.#waiting.push(...records.filter(({ seen }) => !seen));
  }

  /** Without anybody to tell, the records stay unseen, for another device of the user. */
  tell(): void {
    if (this.listeners.isEmpty || this.#waiting.length === 0) return;
    const records = this.#waiting;
    this.#waiting = [];
    for (const record of records) {
      const isNews = !this.#told.has(record.recordId) && !this.#hadSession(record.callId);
      this.#told.add(record.recordId);
      if (isNews) this.listeners.tell(record);
    }
    // Not awaited: what the server did not hear comes again with the next welcome, and is told only to it then.
    for (let from = 0; from < records.length; from += limits.recordsPage) {
      const page = records.slice(from, from + limits.recordsPage);
      const recordIds = page.map(({ recordId }) => recordId);
      void this.#signaling.request('records.seen', { recordIds });
    }
  }
}

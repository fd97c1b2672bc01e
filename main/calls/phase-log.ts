import type { DeskCallView } from '#common/ipc';
import type { Log } from '../log';

/** One line for each phase that a call comes to. */
export class PhaseLog {
  readonly #log: Log;
  readonly #phases = new Map<string, string>();

  constructor(log: Log) {
    this.#log = log;
  }

  note({ callId, phase, endReason }: DeskCallView): void {
    const text = endReason === null ? phase : `${phase} (${endReason})`;
    const before = this.#phases.get(callId);
    if (before === text) return;
    this.#phases.set(callId, text);
    this.#log.info(`call ${callId}: ${before ?? 'new'} → ${text}`);
  }

  delete(callId: string): void {
    this.#phases.delete(callId);
  }
}

/**
 * Signals that overtook the snapshot that shows their sender as joined. They are kept, within bounds, until it comes:
 * an offer lost here would cost three seconds.
 */
import type { ReceivedSignal } from '#common/ipc';

/** One offer and its candidates, a few times over. */
const maxPerLeg = 64;
const maxInAll = 256;

export class EarlySignals {
  readonly #byLeg = new Map<string, ReceivedSignal[]>();

  /** False when there is no room; whoever sent it will offer or ask again. */
  keep(signal: ReceivedSignal): boolean {
    const kept = this.#byLeg.get(signal.fromLeg) ?? [];
    if (kept.length >= maxPerLeg || this.#count() >= maxInAll) return false;
    this.#byLeg.set(signal.fromLeg, [...kept, signal]);
    return true;
  }

  /** What came from this leg, oldest first; it is forgotten here. */
  take(legId: string): readonly ReceivedSignal[] {
    const kept = this.#byLeg.get(legId) ?? [];
    this.#byLeg.delete(legId);
    return kept;
  }

  clear(): void {
    this.#byLeg.clear();
  }

  #count(): number {
    let count = 0;
    for (const kept of this.#byLeg.values()) count += kept.length;
    return count;
  }
}

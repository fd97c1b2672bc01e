/**
 * Signals that overtook the snapshot that shows their sender as joined. They are kept, within bounds, until it comes:
 * an offer lost here would cost a second.
 */
import type { ReceivedSignal } from '#common/ipc';

/** One offer and its candidates, a few times over. */
const maxPerLeg = 64;
const maxInAll = 256;
/** An offer has some 9,000, a candidate 200. */
const maxChars = 1024 * 1024;

export class EarlySignals {
  readonly #byLeg = new Map<string, ReceivedSignal[]>();
  #count = 0;
  #chars = 0;

  /** False when there is no room; whoever sent it will offer or ask again. */
  keep(signal: ReceivedSignal): boolean {
    const kept = this.#byLeg.get(signal.fromLeg) ?? [];
    const chars = this.#chars + signal.payload.length;
    if (kept.length >= maxPerLeg || this.#count >= maxInAll || chars > maxChars) return false;
    this.#byLeg.set(signal.fromLeg, [...kept, signal]);
    this.#count += 1;
    this.#chars = chars;
    return true;
  }

  has(legId: string): boolean {
    return this.#byLeg.has(legId);
  }

  /** What came from this leg, oldest first; it is forgotten here. */
  take(legId: string): readonly ReceivedSignal[] {
    const kept = this.#byLeg.get(legId) ?? [];
    this.#byLeg.delete(legId);
    this.#count -= kept.length;
    for (const { payload } of kept) this.#chars -= payload.length;
    return kept;
  }

  clear(): void {
    for (const legId of [...this.#byLeg.keys()]) this.take(legId);
  }
}

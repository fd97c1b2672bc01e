/** Carries signals between the parties of one page, in order, one task later, with the faults it is told to have. */
import type { ReceivedSignal } from '#common/ipc';
import type { Fault } from './lab-api';

export class Relay {
  fault: Fault | null = null;
  readonly #linkIds = new Map<string, string>();
  readonly #deliver: (signal: ReceivedSignal) => void;

  constructor(deliver: (signal: ReceivedSignal) => void) {
    this.#deliver = deliver;
  }

  carry(signal: ReceivedSignal): void {
    if (typeOf(signal) === 'offer') this.#linkIds.set(pair(signal), signal.linkId);
    if (this.#isLost(signal)) return;
    setTimeout(() => this.#deliver(signal), 0);
  }

  linkId(aLeg: string, bLeg: string): string {
    return this.#linkIds.get([aLeg, bLeg].sort().join()) ?? 'none';
  }

  #isLost(signal: ReceivedSignal): boolean {
    const { fault } = this;
    if (fault?.kind === 'cut') return true;
    if (fault?.kind !== 'lose' || fault.type !== typeOf(signal)) return false;
    this.fault = fault.times > 1 ? { ...fault, times: fault.times - 1 } : null;
    return true;
  }
}

export function typeOf(signal: ReceivedSignal): string {
  const { type } = JSON.parse(signal.payload) as { type: string };
  return type;
}

const pair = ({ fromLeg, toLeg }: ReceivedSignal): string => [fromLeg, toLeg].sort().join();

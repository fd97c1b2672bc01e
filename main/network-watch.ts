import { networkInterfaces } from 'node:os';
import { attempt } from './attempt';
import type { Clock } from './clock';
import type { Log } from './log';

const everyMs = 2_000;
/** A look that comes so much too late: the machine slept. Not every system tells a program of it. */
const sleptMs = 3_000;

export interface NetworkWatchOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
  /** This machine's addresses as one text; tests bring their own. */
  readonly addresses?: () => string;
}

/** Calls back when this machine's addresses change (a cable, a Wi-Fi, a VPN) and when it woke up. Returns its stop. */
export function watchNetwork({
  clock,
  log,
  onChange,
  ...options
}: NetworkWatchOptions): () => void {
  const { addresses = machineAddresses } = options;
  let before: string | null = null;
  let lookedAtMs = clock.nowMs();
  let cancel = (): void => undefined;
  const look = (): void => {
    const sinceMs = clock.nowMs() - lookedAtMs;
    lookedAtMs += sinceMs;
    const now = addresses();
    const changed = before !== null && now !== before;
    before = now;
    if (changed || sinceMs >= everyMs + sleptMs) onChange();
  };
  // The next look is set first: one that fails must not be the last.
  const arm = (): void => {
    cancel = clock.after(everyMs, () => {
      arm();
      attempt(log, 'network watch', look);
    });
  };
  attempt(log, 'network watch', look);
  arm();
  return () => cancel();
}

function machineAddresses(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, list]) => (list ?? []).map(({ address }) => `${name} ${address}`))
    .sort()
    .join();
}

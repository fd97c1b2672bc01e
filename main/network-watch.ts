import { networkInterfaces } from 'node:os';
import type { Clock } from './clock';

const everyMs = 2_000;

/** Calls back when this machine's addresses change: a cable, a Wi-Fi, a VPN. Returns its stop. */
export function watchNetwork(clock: Clock, onChange: () => void): () => void {
  let before = addresses();
  let cancel = (): void => undefined;
  const look = (): void => {
    const now = addresses();
    if (now !== before) onChange();
    before = now;
    cancel = clock.after(everyMs, look);
  };
  cancel = clock.after(everyMs, look);
  return () => cancel();
}

function addresses(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, list]) => (list ?? []).map(({ address }) => `${name} ${address}`))
    .sort()
    .join();
}

import { networkInterfaces } from 'node:os';

/** The IPv4 addresses of this machine that others in its network may reach; those of no router come last. */
export function lanAddresses(): readonly string[] {
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  return [...new Set(found)].sort((a, b) => Number(isSelfGiven(a)) - Number(isSelfGiven(b)));
}

/** A machine that found no router gives itself such an address. */
function isSelfGiven(address: string): boolean {
  return address.startsWith('169.254.');
}

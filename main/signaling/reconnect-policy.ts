import type { Random } from './ports';

/** A connection that lasted this long was a good one: the next loss is answered at once again. */
export const stableAfterMs = 5_000;

const firstDelayMs = 500;
const longestDelayMs = 30_000;

/**
 * How long to wait before the next try, after `failures` tries in a row that came to nothing. The first is made at
 * once. The others spread over the upper half of a doubling span, so that a server that comes back is not met by
 * everybody in the same moment.
 */
export function reconnectDelayMs(failures: number, random: Random): number {
  if (failures <= 0) return 0;
  const span = Math.min(firstDelayMs * 2 ** (failures - 1), longestDelayMs);
  return Math.round(span / 2 + (span / 2) * random());
}

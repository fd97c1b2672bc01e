/** How many missed calls are news. Pure: the tray says the same as home, though they do not know of the same ones. */
import { limits } from '#protocol/limits';

export interface MissedCount {
  readonly n: number;
  /** There may be more than these. */
  readonly isMore: boolean;
}

/** Where the server has older ones, so many are known at least that it tells at once: nobody counts further. */
export function countMissed(known: number, hasOlder: boolean): MissedCount {
  const isMore = hasOlder && known > 0;
  return { n: isMore ? Math.min(known, limits.recordsPage) : known, isMore };
}

/** "7", or "50+". */
export function countText({ n, isMore }: MissedCount): string {
  return `${n}${isMore ? '+' : ''}`;
}

/** CR5, CR7: who counts as busy, by the rule of the one who is called. */
import { limits } from '#protocol/limits';
import type { CallState } from './call-state';
import type { World } from './command';
import { isActive } from './in-call';
import { legOfUser } from './legs';
import { isAnswerable, rulesOf } from './user-rules';

/**
 * free – in no other call. device – in one, but the user's rule lets free devices ring all the same. busy – no ring.
 * `others` are the unended calls as they will be when the new one starts.
 */
export type Reachability = 'free' | 'device' | 'busy';

export function reachabilityOf(
  world: World,
  others: readonly CallState[],
  userId: string,
): Reachability {
  const legs = others.flatMap((call) => {
    const leg = legOfUser(call.legs, userId);
    return leg && (isActive(leg) || isAnswerable(world, call, leg)) ? [leg] : [];
  });
  if (legs.length === 0) return 'free';
  if (rulesOf(world, userId).busy === 'user' || legs.length >= limits.callsPerUser) return 'busy';
  return legs.some(isActive) && !world.freeUserIds.has(userId) ? 'busy' : 'device';
}

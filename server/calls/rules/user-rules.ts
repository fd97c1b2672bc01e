/** What a user laid down about being called. Who never did has the defaults. */
import { type CallRules, defaultCallRules } from '#protocol/messages';
import type { World } from './command';

export function rulesOf(world: World, userId: string): CallRules {
  return world.rules.get(userId) ?? defaultCallRules;
}

/** Does `userId` not want to talk with `otherId`? */
export function hasBlocked(world: World, userId: string, otherId: string): boolean {
  return rulesOf(world, userId).blockedUserIds.includes(otherId);
}

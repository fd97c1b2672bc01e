/** What a user laid down about being called. Who never did has the defaults. */
import { defaultCallRules } from '#protocol/messages';
import type { CallState, LegRow } from './call-state';
import type { UserRules, World } from './command';
import { isRinging } from './legs';

export const defaultUserRules: UserRules = {
  busy: defaultCallRules.busy,
  secondDevice: defaultCallRules.secondDevice,
  blockedSince: new Map(),
  favouriteUserIds: defaultCallRules.favouriteUserIds,
  doNotDisturb: defaultCallRules.doNotDisturb,
  quickReplies: defaultCallRules.quickReplies,
};

export function rulesOf(world: World, userId: string): UserRules {
  return world.rules.get(userId) ?? defaultUserRules;
}

/** Does `userId` not want to talk with `otherId`? */
export function hasBlocked(world: World, userId: string, otherId: string): boolean {
  return rulesOf(world, userId).blockedSince.has(otherId);
}

/**
 * Whoever rings this leg has blocked its user since. A block that is older than the ring does not count: who calls
 * somebody wants to hear them now.
 */
export function isBlockedMeanwhile(world: World, call: CallState, leg: LegRow): boolean {
  const since = rulesOf(world, leg.invitedBy).blockedSince.get(leg.userId);
  return since !== undefined && since > rungAt(world, call, leg);
}

/** In a call with several, people are asked in long after it began. */
function rungAt({ times }: World, call: CallState, { answerBy }: LegRow): number {
  return answerBy === undefined ? call.createdAt : answerBy - times.ringMs;
}

/** It rings, and may be answered: not silently, which nobody knows of. */
export function isAnswerable(world: World, call: CallState, leg: LegRow): boolean {
  return isRinging(leg) && leg.silenced !== true && !isBlockedMeanwhile(world, call, leg);
}

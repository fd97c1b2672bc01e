/** CR105, CR106, CR110, CR150: several people are asked into a call at once, each with an own ring. */
import { EndReason } from '#protocol/end-reason';
import { limits } from '#protocol/limits';
import { reachabilityOf } from './busy';
import type { CallState, LegRow } from './call-state';
import type { Asking, World } from './command';
import { beginRing } from './ring';
import { invitedLeg, isPresent, leftLeg, legOfUser } from './legs';
import type { RuleId } from './rule-ids';
import type { Moment } from './settle';
import { hasBlocked } from './user-rules';

export interface Asked {
  readonly legs: readonly LegRow[];
  readonly rules: readonly RuleId[];
}

export interface AskingBy extends Pick<Asking, 'userIds' | 'legIds'> {
  readonly invitedBy: string;
}

/**
 * `others` are the unended calls as they will be then. Who has blocked the one who asks seems busy: in a group a block
 * shows itself to nobody.
 */
export function askedLegs(
  world: World,
  others: readonly CallState[],
  { userIds, legIds, invitedBy }: AskingBy,
  { nowMs, times }: Moment,
): Asked {
  const rules: RuleId[] = [];
  const legs = userIds.map((userId, at) => {
    const leg = invitedLeg(legIds[at] ?? '', userId, invitedBy, nowMs + times.ringMs);
    const rule = whyBusy(world, others, userId, invitedBy);
    if (!rule) {
      const ring = beginRing(world, leg, nowMs);
      rules.push(...ring.rules);
      return ring.leg;
    }
    rules.push(rule);
    const busy = leftLeg(leg, nowMs, { reason: EndReason.BUSY_LINE, cause: 'self' });
    return rule === 'CR106' ? { ...busy, isUnheard: true as const } : busy;
  });
  return { legs, rules };
}

function whyBusy(
  world: World,
  others: readonly CallState[],
  userId: string,
  invitedBy: string,
): RuleId | null {
  if (hasBlocked(world, userId, invitedBy)) return 'CR106';
  return reachabilityOf(world, others, userId) === 'busy' ? 'CR105' : null;
}

/** Each person once, without those of `except`. */
export function distinct(userIds: readonly string[], except: ReadonlySet<string>): string[] {
  return [...new Set(userIds)].filter((userId) => !except.has(userId));
}

/** Which row legs were dropped by. */
export const roomMade: readonly RuleId[] = ['CR150'];

/** Room for so many more legs: first those go that a newer one of the same person replaces, then the oldest that left. */
export function withRoomFor(legs: readonly LegRow[], more: number): readonly LegRow[] {
  const tooMany = legs.length + more - limits.legs;
  if (tooMany <= 0) return legs;
  const left = legs.filter((leg) => !isPresent(leg));
  const replaced = left.filter((leg) => legOfUser(legs, leg.userId) !== leg);
  const inOrder = [...replaced, ...left.filter((leg) => !replaced.includes(leg))];
  const dropped = new Set(inOrder.slice(0, tooMany));
  return legs.filter((leg) => !dropped.has(leg));
}

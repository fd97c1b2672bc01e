/** CR159, CR160: what of a call is its people's own business. */
import type { CallState, LegRow } from './call-state';
import { isPresent, legOfUser } from './legs';

/** Without what this user may not hear of: invitations by somebody they have blocked. */
export function asHeardBy(call: CallState, userId: string): CallState {
  const isHeard = (leg: LegRow): boolean => leg.userId !== userId || leg.isUnheard !== true;
  return call.legs.every(isHeard) ? call : { ...call, legs: call.legs.filter(isHeard) };
}

/** It rings for this user, or they are in it; somebody whose device may still come back is. */
export function isOpenFor({ legs }: CallState, userId: string): boolean {
  const own = legOfUser(legs, userId);
  return own !== undefined && isPresent(own);
}

/** Whether a device of this user that knows that revision has missed something. How their own part ended, at the most. */
export function hasNewsFor(call: CallState, userId: string, revision: number): boolean {
  const own = legOfUser(asHeardBy(call, userId).legs, userId);
  if (!own || call.revision <= revision) return false;
  return isPresent(own) || revision < (own.leftRevision ?? Infinity);
}

/** Those who left with this revision are told of it, and not of the next. */
export function withLeftRevision(legs: readonly LegRow[], leftRevision: number): readonly LegRow[] {
  return legs.map((leg) =>
    isPresent(leg) || leg.leftRevision !== undefined ? leg : { ...leg, leftRevision },
  );
}

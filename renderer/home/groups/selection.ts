/** Whom of a group, or of several people, a call is for. Pure. */
import { limits } from '#protocol/limits';

/** One checkbox for all: some is neither on nor off. */
export type Selected = 'none' | 'some' | 'all';

/** The ticked ones that are still members, in the order of the members. */
export function stillThere(
  ticked: ReadonlySet<string>,
  memberIds: readonly string[],
): readonly string[] {
  return memberIds.filter((userId) => ticked.has(userId));
}

export function toggled(ticked: readonly string[], userId: string): ReadonlySet<string> {
  const next = new Set(ticked);
  if (!next.delete(userId)) next.add(userId);
  return next;
}

/** All, or nobody where all are ticked already. */
export function allToggled(
  ticked: readonly string[],
  memberIds: readonly string[],
): ReadonlySet<string> {
  return new Set(selectedOf(ticked, memberIds) === 'all' ? [] : memberIds);
}

export function selectedOf(ticked: readonly string[], memberIds: readonly string[]): Selected {
  if (ticked.length === 0) return 'none';
  return ticked.length === memberIds.length ? 'all' : 'some';
}

/** More than a call takes: the user is in it, too. */
export function isTooMany(count: number): boolean {
  return count + 1 > limits.participants;
}

export function mayCall(count: number): boolean {
  return count > 0 && !isTooMany(count);
}

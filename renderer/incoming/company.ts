/** Who else is in a call to several, or asked for, in as few names as fit on one line. Pure. */
import type { UserProfile } from '#protocol/messages';

export interface Companion {
  readonly name: string;
  /** In the call already. */
  readonly isThere: boolean;
}

export interface Company {
  readonly named: readonly Companion[];
  /** As many are there besides. */
  readonly others: number;
}

export interface Known {
  readonly joinedIds: readonly string[];
  /** Who is not in it has no name yet. */
  readonly people: ReadonlyMap<string, UserProfile>;
}

/** A fourth name stands where “one other” would. */
const mostNames = 4;

/** Those who are in the call come first. */
export function companyOf(userIds: readonly string[], { joinedIds, people }: Known): Company {
  const joined = new Set(joinedIds);
  const inOrder = [
    ...userIds.filter((userId) => joined.has(userId)),
    ...userIds.filter((userId) => !joined.has(userId)),
  ];
  const known = inOrder.flatMap((userId) => {
    const person = people.get(userId);
    return person ? [{ name: person.name, isThere: joined.has(userId) }] : [];
  });
  const isWhole = known.length === userIds.length && known.length <= mostNames;
  const named = isWhole ? known : known.slice(0, mostNames - 1);
  return { named, others: userIds.length - named.length };
}

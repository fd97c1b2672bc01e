/** Whom one can add to a call, and how many more it takes. Pure. */
import type { UserProfile } from '#protocol/messages';

export interface Candidates {
  /** In the order in which they were ticked. */
  readonly chosen: readonly UserProfile[];
  /** What the search found, or all of a group. */
  readonly found: readonly UserProfile[];
  /** Who is in the call or is being called. */
  readonly presentIds: ReadonlySet<string>;
}

/** Whoever was found and is not there; before them, who was ticked and is not among these. */
export function candidatesOf({ chosen, found, presentIds }: Candidates): readonly UserProfile[] {
  const foundIds = new Set(found.map(({ userId }) => userId));
  const kept = chosen.filter(({ userId }) => !foundIds.has(userId));
  return [...kept, ...found].filter(({ userId }) => !presentIds.has(userId));
}

/** Of a group everybody is known; what is typed only hides the others. */
export function matching(people: readonly UserProfile[], typed: string): readonly UserProfile[] {
  const part = typed.trim().toLocaleLowerCase();
  return people.filter(({ name }) => name.toLocaleLowerCase().includes(part));
}

export function toggled(
  chosen: readonly UserProfile[],
  person: UserProfile,
): readonly UserProfile[] {
  const rest = chosen.filter(({ userId }) => userId !== person.userId);
  return rest.length < chosen.length ? rest : [...rest, person];
}

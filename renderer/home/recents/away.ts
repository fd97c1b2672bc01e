/** Who called while the person was away, in as few words as tell it. Pure. */
import type { UserProfile } from '#protocol/messages';

export interface AwayWords {
  readonly key: 'one' | 'two' | 'many';
  readonly name: string;
  readonly other: string;
  /** Calls of the one person, or people beside the first. */
  readonly n: number;
}

/** `callers`: one for each missed call, the newest first. */
export function awayWords(callers: readonly UserProfile[]): AwayWords | null {
  const people = [...new Map(callers.map((person) => [person.userId, person])).values()];
  const [first, second] = people;
  if (!first) return null;
  const { name } = first;
  if (!second) return { key: 'one', name, other: '', n: callers.length };
  if (people.length === 2) return { key: 'two', name, other: second.name, n: 1 };
  return { key: 'many', name, other: '', n: people.length - 1 };
}

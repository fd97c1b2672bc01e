/** The people of the call records by name and picture: records hold ids alone. */
import { shallowReactive } from 'vue';
import type { HomeApi } from '#common/window-api';
import { limits } from '#protocol/limits';
import type { CallRecord, UserProfile } from '#protocol/messages';
import { personIn } from './outcome';

export interface RecordPeople {
  /** A person whose name is not known goes by the id. */
  readonly personOf: (record: CallRecord) => UserProfile;
  readonly known: (userId: string) => UserProfile | null;
  /** Asks for those who are missing. */
  readonly find: (records: readonly CallRecord[]) => Promise<void>;
  readonly note: (person: UserProfile) => void;
  readonly clear: () => void;
}

export function recordPeople(api: Pick<HomeApi, 'findPeople'>): RecordPeople {
  const people = shallowReactive(new Map<string, UserProfile>());

  function personOf(record: CallRecord): UserProfile {
    const userId = personIn(record);
    return people.get(userId) ?? { userId, name: userId };
  }

  async function find(records: readonly CallRecord[]): Promise<void> {
    const wanted = [...new Set(records.map(personIn))].filter((userId) => !people.has(userId));
    if (wanted.length === 0) return;
    const found = await api.findPeople({ userIds: wanted.slice(0, limits.watchedUsers) });
    if (!found.ok) return;
    for (const person of found.value) people.set(person.userId, person);
  }

  function note(person: UserProfile): void {
    if (people.has(person.userId)) people.set(person.userId, person);
  }

  const known = (userId: string): UserProfile | null => people.get(userId) ?? null;

  return { personOf, known, find, note, clear: () => people.clear() };
}

/** The people of the call records by name and picture: records hold ids alone. */
import { shallowReactive } from 'vue';
import type { HomeApi } from '#common/window-api';
import { limits } from '#protocol/limits';
import type { CallRecord, UserProfile } from '#protocol/messages';
import { personIn } from './outcome';

export interface RecordPeople {
  /** A person whose name is not known goes by the id. */
  readonly personOf: (record: CallRecord) => UserProfile;
  readonly known: (userId: string) => UserProfile;
  /** Asks for those who are missing: whoever the rows name. */
  readonly find: (records: readonly CallRecord[]) => Promise<void>;
  /** The same for everybody of one record. */
  readonly findAllOf: (record: CallRecord) => Promise<void>;
  readonly note: (person: UserProfile) => void;
  readonly clear: () => void;
}

export function recordPeople(api: Pick<HomeApi, 'findPeople'>): RecordPeople {
  const people = shallowReactive(new Map<string, UserProfile>());

  const known = (userId: string): UserProfile => people.get(userId) ?? { userId, name: userId };

  async function ask(userIds: readonly string[]): Promise<void> {
    const wanted = [...new Set(userIds)].filter((userId) => !people.has(userId));
    if (wanted.length === 0) return;
    const found = await api.findPeople({ userIds: wanted.slice(0, limits.watchedUsers) });
    if (!found.ok) return;
    for (const person of found.value) people.set(person.userId, person);
  }

  function note(person: UserProfile): void {
    if (people.has(person.userId)) people.set(person.userId, person);
  }

  return {
    personOf: (record) => known(personIn(record)),
    known,
    find: (records) => ask(records.flatMap(namedBy)),
    findAllOf: ({ memberIds, invitedBy }) => ask([...memberIds, invitedBy]),
    note,
    clear: () => people.clear(),
  };
}

/** A row names one person, and of several whoever comes first. */
function namedBy(record: CallRecord): readonly string[] {
  return [personIn(record), ...record.memberIds.slice(0, 1)];
}

/** The people behind the ids of a group, asked for when somebody looks at it. */
import { type Ref, ref, shallowReactive } from 'vue';
import type { HomeApi } from '#common/window-api';
import type { UserProfile } from '#protocol/messages';

export interface GroupMembers {
  /** In the order of their names; who is not known yet goes by the id. */
  readonly of: (memberIds: readonly string[]) => readonly UserProfile[];
  /** Asks for those that are missing. */
  readonly load: (memberIds: readonly string[]) => Promise<void>;
  /** Some could not be asked for. */
  readonly isIncomplete: Ref<boolean>;
  readonly learn: (person: UserProfile) => void;
  readonly forget: () => void;
}

export function groupMembers(api: Pick<HomeApi, 'findPeople'>): GroupMembers {
  const known = shallowReactive(new Map<string, UserProfile>());
  const isIncomplete = ref(false);

  async function load(memberIds: readonly string[]): Promise<void> {
    const userIds = memberIds.filter((userId) => !known.has(userId));
    isIncomplete.value = false;
    if (userIds.length === 0) return;
    const found = await api.findPeople({ userIds });
    isIncomplete.value = !found.ok;
    if (!found.ok) return;
    for (const person of found.value) known.set(person.userId, person);
  }

  function learn(person: UserProfile): void {
    if (known.has(person.userId)) known.set(person.userId, person);
  }

  return {
    of: (memberIds) =>
      memberIds
        .map((userId) => known.get(userId) ?? { userId, name: userId })
        .toSorted((one, other) => one.name.localeCompare(other.name)),
    load,
    isIncomplete,
    learn,
    forget: () => known.clear(),
  };
}

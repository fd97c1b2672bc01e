/** The groups of the user as the list shows them: in the order of their names, a few of them until more are wanted. */
import { type Ref, type ShallowRef, ref, shallowRef } from 'vue';
import type { HomeApi } from '#common/window-api';
import type { Group } from '#protocol/messages';

/** More would push the people off a small window. */
const fewGroups = 4;

export interface GroupList {
  readonly all: ShallowRef<readonly Group[]>;
  /** They were told at least once since somebody signed in. */
  readonly isLoaded: Ref<boolean>;
  readonly showsAll: Ref<boolean>;
  /** True when there is news. */
  readonly load: () => Promise<boolean>;
  /** As it is after a change, or without it when the user is no member any more. */
  readonly put: (group: Group, isMember: boolean) => void;
  /** Those that there is room for: with a query the ones that match, else the first few and the chosen one. */
  readonly shown: (query: string, chosenId: string | null) => readonly Group[];
  readonly reset: () => void;
}

export function groupList(api: Pick<HomeApi, 'listGroups'>): GroupList {
  const all = shallowRef<readonly Group[]>([]);
  const isLoaded = ref(false);
  const showsAll = ref(false);
  let question = 0;

  async function load(): Promise<boolean> {
    const mine = ++question;
    const answer = await api.listGroups();
    if (mine !== question || !answer.ok) return false;
    all.value = inOrder(answer.value);
    isLoaded.value = true;
    return true;
  }

  function put(group: Group, isMember: boolean): void {
    // An answer that is on its way may be older; of any later change the server tells.
    question += 1;
    const others = all.value.filter((one) => one.groupId !== group.groupId);
    all.value = isMember ? inOrder([...others, group]) : others;
  }

  function shown(query: string, chosenId: string | null): readonly Group[] {
    if (query) return matching(all.value, query);
    if (showsAll.value) return all.value;
    return all.value.filter((group, at) => at < fewGroups || group.groupId === chosenId);
  }

  function reset(): void {
    question += 1;
    all.value = [];
    isLoaded.value = false;
    showsAll.value = false;
  }

  return { all, isLoaded, showsAll, load, put, shown, reset };
}

function inOrder(groups: readonly Group[]): readonly Group[] {
  return groups.toSorted((one, other) => one.name.localeCompare(other.name));
}

function matching(groups: readonly Group[], query: string): readonly Group[] {
  const part = query.toLocaleLowerCase();
  return groups.filter((group) => group.name.toLocaleLowerCase().includes(part));
}

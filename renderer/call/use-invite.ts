/** Finds whom one can add to a call: in a group its members, else anybody on the server. */
import { watchDebounced } from '@vueuse/core';
import { type Ref, computed, ref, shallowRef } from 'vue';
import type { CallApi } from '#common/window-api';
import type { UserProfile } from '#protocol/messages';
import { matching } from './invite-list';

export interface InviteSource {
  readonly peal: Pick<CallApi, 'findGroup' | 'findPeople' | 'searchPeople'>;
  /** Null: anybody. */
  readonly groupId: string | null;
  readonly warn: (message: string, cause?: unknown) => void;
}

/** Until somebody who types makes a pause. */
const typingMs = 150;

/** Must be called in a setup. */
export function useInvite({ peal, groupId, warn }: InviteSource, typed: Readonly<Ref<string>>) {
  const people = shallowRef<readonly UserProfile[]>([]);
  const isLoading = ref(true);
  let newest = 0;

  /** The answer to what was typed last counts, whichever comes last. */
  async function load(find: () => Promise<readonly UserProfile[]>): Promise<void> {
    newest += 1;
    const own = newest;
    isLoading.value = true;
    const found = await find().catch((cause: unknown) => {
      warn('main does not say who can be added', cause);
      return [];
    });
    if (own !== newest) return;
    people.value = found;
    isLoading.value = false;
  }

  async function membersOf(id: string): Promise<readonly UserProfile[]> {
    const group = await peal.findGroup({ groupId: id });
    return group ? peal.findPeople({ userIds: group.memberIds }) : [];
  }

  const search = (): Promise<void> => load(() => peal.searchPeople({ query: typed.value.trim() }));

  if (groupId === null) {
    void search();
    watchDebounced(typed, search, { debounce: typingMs });
  } else void load(() => membersOf(groupId));

  const found = computed(() =>
    groupId === null ? people.value : matching(people.value, typed.value),
  );
  return { found, isLoading };
}

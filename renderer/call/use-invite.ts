/** Finds whom one can add to a call: in a group its members, else anybody on the server. */
import { watchDebounced } from '@vueuse/core';
import { type Ref, computed, ref, shallowRef } from 'vue';
import type { CallApi } from '#common/window-api';
import type { UserProfile } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { matching } from './invite-list';

export interface InviteSource {
  readonly peal: Finder & Pick<CallApi, 'lookAtPresence'>;
  /** Null: anybody. */
  readonly groupId: string | null;
  readonly warn: (message: string, cause?: unknown) => void;
}

type Finder = Pick<CallApi, 'findGroup' | 'findPeople' | 'searchPeople'>;
type Found = Result<readonly UserProfile[], 'offline'>;

/** Until somebody who types makes a pause. */
const typingMs = 150;

/** Must be called in a setup. */
export function useInvite(
  { peal, groupId, warn }: Omit<InviteSource, 'peal'> & { readonly peal: Finder },
  typed: Readonly<Ref<string>>,
) {
  const people = shallowRef<readonly UserProfile[]>([]);
  const isLoading = ref(true);
  /** The server did not say who there is. */
  const isFailed = ref(false);
  let newest = 0;

  /** The answer to what was typed last counts, whichever comes last. */
  async function load(find: () => Promise<Found>): Promise<void> {
    newest += 1;
    const own = newest;
    isLoading.value = true;
    const found = await find().catch((cause: unknown) => {
      warn('main does not say who can be added', cause);
      return err('offline' as const);
    });
    if (own !== newest) return;
    people.value = found.ok ? found.value : [];
    isFailed.value = !found.ok;
    isLoading.value = false;
  }

  async function membersOf(id: string): Promise<Found> {
    const group = await peal.findGroup({ groupId: id });
    if (!group.ok) return group;
    return group.value ? peal.findPeople({ userIds: group.value.memberIds }) : ok([]);
  }

  const search = (): Promise<void> => load(() => peal.searchPeople({ query: typed.value.trim() }));

  if (groupId === null) {
    void search();
    watchDebounced(typed, search, { debounce: typingMs });
  } else void load(() => membersOf(groupId));

  const found = computed(() =>
    groupId === null ? people.value : matching(people.value, typed.value),
  );
  return { found, isLoading, isFailed };
}

/**
 * The people one query has found so far. The server searches; this keeps its pages and drops answers to questions
 * that are no longer asked.
 */
import { type Ref, type ShallowRef, computed, ref, shallowRef } from 'vue';
import type { HomeApi } from '#common/window-api';
import type { UserProfile } from '#protocol/messages';

/** loading – the first page is on its way. ready – it is here. offline – main could not ask, and nothing is here. */
export type SearchState = 'loading' | 'ready' | 'offline';

export interface PeopleSearch {
  readonly found: ShallowRef<readonly UserProfile[]>;
  readonly state: Ref<SearchState>;
  readonly hasMore: Readonly<Ref<boolean>>;
  readonly isLoadingMore: Ref<boolean>;
  /** What `found` answers to; behind the typed query while an answer is on its way. */
  readonly shownQuery: Ref<string>;
  /** True when the answer is shown, false when it failed or a newer question was asked meanwhile. */
  readonly search: (query: string) => Promise<boolean>;
  readonly loadMore: () => Promise<void>;
  /** Somebody has another name or another picture now, and the order of the list stays; or is new and has a place in it. */
  readonly learn: (person: UserProfile) => void;
  readonly reset: () => void;
}

export function peopleSearch(api: Pick<HomeApi, 'searchDirectory'>): PeopleSearch {
  const found = shallowRef<readonly UserProfile[]>([]);
  const cursor = ref<string>();
  const state = ref<SearchState>('loading');
  const isLoadingMore = ref(false);
  const shownQuery = ref('');
  const hasMore = computed(() => cursor.value !== undefined);
  let question = 0;

  async function search(query: string): Promise<boolean> {
    const mine = ++question;
    const answer = await api.searchDirectory({ query });
    if (mine !== question) return false;
    if (!answer.ok) {
      if (found.value.length === 0) state.value = 'offline';
      return false;
    }
    found.value = answer.value.people;
    cursor.value = answer.value.cursor;
    shownQuery.value = query;
    state.value = 'ready';
    return true;
  }

  async function loadMore(): Promise<void> {
    if (isLoadingMore.value || cursor.value === undefined) return;
    const mine = question;
    isLoadingMore.value = true;
    const answer = await api.searchDirectory({ query: shownQuery.value, cursor: cursor.value });
    isLoadingMore.value = false;
    if (mine !== question || !answer.ok) return;
    const known = new Set(found.value.map((person) => person.userId));
    const more = answer.value.people.filter((person) => !known.has(person.userId));
    found.value = [...found.value, ...more];
    cursor.value = answer.value.cursor;
  }

  function learn(person: UserProfile): void {
    if (found.value.some((one) => one.userId === person.userId)) {
      found.value = found.value.map((one) => (one.userId === person.userId ? person : one));
    } else if (shownQuery.value === '' && state.value === 'ready') {
      found.value = withNewcomer(found.value, person, hasMore.value);
    }
  }

  function reset(): void {
    question += 1;
    found.value = [];
    cursor.value = undefined;
    shownQuery.value = '';
    state.value = 'loading';
  }

  return { found, state, hasMore, isLoadingMore, shownQuery, search, loadMore, learn, reset };
}

/** Where the server would have them, near enough; behind the last one there may be others who are not here yet. */
function withNewcomer(
  people: readonly UserProfile[],
  newcomer: UserProfile,
  hasMore: boolean,
): readonly UserProfile[] {
  const key = newcomer.name.toLowerCase();
  const before = people.findIndex(({ name }) => name.toLowerCase() > key);
  if (before < 0) return hasMore ? people : [...people, newcomer];
  return [...people.slice(0, before), newcomer, ...people.slice(before)];
}

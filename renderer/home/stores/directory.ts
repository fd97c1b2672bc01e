/** The people on the left, who of them is chosen, and how those on the screen are. */
import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { UserProfile } from '#protocol/messages';
import { useHomeApi } from '../home-api';
import { useChoice } from './choice';
import { peopleSearch } from './people-search';
import { presenceWatch } from './presence-watch';
import { useSession } from './session';

export const useDirectory = defineStore('directory', () => {
  const api = useHomeApi();
  const session = useSession();
  const pages = peopleSearch(api);
  const watched = presenceWatch(api);
  const choice = useChoice();
  const chosen = computed(() => choice.person);
  let onScreen: readonly string[] = [];
  let also: string | null = null;

  /** Nobody calls oneself. */
  const people = computed(() =>
    pages.found.value.filter((person) => person.userId !== session.self?.userId),
  );

  async function search(query: string): Promise<void> {
    const isShown = await pages.search(query);
    // A typed name shows its first match at once, so that Enter calls the person on the screen, or nobody.
    if (!isShown || !query) return;
    const [first] = people.value;
    if (first) choose(first);
    else choice.clear();
  }

  function choose(person: UserProfile): void {
    choice.choosePerson(person);
  }

  /** Somebody has another name or another picture now. */
  function learn(person: UserProfile): void {
    pages.learn(person);
    if (chosen.value?.userId === person.userId) choose(person);
  }

  function start(): void {
    api.onPresenceChanged(watched.learn);
    api.onProfileChanged(learn);
  }

  /** Somebody signed in: nothing of whoever was here before may stay. */
  function reset(): void {
    pages.reset();
    watched.forget();
    choice.clear();
  }

  function watch(userIds: readonly string[]): Promise<void> {
    onScreen = userIds;
    return watched.watch(also === null ? userIds : [also, ...userIds]);
  }

  /** Somebody in front of the page, in a question; null: no longer. */
  function watchAlso(userId: string | null): Promise<void> {
    also = userId;
    return watch(onScreen);
  }

  const { state, hasMore, isLoadingMore, shownQuery, loadMore } = pages;
  const { known: presence, forget: forgetPresence } = watched;
  return {
    ...{ people, state, hasMore, isLoadingMore, shownQuery, chosen, presence },
    ...{ search, loadMore, choose, watch, watchAlso, forgetPresence, start, reset },
  };
});

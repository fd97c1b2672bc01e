/** The people on the left, who of them is chosen, and how they are. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { UserProfile } from '#protocol/messages';
import { useHomeApi } from '../home-api';
import { peopleSearch } from './people-search';
import { presenceWatch } from './presence-watch';
import { useSession } from './session';

export const useDirectory = defineStore('directory', () => {
  const api = useHomeApi();
  const session = useSession();
  const pages = peopleSearch(api);
  const presence = presenceWatch(api);
  const chosen = shallowRef<UserProfile | null>(null);

  /** Nobody calls oneself. */
  const people = computed(() =>
    pages.found.value.filter((person) => person.userId !== session.self?.userId),
  );

  async function search(query: string): Promise<void> {
    const isShown = await pages.search(query);
    // A typed name shows its first match at once, so that Enter calls the person on the screen, or nobody.
    if (isShown && query) chosen.value = people.value[0] ?? null;
  }

  function choose(person: UserProfile): void {
    chosen.value = person;
  }

  /** The person `steps` below the chosen one; the first when nobody in the list is chosen. */
  function chooseBy(steps: number): void {
    const at = people.value.findIndex((person) => person.userId === chosen.value?.userId);
    const to = at < 0 ? 0 : Math.min(Math.max(at + steps, 0), people.value.length - 1);
    const person = people.value[to];
    if (person) choose(person);
  }

  /** The chosen one is on the screen, wherever the list was scrolled to. */
  function watch(onScreen: readonly string[]): Promise<void> {
    return presence.watch(chosen.value ? [chosen.value.userId, ...onScreen] : onScreen);
  }

  function start(): void {
    api.onPresenceChanged(presence.learn);
  }

  /** Somebody signed in: nothing of whoever was here before may stay. */
  function reset(): void {
    pages.reset();
    presence.forget();
    chosen.value = null;
  }

  const { state, hasMore, isLoadingMore, shownQuery, loadMore } = pages;
  const { availability, forget: forgetPresence } = presence;
  return {
    ...{ people, state, hasMore, isLoadingMore, shownQuery, chosen, availability },
    ...{ search, loadMore, choose, chooseBy, watch, forgetPresence, start, reset },
  };
});

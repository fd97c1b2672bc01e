/**
 * The one question that a link from outside may ask: call this person? While it is on the screen further links are
 * dropped, so that nobody is swapped under the pointer, and a flood of them is no flood of questions.
 */
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { CallLink } from '#common/ipc';
import { useHomeApi } from '../home-api';
import { useDirectory } from './directory';
import { linkTarget } from './link-target';
import { placing } from './placing';
import { usePlace } from './place';
import { useSession } from './session';

export const useCallLink = defineStore('call-link', () => {
  const api = useHomeApi();
  const session = useSession();
  const place = usePlace();
  const { watchAlso } = useDirectory();
  const { person, meant, lookUp, forget } = linkTarget(api);
  const { problem, isPlacing, asked, place: placeCall, forgetProblem } = placing(api);
  const link = shallowRef<CallLink | null>(null);
  const isOpen = computed(() => link.value !== null && session.page === 'phone');

  /** Main keeps a link for a while: until somebody is signed in and the directory can be asked. */
  async function fetch(): Promise<void> {
    if (!session.isOnline) return;
    const opened = await api.takeCallLink();
    if (opened === null || isOpen.value) return;
    link.value = opened;
    forgetProblem();
    await lookUp(opened, session.self?.userId);
    if (person.value) await watchAlso(person.value.userId);
  }

  async function call(mediaType: 1 | 2, switchHere = false): Promise<void> {
    if (!person.value) return;
    await placeCall(person.value.userId, mediaType, switchHere);
    if (!problem.value) close();
  }

  /** In the list of people, where whoever was meant may be found by name. */
  function search(): void {
    const wanted = link.value?.wanted ?? '';
    close();
    place.searchFor(wanted);
  }

  /** Where links to phone numbers are switched on. */
  function openSettings(): void {
    close();
    place.showSettings('computer');
  }

  function close(): void {
    link.value = null;
    forget();
    void watchAlso(null);
  }

  function start(): void {
    api.onCallLinkOpened(() => void fetch());
    watch(() => session.isOnline, fetch, { immediate: true });
    // A question to one user is none to the next.
    watch(() => session.self?.userId, close, { flush: 'sync' });
  }

  return {
    ...{ link, person, meant, isOpen, problem, isPlacing, asked },
    ...{ start, call, search, openSettings, close },
  };
});

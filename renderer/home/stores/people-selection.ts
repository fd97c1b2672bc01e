/** People ticked in the list for one call to all of them, whatever the search shows meanwhile. */
import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { UserProfile } from '#protocol/messages';
import { isTooMany as isMoreThanFits, mayCall } from '../groups/selection';
import { useHomeApi } from '../home-api';
import { useCalls } from './calls';
import { useChoice } from './choice';
import { tickedPeople } from './ticked-people';

export const usePeopleSelection = defineStore('people-selection', () => {
  const api = useHomeApi();
  const calls = useCalls();
  const choice = useChoice();
  const { chosen, chosenIds, has, set, learn, ...ticked } = tickedPeople();
  const isOn = ref(false);

  const isTooMany = computed(() => isMoreThanFits(chosen.value.length));
  const canCall = computed(() => mayCall(chosen.value.length));

  function begin(first: readonly UserProfile[] = []): void {
    if (!isOn.value) set(first);
    isOn.value = true;
  }

  function end(): void {
    set([]);
    isOn.value = false;
  }

  function toggle(person: UserProfile): void {
    begin();
    ticked.toggle(person);
  }

  function addUpTo(person: UserProfile, list: readonly UserProfile[]): void {
    begin();
    ticked.addUpTo(person, list);
  }

  /** Just one is an ordinary call. What did not start can be tried again with the same people. */
  async function call(mediaType: 1 | 2, switchHere = false): Promise<void> {
    const [first, ...others] = chosenIds.value;
    if (!first || !canCall.value || calls.isPlacing) return;
    if (others.length === 0) await calls.place(first, mediaType, switchHere);
    else await calls.placeGroup({ userIds: [first, ...others] }, mediaType, switchHere);
    if (!calls.problem) end();
  }

  function start(): void {
    api.onProfileChanged(learn);
    // A group on the screen has a selection of its own.
    watch(
      () => choice.groupId,
      (groupId) => groupId !== null && end(),
    );
    // Why one call did not start says nothing about a call to others.
    watch([isOn, chosen], calls.forgetProblem);
  }

  const state = { isOn, chosen, chosenIds, isTooMany, canCall };
  return { ...state, has, begin, end, toggle, addUpTo, call, start };
});

/** Mirrors the calls of this desktop, and asks main to place, show or end one. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { DeskCallView } from '#common/ipc';
import { useHomeApi } from '../home-api';
import { barCommands } from './bar-commands';
import { placing } from './placing';

export const useCalls = defineStore('calls', () => {
  const api = useHomeApi();
  const all = shallowRef<readonly DeskCallView[] | null>(null);
  const { problem, isPlacing, asked, place, placeGroup, forgetProblem } = placing(api);
  const { barProblem, show, hangUp } = barCommands(api);

  const live = computed(() => (all.value ?? []).filter((call) => call.phase !== 'ended'));

  /** Rings here, the one in the popup first. */
  const ringing = computed(() => live.value.filter(({ phase }) => phase === 'incoming'));
  const held = computed(() => live.value.filter(({ phase }) => phase !== 'incoming'));

  async function start(): Promise<void> {
    api.onCallsChanged((calls) => {
      all.value = calls;
      problem.value = null;
      barProblem.value = null;
    });
    const first = await api.listCalls();
    all.value ??= first;
  }

  /** The pointer or the focus is on a call button: a window made now saves its time later. */
  function prepare(): void {
    void api.prepareCall();
  }

  return {
    ...{ ringing, held, problem, barProblem, isPlacing, asked },
    ...{ start, prepare, place, placeGroup, show, hangUp, forgetProblem },
  };
});

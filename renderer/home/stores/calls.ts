/** Mirrors the calls of this desktop, and asks main to place, show or end one. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { DeskCallView } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { useHomeApi } from '../home-api';
import { barCommands } from './bar-commands';

export const useCalls = defineStore('calls', () => {
  const api = useHomeApi();
  const all = shallowRef<readonly DeskCallView[] | null>(null);
  const problem = ref<CallProblem | null>(null);
  const isPlacing = ref(false);
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

  /** With `switchHere`, a call that the user has on another device ends for it. */
  async function place(targetId: string, mediaType: 1 | 2, switchHere = false): Promise<void> {
    if (isPlacing.value) return;
    isPlacing.value = true;
    problem.value = null;
    try {
      const placed = await api.placeCall({
        targetId,
        mediaType,
        ...(switchHere && { switchHere }),
      });
      if (!placed.ok) problem.value = placed.error;
    } finally {
      isPlacing.value = false;
    }
  }

  function forgetProblem(): void {
    problem.value = null;
  }

  return {
    ...{ ringing, held, problem, barProblem, isPlacing },
    ...{ start, prepare, place, show, hangUp, forgetProblem },
  };
});

/** Mirrors the calls of this desktop, and asks main to place one. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { DeskCallView } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { useHomeApi } from '../home-api';

export const useCalls = defineStore('calls', () => {
  const api = useHomeApi();
  const all = shallowRef<readonly DeskCallView[] | null>(null);
  const problem = ref<CallProblem | null>(null);
  const isPlacing = ref(false);

  const live = computed(() => (all.value ?? []).filter((call) => call.phase !== 'ended'));

  async function start(): Promise<void> {
    api.onCallsChanged((calls) => {
      all.value = calls;
      problem.value = null;
    });
    const first = await api.listCalls();
    all.value ??= first;
  }

  /** The pointer or the focus is on a call button: a window made now saves its time later. */
  function prepare(): void {
    void api.prepareCall();
  }

  async function place(targetId: string, mediaType: 1 | 2): Promise<void> {
    if (isPlacing.value) return;
    isPlacing.value = true;
    problem.value = null;
    try {
      const placed = await api.placeCall({ targetId, mediaType });
      if (!placed.ok) problem.value = placed.error;
    } finally {
      isPlacing.value = false;
    }
  }

  function forgetProblem(): void {
    problem.value = null;
  }

  return { live, problem, isPlacing, start, prepare, place, forgetProblem };
});

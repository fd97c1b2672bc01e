/** The newer version that may be installed, and what became of looking for it. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { UpdateState } from '#common/ipc';
import type { UpdateProblem } from '#common/problems';
import { useHomeApi } from '../home-api';

export type UpdateLook = 'idle' | 'looking' | 'newest' | 'failed';

export const useUpdate = defineStore('update', () => {
  const api = useHomeApi();
  const state = shallowRef<UpdateState>({ isOn: false, news: null });
  const look = ref<UpdateLook>('idle');
  const problem = ref<UpdateProblem | null>(null);

  const isOn = computed(() => state.value.isOn);
  const news = computed(() => state.value.news);

  async function check(): Promise<void> {
    look.value = 'looking';
    const isRead = await api.checkForUpdate();
    if (!isRead) look.value = 'failed';
    else look.value = news.value ? 'idle' : 'newest';
  }

  /** The app ends when it works. */
  async function install(): Promise<void> {
    problem.value = null;
    const result = await api.installUpdate();
    if (!result.ok) problem.value = result.error;
  }

  async function dismiss(): Promise<void> {
    problem.value = null;
    if (news.value) await api.dismissUpdate({ version: news.value.version });
  }

  const openPage = (): void => void api.openUpdatePage();

  function take(next: UpdateState): void {
    state.value = next;
    if (next.news) look.value = 'idle';
  }

  async function start(): Promise<void> {
    api.onUpdateChanged(take);
    take(await api.getUpdate());
  }

  return { isOn, news, look, problem, start, check, install, dismiss, openPage };
});

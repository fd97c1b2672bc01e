/** The invitation that the system opened the app with, until somebody was asked about it. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { useHomeApi } from '../home-api';

export const useOpenedLink = defineStore('opened-link', () => {
  const api = useHomeApi();
  const link = ref<string | null>(null);

  /** Main keeps a link until it was fetched, so that none is lost while the page loads. */
  async function fetch(): Promise<void> {
    const opened = await api.takeLink();
    if (opened !== null) link.value = opened;
  }

  function start(): Promise<void> {
    api.onLinkOpened(() => void fetch());
    return fetch();
  }

  /** It is in a form now, or nobody wants it. */
  function take(): string {
    const taken = link.value ?? '';
    link.value = null;
    return taken;
  }

  return { link, start, take };
});

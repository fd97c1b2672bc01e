/** Mirrors what the person has set on this computer; main keeps it and tells every window. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { AppSettings } from '#common/ipc';
import { useHomeApi } from '../home-api';

export const useSettings = defineStore('settings', () => {
  const api = useHomeApi();
  /** Null until main has answered. */
  const settings = shallowRef<AppSettings | null>(null);

  async function start(): Promise<void> {
    api.onSettingsChanged((changed) => {
      settings.value = changed;
    });
    const first = await api.getSettings();
    settings.value ??= first;
  }

  async function change(what: Partial<Omit<AppSettings, 'devices'>>): Promise<void> {
    settings.value = await api.setSettings(what);
  }

  /** Shown at once: the next change builds on it. */
  async function changeRing(what: Partial<AppSettings['ring']>): Promise<void> {
    if (!settings.value) return;
    const ring = { ...settings.value.ring, ...what };
    settings.value = { ...settings.value, ring };
    await change({ ring });
  }

  async function chooseDevice<K extends keyof AppSettings['devices']>(
    kind: K,
    device: AppSettings['devices'][K],
  ): Promise<void> {
    settings.value = await api.chooseDevices({ [kind]: device });
  }

  return { settings, start, change, changeRing, chooseDevice };
});

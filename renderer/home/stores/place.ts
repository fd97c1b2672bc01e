/** Where in home the person is: the people or the recent calls at the side, or the settings in the place of both. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { useHomeApi } from '../home-api';

export type Side = 'people' | 'recents';
export type SettingsSection =
  'you' | 'devices' | 'ringing' | 'quiet' | 'calls' | 'look' | 'computer';

export const usePlace = defineStore('place', () => {
  const api = useHomeApi();
  const side = ref<Side>('people');
  const isInSettings = ref(false);
  const section = ref<SettingsSection>('you');
  /** To be looked for among the people, until the search field has it. */
  const lookedFor = ref<string | null>(null);

  function showRecents(): void {
    isInSettings.value = false;
    side.value = 'recents';
  }

  function searchFor(text: string): void {
    isInSettings.value = false;
    side.value = 'people';
    lookedFor.value = text;
  }

  function showSettings(at?: SettingsSection): void {
    section.value = at ?? section.value;
    isInSettings.value = true;
  }

  function leaveSettings(): void {
    isInSettings.value = false;
  }

  /** From the tray or a notification. */
  function start(): void {
    api.onShow((place) => {
      if (place === 'recents') showRecents();
      else showSettings();
    });
  }

  /** Somebody else will sign in. */
  function reset(): void {
    side.value = 'people';
    isInSettings.value = false;
    section.value = 'you';
    lookedFor.value = null;
  }

  return {
    ...{ side, isInSettings, section, lookedFor },
    ...{ showRecents, searchFor, showSettings, leaveSettings, start, reset },
  };
});

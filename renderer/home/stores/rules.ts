/** Mirrors how the user wants to be called, which the server keeps for all devices, and asks main to change it. */
import { defineStore } from 'pinia';
import { useHomeApi } from '../home-api';
import { blockedPeople } from './blocked-people';
import { keptRules } from './kept-rules';

export const useRules = defineStore('rules', () => {
  const api = useHomeApi();
  const { kept, reset: forgetRules, ...saving } = keptRules(api);
  const { forgetNames, ...people } = blockedPeople(api, saving.rules);

  function start(): void {
    api.onRulesChanged((changed) => {
      kept.value = changed;
    });
  }

  /** For a new connection: what was changed on other devices meanwhile was never pushed here. */
  async function load(): Promise<void> {
    kept.value = await api.getRules();
  }

  /** Somebody else signed in. */
  function reset(): void {
    forgetRules();
    forgetNames();
  }

  return { ...saving, ...people, start, load, reset };
});

/** Mirrors how the user wants to be called, which the server keeps for all devices, and asks main to change it. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { CallRules } from '#common/ipc';
import type { RulesProblem } from '#common/problems';
import type { Result } from '#protocol/result';
import { useHomeApi } from '../home-api';
import { blockedPeople } from './blocked-people';

export type RulesChange = Partial<Pick<CallRules, 'busy' | 'secondDevice'>>;

export const useRules = defineStore('rules', () => {
  const api = useHomeApi();
  /** Null until main has told. */
  const rules = shallowRef<CallRules | null>(null);
  const problem = ref<RulesProblem | null>(null);
  const isSaving = ref(false);
  const { blocked, isBlocked, nameBlocked, forgetNames } = blockedPeople(api, rules);

  function start(): void {
    api.onRulesChanged((changed) => {
      rules.value = changed;
    });
  }

  /** For a new connection: what was changed on other devices meanwhile was never pushed here. */
  async function load(): Promise<void> {
    rules.value = await api.getRules();
  }

  /** True when it worked. */
  const block = (userId: string, isWanted: boolean) =>
    save(() => api.block({ userId, blocked: isWanted }));

  /** Shown at once, and taken back if it did not work: a chosen option must not look unchosen meanwhile. */
  async function change(wanted: RulesChange): Promise<void> {
    const before = rules.value;
    if (!before || isSaving.value) return;
    const shown = { ...before, ...wanted };
    rules.value = shown;
    const isSaved = await save(() => api.setRules(wanted));
    if (!isSaved && rules.value === shown) rules.value = before;
  }

  async function save(work: () => Promise<Result<CallRules, RulesProblem>>): Promise<boolean> {
    if (isSaving.value) return false;
    isSaving.value = true;
    problem.value = null;
    try {
      const saved = await work();
      if (saved.ok) rules.value = saved.value;
      else problem.value = saved.error;
      return saved.ok;
    } finally {
      isSaving.value = false;
    }
  }

  function forgetProblem(): void {
    problem.value = null;
  }

  /** Somebody else signed in. */
  function reset(): void {
    rules.value = null;
    problem.value = null;
    forgetNames();
  }

  return {
    ...{ rules, blocked, problem, isSaving, isBlocked },
    ...{ start, load, nameBlocked, block, change, forgetProblem, reset },
  };
});

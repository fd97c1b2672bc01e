/** The rules as the server keeps them and what was chosen here meanwhile: one save after the other. */
import { type ComputedRef, type Ref, type ShallowRef, computed, ref, shallowRef } from 'vue';
import type { CallRules } from '#common/ipc';
import type { RulesProblem } from '#common/problems';
import type { HomeApi } from '#common/window-api';
import type { RulesChange } from '#protocol/messages';
import type { Result } from '#protocol/result';
import { bothChanges, changedRules } from '#protocol/rules-change';

export interface KeptRules {
  /** What the server keeps, as far as main has told; null until then. */
  readonly kept: ShallowRef<CallRules | null>;
  /** A choice shows at once: it must not look unchosen while it is being saved. */
  readonly rules: ComputedRef<CallRules | null>;
  readonly problem: Ref<RulesProblem | null>;
  readonly isSaving: Ref<boolean>;
  /** True when it worked. */
  readonly block: (userId: string, isWanted: boolean) => Promise<boolean>;
  readonly change: (choice: RulesChange) => Promise<void>;
  readonly forgetProblem: () => void;
  readonly reset: () => void;
}

export function keptRules(api: Pick<HomeApi, 'block' | 'setRules'>): KeptRules {
  const kept = shallowRef<CallRules | null>(null);
  /** Chosen here, and not kept yet. */
  const wanted = shallowRef<RulesChange | null>(null);
  const rules = computed(() => kept.value && changedRules(kept.value, wanted.value ?? {}));
  const problem = ref<RulesProblem | null>(null);
  const isSaving = ref(false);

  async function block(userId: string, isWanted: boolean): Promise<boolean> {
    const isSaved = await save(() => api.block({ userId, blocked: isWanted }));
    void keepWanted();
    return isSaved;
  }

  async function change(choice: RulesChange): Promise<void> {
    if (!kept.value) return;
    wanted.value = bothChanges(wanted.value ?? {}, choice);
    await keepWanted();
  }

  /** What is chosen during a save is the next one. A save that fails takes back all that is shown. */
  async function keepWanted(): Promise<void> {
    while (wanted.value && !isSaving.value) {
      const asked = wanted.value;
      let isSaved = false;
      try {
        isSaved = await save(() => api.setRules(asked));
      } finally {
        if (!isSaved || wanted.value === asked) wanted.value = null;
      }
    }
  }

  async function save(work: () => Promise<Result<CallRules, RulesProblem>>): Promise<boolean> {
    if (isSaving.value) return false;
    isSaving.value = true;
    problem.value = null;
    try {
      const saved = await work();
      if (saved.ok) kept.value = saved.value;
      else problem.value = saved.error;
      return saved.ok;
    } finally {
      isSaving.value = false;
    }
  }

  const forgetProblem = (): void => void (problem.value = null);

  /** Somebody else signed in. */
  function reset(): void {
    kept.value = null;
    wanted.value = null;
    forgetProblem();
  }

  return { kept, rules, problem, isSaving, block, change, forgetProblem, reset };
}

/** Makes and changes groups: one change at a time, and why the last one did not work. */
import { type Ref, ref } from 'vue';
import type { GroupProblem } from '#common/problems';
import type { HomeApi } from '#common/window-api';
import type { Group } from '#protocol/messages';
import type { Result } from '#protocol/result';

export interface GroupChanges {
  readonly problem: Ref<GroupProblem | null>;
  readonly isSaving: Ref<boolean>;
  /** The new group; null when it did not work, or another change was under way. */
  readonly create: (name: string, memberIds: readonly string[]) => Promise<Group | null>;
  /** True when it worked. */
  readonly change: (change: Parameters<HomeApi['changeGroup']>[0]) => Promise<boolean>;
  readonly forgetProblem: () => void;
}

export function groupChanges(
  api: Pick<HomeApi, 'createGroup' | 'changeGroup'>,
  onSaved: (group: Group) => void,
): GroupChanges {
  const problem = ref<GroupProblem | null>(null);
  const isSaving = ref(false);

  async function save(work: () => Promise<Result<Group, GroupProblem>>): Promise<Group | null> {
    if (isSaving.value) return null;
    isSaving.value = true;
    problem.value = null;
    try {
      const saved = await work();
      if (saved.ok) onSaved(saved.value);
      else problem.value = saved.error;
      return saved.ok ? saved.value : null;
    } finally {
      isSaving.value = false;
    }
  }

  return {
    problem,
    isSaving,
    create: (name, memberIds) => save(() => api.createGroup({ name, memberIds })),
    change: async (change) => (await save(() => api.changeGroup(change))) !== null,
    forgetProblem: () => void (problem.value = null),
  };
}

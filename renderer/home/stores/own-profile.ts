/** The own name and picture: one change at a time, and why the last one did not work. */
import { type Ref, ref } from 'vue';
import type { ProfileProblem } from '#common/problems';
import type { HomeApi } from '#common/window-api';
import type { UserProfile } from '#protocol/messages';

export type ProfileChange = Parameters<HomeApi['setProfile']>[0];

export interface OwnProfile {
  readonly problem: Ref<ProfileProblem | null>;
  /** What is under way: two changes of different things look different. */
  readonly saving: Ref<keyof ProfileChange | null>;
  /** True when it worked. */
  readonly save: (change: ProfileChange) => Promise<boolean>;
}

export function ownProfile(
  api: Pick<HomeApi, 'setProfile'>,
  onSaved: (self: UserProfile) => void,
): OwnProfile {
  const problem = ref<ProfileProblem | null>(null);
  const saving = ref<keyof ProfileChange | null>(null);

  async function save(change: ProfileChange): Promise<boolean> {
    if (saving.value) return false;
    saving.value = 'picture' in change ? 'picture' : 'name';
    problem.value = null;
    try {
      const saved = await api.setProfile(change);
      if (saved.ok) onSaved(saved.value);
      else problem.value = saved.error;
      return saved.ok;
    } finally {
      saving.value = null;
    }
  }

  return { problem, saving, save };
}

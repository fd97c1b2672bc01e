/** The blocked people by name: the rules hold ids alone. */
import { type ComputedRef, type Ref, computed, shallowReactive } from 'vue';
import type { CallRules } from '#common/ipc';
import type { HomeApi } from '#common/window-api';
import type { UserProfile } from '#protocol/messages';

export interface BlockedPeople {
  /** A person whose name is not known yet goes by the id. */
  readonly blocked: ComputedRef<readonly UserProfile[]>;
  readonly isBlocked: (userId: string) => boolean;
  /** Asks for the names that are missing. */
  readonly nameBlocked: () => Promise<void>;
  readonly forgetNames: () => void;
}

export function blockedPeople(
  api: Pick<HomeApi, 'findPeople'>,
  rules: Readonly<Ref<CallRules | null>>,
): BlockedPeople {
  const known = shallowReactive(new Map<string, UserProfile>());
  const ids = computed(() => new Set(rules.value?.blockedUserIds));
  const blocked = computed(() =>
    [...ids.value].map((userId) => known.get(userId) ?? { userId, name: userId }),
  );

  async function nameBlocked(): Promise<void> {
    const userIds = [...ids.value].filter((userId) => !known.has(userId));
    if (userIds.length === 0) return;
    const found = await api.findPeople({ userIds });
    if (!found.ok) return;
    for (const person of found.value) known.set(person.userId, person);
  }

  return {
    blocked,
    isBlocked: (userId) => ids.value.has(userId),
    nameBlocked,
    forgetNames: () => known.clear(),
  };
}

/** How the people of an open dialog are, as long as it is open. Must be called in a setup. */
import { useIntervalFn } from '@vueuse/core';
import { onScopeDispose, shallowRef, watch } from 'vue';
import type { CallApi } from '#common/window-api';
import { limits } from '#protocol/limits';
import type { Presence } from '#protocol/messages';

/** Main knows without asking the server again. */
const lookEveryMs = 2_000;

export function usePresence(
  { lookAtPresence }: Pick<CallApi, 'lookAtPresence'>,
  userIds: () => readonly string[],
) {
  const presence = shallowRef<ReadonlyMap<string, Presence>>(new Map());
  let isOver = false;

  async function look(): Promise<void> {
    const answer = await lookAtPresence({ userIds: userIds().slice(0, limits.watchedUsers) });
    // Without an answer nothing is said of anybody.
    const told = answer.ok ? answer.value : [];
    if (!isOver) presence.value = new Map(told.map((one) => [one.userId, one]));
  }

  watch(() => userIds().join('\n'), look, { immediate: true });
  useIntervalFn(() => void look(), lookEveryMs);
  onScopeDispose(() => {
    isOver = true;
    void lookAtPresence({ userIds: [] });
  });
  return presence;
}

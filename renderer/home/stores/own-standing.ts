/** What main says of this computer beside the rules of the user, and the time that "do not disturb" goes by. */
import { type Ref, computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { OwnStanding } from '#common/ipc';
import type { HomeApi } from '#common/window-api';
import { quietChangesAt } from '#protocol/do-not-disturb';
import type { DoNotDisturb } from '#protocol/messages';

/** The computer may have slept meanwhile, or its clock been set. */
const longestWaitMs = 60_000;

export function ownStanding(api: HomeApi, rule: Readonly<Ref<DoNotDisturb>>) {
  const standing = shallowRef<OwnStanding | null>(null);
  const isSystemQuiet = computed(() => standing.value?.isSystemQuiet ?? false);
  /** By the clock of the server, which decides. */
  const serverNowMs = (): number => Date.now() + (standing.value?.serverAheadMs ?? 0);
  /** The same, as of the last time that it made a difference. */
  const nowMs = ref(serverNowMs());
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** It begins and ends by the clock. */
  function look(): void {
    nowMs.value = serverNowMs();
    clearTimeout(timer);
    const at = quietChangesAt(rule.value, nowMs.value);
    if (at === null) return;
    timer = setTimeout(look, Math.min(Math.max(at - nowMs.value, 0) + 1, longestWaitMs));
  }

  async function start(): Promise<void> {
    // Listening first: whatever main says meanwhile is newer than its answer.
    api.onStandingChanged((changed) => (standing.value = changed));
    const first = await api.getStanding();
    standing.value ??= first;
  }

  watch([rule, standing], look, { immediate: true, flush: 'sync' });
  onScopeDispose(() => clearTimeout(timer));

  return { isSystemQuiet, serverNowMs, nowMs, start };
}

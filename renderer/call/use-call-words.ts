/** What the window says about the call as a whole: its name, how it stands, and what is offered at its end. */
import { type ShallowRef, computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { limits } from '#protocol/limits';
import { callTitle } from './call-title';
import type { CallView } from './call-view';
import type { Ending } from './ending';

/** Must be called in a setup. */
export function useCallWords(view: Readonly<ShallowRef<CallView>>) {
  const { t, locale } = useI18n();
  const name = computed(() =>
    callTitle(view.value, {
      language: locale.value,
      words: t,
      count: (key, count) => t(key, count),
    }),
  );

  function reasonOf({ text, reply }: Ending): string {
    if (reply) return t('call.reason.replied', { name: reply.name, reply: reply.text });
    return t(text, { name: name.value, most: limits.participants });
  }

  /** More than the phase says, of a call that nobody has answered yet. */
  function reachWords(): string | null {
    const { phase, reach } = view.value;
    if (!reach || (phase !== 'dialing' && phase !== 'ringing')) return null;
    if (reach.kind === 'ringing') return t('call.reach.ringing', reach.devices);
    return t(`call.reach.${reach.kind}`, { name: name.value });
  }

  const status = computed(() => {
    const { phase, ending } = view.value;
    return reachWords() ?? t(`call.status.${phase}`, { reason: ending ? reasonOf(ending) : '' });
  });
  const offer = computed(() => {
    const kind = view.value.ending?.offer;
    if (!kind) return null;
    return kind === 'switch-here' ? t('callProblem.switchHere') : t('call.again');
  });
  return { name, status, offer };
}

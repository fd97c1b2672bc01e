/**
 * How the user can be reached here: as the others see it who know of no further device, "away" left out. And the switch for
 * "do not disturb".
 */
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { isQuietForever, isSetByHand, onlineObstacle } from '#common/do-not-disturb';
import type { RulesProblem } from '#common/problems';
import { isQuiet as isQuietBy, quietUntil } from '#protocol/do-not-disturb';
import { type Presence, defaultCallRules } from '#protocol/messages';
import { type QuietChoice, untilOf } from '#common/quiet-choices';
import { useHomeApi } from '../home-api';
import { useCalls } from './calls';
import { ownStanding } from './own-standing';
import { useRules } from './rules';
import { useSession } from './session';

export const useOwnStatus = defineStore('own-status', () => {
  const session = useSession();
  const rules = useRules();
  const calls = useCalls();
  const problem = ref<RulesProblem | null>(null);

  const rule = computed(() => (rules.rules ?? defaultCallRules).doNotDisturb);
  const { isSystemQuiet, serverNowMs, nowMs, start } = ownStanding(useHomeApi(), rule);
  const isQuiet = computed(() => isQuietBy(rule.value, nowMs.value));
  /** Null: nobody knows, or it is off. */
  const until = computed(() => quietUntil(rule.value, nowMs.value));
  const isByHand = computed(() => isSetByHand(rule.value, nowMs.value));
  /** Null: online is to be had at once. */
  const obstacle = computed(() => onlineObstacle(rule.value, isSystemQuiet.value, nowMs.value));
  /** No hours of the week go on with the silence. */
  const canEnd = computed(() => obstacle.value !== 'hours');
  const isForever = computed(() => isQuietForever(rule.value, nowMs.value));
  const favouritesRing = computed(
    () => rule.value.favouritesRing && (rules.rules?.favouriteUserIds.length ?? 0) > 0,
  );
  const presence = computed<Pick<Presence, 'availability' | 'until'>>(() => {
    if (!session.isOnline) return { availability: 'offline' };
    // In a call comes before "do not disturb", as the server has it.
    if (calls.held.length > 0) return { availability: 'in-call' };
    if (isQuiet.value) {
      return {
        availability: 'do-not-disturb',
        ...(until.value !== null && { until: until.value }),
      };
    }
    if (isSystemQuiet.value) return { availability: 'do-not-disturb' };
    return { availability: 'online' };
  });

  const beQuiet = (choice: QuietChoice): Promise<void> =>
    change(untilOf(choice, new Date(serverNowMs())));
  const beReached = (): Promise<void> => change(null);

  async function change(to: number | null): Promise<void> {
    problem.value = null;
    await rules.change({ doNotDisturb: { until: to } });
    // Said beside the switch and nowhere else.
    problem.value = rules.problem;
    rules.forgetProblem();
  }

  return {
    ...{ presence, isQuiet, isByHand, canEnd, obstacle, isForever, until, favouritesRing, problem },
    ...{ isSystemQuiet, serverNowMs, start, beQuiet, beReached },
  };
});

/** Why a call did not come about, in words; empty while nothing is wrong. Must be called in a setup. */
import { useI18n } from 'vue-i18n';
import type { CallProblem } from '#common/problems';
import { limits } from '#protocol/limits';
import { problemText } from './call-problem';

export interface Called {
  /** Of one person, who may have refused. */
  readonly name: string;
  /** How many were called; one where it does not matter. */
  readonly count?: number;
}

export function useCallProblem(): (problem: CallProblem | null, called: Called) => string {
  const { t } = useI18n();
  return (problem, { name, count }) =>
    problem ? t(problemText(problem, count), { name, most: limits.participants }) : '';
}

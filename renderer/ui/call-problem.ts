import type { CallProblem } from '#common/problems';

/** A key of the locales for why a call did not come about. Of several who were called, nobody is named. Pure. */
export function problemText(problem: CallProblem, calledCount = 1): string {
  return problem === 'user-unknown' && calledCount > 1
    ? 'groupCall.somebodyUnknown'
    : `callProblem.${problem}`;
}

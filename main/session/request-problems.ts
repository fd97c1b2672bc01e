/** What a coded answer of the server means to the person who asked. */
import type { GroupProblem, InviteProblem, ProfileProblem, RulesProblem } from '#common/problems';
import type { RequestError } from '../signaling/pending-requests';

export function toRulesProblem(code: RequestError): RulesProblem {
  return oneOf(code, ['user-unknown', 'too-many', 'rate-limited']);
}

export function toInviteProblem(code: RequestError): InviteProblem {
  return oneOf(code, ['not-allowed', 'too-many', 'rate-limited']);
}

export function toProfileProblem(code: RequestError): ProfileProblem {
  return oneOf(code, ['rate-limited']);
}

export function toGroupProblem(code: RequestError): GroupProblem {
  return oneOf(code, ['user-unknown', 'group-unknown', 'too-many', 'rate-limited']);
}

/** The code itself where a person can do something about it. */
function oneOf<C extends RequestError>(
  code: RequestError,
  known: readonly C[],
): C | 'offline' | 'server-error' {
  const found = known.find((each) => each === code);
  if (found !== undefined) return found;
  return code === 'offline' || code === 'unavailable' ? 'offline' : 'server-error';
}

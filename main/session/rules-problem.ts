import type { RulesProblem } from '#common/problems';
import type { RequestError } from '../signaling/pending-requests';

/** What a coded answer to a change of the own call rules means to the person who made it. */
export function toRulesProblem(code: RequestError): RulesProblem {
  if (code === 'offline' || code === 'unavailable') return 'offline';
  return code === 'user-unknown' || code === 'too-many' ? code : 'server-error';
}

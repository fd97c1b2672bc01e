import type { ErrorCode } from '#protocol/error-code';
import type { CallState, LegRow } from './call-state';
import { isJoinedOn, legOfUser } from './legs';
import type { RuleId } from './rule-ids';

/** What is not named stays; null takes it away. */
export interface SharedChange extends Partial<
  Required<Pick<CallState, 'kind' | 'mediaType' | 'mediaChangedBy' | 'extra' | 'push'>>
> {
  readonly mediaAsk?: CallState['mediaAsk'] | null;
}

export interface Changed {
  readonly kind: 'changed';
  readonly legs: readonly LegRow[];
  readonly rules: readonly RuleId[];
  /** What the call as a whole is from now on. */
  readonly shared?: SharedChange;
  /** Other calls that changed with it. */
  readonly also?: readonly CallState[];
}

/** What one command does to the legs, before the consequences for the whole call are drawn (settle.ts). */
export type Step =
  | Changed
  | { readonly kind: 'unchanged'; readonly rules: readonly RuleId[] }
  | { readonly kind: 'refused'; readonly error: ErrorCode; readonly rules: readonly RuleId[] };

export const unchanged = (...rules: RuleId[]): Step => ({ kind: 'unchanged', rules });

export const refused = (error: ErrorCode, ...rules: RuleId[]): Step => ({
  kind: 'refused',
  error,
  rules,
});

/** What only somebody may do who is in the call, by the device that asks; `rule` says so of this command. */
export function objectionToOutsider(
  call: CallState,
  { userId, deviceId }: { readonly userId: string; readonly deviceId: string },
  rule: RuleId,
): Step | null {
  const own = legOfUser(call.legs, userId);
  if (!own) return refused('call-unknown', 'CR53');
  return isJoinedOn(own, deviceId) ? null : refused('wrong-state', rule);
}

/** The step that replaces one leg by its next state. */
export function changeLeg(legs: readonly LegRow[], next: LegRow, ...rules: RuleId[]): Changed {
  return {
    kind: 'changed',
    legs: legs.map((leg) => (leg.legId === next.legId ? next : leg)),
    rules,
  };
}

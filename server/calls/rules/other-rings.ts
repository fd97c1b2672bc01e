/** CR14: a device that answers a call shows no other ring any more. */
import type { CallState } from './call-state';
import { isRinging, legOfUser } from './legs';
import { stopRingingOn } from './leave';
import type { RuleId } from './rule-ids';
import { type Moment, settle } from './settle';

export interface StoppedRings {
  readonly also: readonly CallState[];
  readonly rules: readonly RuleId[];
}

/** The other calls that rang on this device; they ring on for the user's other ones. */
export function stopOtherRings(
  others: readonly CallState[],
  { userId, deviceId }: { readonly userId: string; readonly deviceId: string },
  moment: Moment,
): StoppedRings {
  const also = others.flatMap((call) => {
    const leg = legOfUser(call.legs, userId);
    const step = leg && isRinging(leg) ? stopRingingOn(call, leg, deviceId, 'CR14') : null;
    return step?.kind === 'changed' ? [settle(call, step.legs, step.rules, moment).call] : [];
  });
  return { also, rules: also.length === 0 ? [] : ['CR14'] };
}

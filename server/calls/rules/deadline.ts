/** CR33, CR45, CR55, CR62–CR65, CR142: time limits. All that are due pass at once, so that equals are treated alike. */
import { EndReason } from '#protocol/end-reason';
import type { CallState, LegRow } from './call-state';
import type { CallTimes } from './command';
import { loseLeg, patienceOf } from './connection';
import { isRinging, leftLeg } from './legs';
import { removedLeg } from './remove';
import type { RuleId } from './rule-ids';
import type { Moment } from './settle';
import { type Step, unchanged } from './step';

export function deadline(call: CallState, { nowMs, times }: Moment): Step {
  const rules: RuleId[] = [];
  const isAskOver = call.mediaAsk !== undefined && call.mediaAsk.until <= nowMs;
  if (isAskOver) rules.push('CR142');
  const legs = call.legs.map((leg) => {
    const limit = limitOf(leg, times);
    if (!limit || limit.at > nowMs) return leg;
    rules.push(limit.rule);
    return expire(leg, nowMs);
  });
  return rules.length === 0
    ? unchanged()
    : {
        kind: 'changed',
        legs,
        rules,
        ...(isAskOver ? { shared: { mediaAsk: null } } : {}),
      };
}

/** The earliest time at which `deadline` would change something. */
export function nextDeadline(
  { legs, mediaAsk }: Pick<CallState, 'legs' | 'mediaAsk'>,
  times: CallTimes,
): number | null {
  const at = legs.flatMap((leg) => limitOf(leg, times)?.at ?? []);
  if (mediaAsk) at.push(mediaAsk.until);
  return at.length === 0 ? null : Math.min(...at);
}

function limitOf(leg: LegRow, times: CallTimes): { at: number; rule: RuleId } | null {
  if (leg.removeAt !== undefined) return { at: leg.removeAt, rule: 'CR55' };
  switch (leg.state) {
    case 'invited':
    case 'ringing':
      return { at: leg.answerBy ?? 0, rule: 'CR45' };
    case 'claimed':
      return { at: leg.joinBy ?? 0, rule: 'CR33' };
    case 'joined':
      return patienceOf(leg, times);
    case 'left':
      return null;
  }
}

function expire(leg: LegRow, nowMs: number): LegRow {
  if (leg.removeAt !== undefined) return removedLeg(leg, nowMs);
  if (leg.state === 'joined') return loseLeg(leg, nowMs);
  const reason = isRinging(leg) ? EndReason.NO_RESPONSE : EndReason.GET_MEDIA_RESOURCES_ERROR;
  return leftLeg(leg, nowMs, { reason, cause: 'deadline' });
}

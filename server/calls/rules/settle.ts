/** What a change of legs means for the whole call: does it end, which clocks run, what is awaited next. */
import { EndReason, remoteView } from '#protocol/end-reason';
import type { CallState, LegRow } from './call-state';
import type { CallTimes, Decision } from './command';
import { refreshClocks } from './connection';
import { nextDeadline } from './deadline';
import { withLeftRevision } from './hearers';
import { isPresent, leftLeg } from './legs';
import type { RuleId } from './rule-ids';
import type { Changed, SharedChange } from './step';

/** When a command is decided, and by which times. */
export interface Moment {
  readonly nowMs: number;
  readonly times: CallTimes;
}

type Accepted = Extract<Decision, { ok: true }>;

/** What a step changed, with all its consequences. */
export function settleStep(
  call: CallState,
  { legs, rules, shared = {}, also = [] }: Changed,
  moment: Moment,
): Accepted {
  const settled = settle(withShared(call, shared), legs, rules, moment);
  return also.length === 0 ? settled : { ...settled, also };
}

function withShared(call: CallState, { mediaAsk, ...rest }: SharedChange): CallState {
  const { mediaAsk: former, ...others } = call;
  const asked = mediaAsk === undefined ? former : mediaAsk;
  return { ...others, ...rest, ...(asked ? { mediaAsk: asked } : {}) };
}

export function settle(
  call: CallState,
  legs: readonly LegRow[],
  rules: readonly RuleId[],
  { nowMs, times }: Moment,
): Accepted {
  const revision = call.revision + 1;
  const ending = endingRule(legs);
  if (ending) {
    const over = withShared(call, { mediaAsk: null });
    const end = endLegs(call, legs, nowMs);
    const ended = withLeftRevision(end.legs, revision);
    const next = { ...over, revision, legs: ended, endedAt: nowMs, nextDeadline: null };
    return { ok: true, changed: true, call: next, rules: [...rules, ending, ...end.rules] };
  }
  const clocked = forgetUsers(call, refreshClocks(legs, nowMs));
  const isOver = isAskOver(call, clocked);
  const open = withShared(call, isOver ? { mediaAsk: null } : {});
  const next = { ...open, revision, legs: withLeftRevision(clocked, revision) };
  const settled = { ...next, nextDeadline: nextDeadline(next, times) };
  const reported = isOver && !rules.includes('CR142') ? [...rules, 'CR142' as const] : rules;
  return { ok: true, changed: true, call: settled, rules: reported };
}

/** CR142: who asked, or who was asked, has left; it is one of several now; or pictures are there already. */
function isAskOver({ mediaAsk, mediaType, kind }: CallState, legs: readonly LegRow[]): boolean {
  if (!mediaAsk) return false;
  const joined = legs.filter((leg) => leg.state === 'joined');
  return kind === 'group' || mediaType === 2 || joined.length < 2;
}

/** CR152: what applications say of people who left earlier would fill the message. */
function forgetUsers(call: CallState, legs: readonly LegRow[]): readonly LegRow[] {
  const gone = new Set(call.legs.filter((leg) => !isPresent(leg)).map((leg) => leg.legId));
  return legs.map((leg) => {
    if (!gone.has(leg.legId) || leg.user === undefined) return leg;
    const { user: _forgotten, ...kept } = leg;
    return kept;
  });
}

/** CR50, CR51. Somebody who rings may still join, so a ring keeps a call alive in which one is left. */
function endingRule(legs: readonly LegRow[]): RuleId | null {
  if (!legs.some((leg) => leg.state === 'joined')) return 'CR50';
  return legs.filter(isPresent).length < 2 ? 'CR51' : null;
}

/**
 * Whoever is still there is put out by the one who left last: its reason, seen from the other side. CR155: who did
 * nothing but stay when everybody else's connection broke is told 13, not 17.
 */
function endLegs(
  call: CallState,
  legs: readonly LegRow[],
  nowMs: number,
): { readonly legs: readonly LegRow[]; readonly rules: readonly RuleId[] } {
  const rules: RuleId[] = [];
  const last = remoteView(lastLeaver(call, legs)?.reason);
  const ended = legs.map((leg) => {
    if (!isPresent(leg)) return leg;
    const isLeftAlone = call.kind === 'group' && leg.state === 'joined';
    if (!isLeftAlone || last !== EndReason.REMOTE_NETWORK_ERROR) {
      return leftLeg(leg, nowMs, { reason: last, cause: 'call-ended' });
    }
    rules.push('CR155');
    return leftLeg(leg, nowMs, { reason: EndReason.REMOTE_HANGUP, cause: 'call-ended' });
  });
  return { legs: ended, rules };
}

/** The leg that left with this very change; several at once: the first of them. */
function lastLeaver(call: CallState, legs: readonly LegRow[]): LegRow | undefined {
  const before = new Set(call.legs.filter((leg) => !isPresent(leg)).map((leg) => leg.legId));
  return legs.find((leg) => !isPresent(leg) && !before.has(leg.legId));
}

/** "Do not disturb" as the rules of a user say it: the server decides by it, every desktop shows the same. */
import { endOfQuietHours, startOfQuietHours } from './quiet-hours';
import type { CallRules, DoNotDisturb } from './values';

type QuietRules = Pick<CallRules, 'doNotDisturb' | 'favouriteUserIds'>;

/** Does this caller's ring stay silent for the user with these rules? */
export function isSilencedFor(rules: QuietRules, callerId: string, nowMs: number): boolean {
  return !breaksThrough(rules, callerId) && isQuiet(rules.doNotDisturb, nowMs);
}

/** Does this caller ring whatever says that the user is not to be disturbed, the system of a desktop included? */
export function breaksThrough(
  { doNotDisturb, favouriteUserIds }: QuietRules,
  callerId: string,
): boolean {
  return doNotDisturb.favouritesRing && favouriteUserIds.includes(callerId);
}

/** It is on, by hand or by the hour. */
export function isQuiet(rule: DoNotDisturb, nowMs: number): boolean {
  return endOfNext(rule, nowMs) !== null;
}

/** When it ends, if nobody does anything; null: it is off, or nobody knows. */
export function quietUntil(rule: DoNotDisturb, nowMs: number): number | null {
  let end = endOfNext(rule, nowMs);
  // Quiet hours may begin before the time that was set by hand is over, and end after it; and the other way round.
  for (let next = end; next !== null && Number.isFinite(next); next = endOfNext(rule, next)) {
    end = next;
  }
  return end === null || !Number.isFinite(end) ? null : end;
}

/** When that changes by itself next; null: never. */
export function quietChangesAt(rule: DoNotDisturb, nowMs: number): number | null {
  if (isQuiet(rule, nowMs)) return quietUntil(rule, nowMs);
  return rule.schedule && startOfQuietHours(rule.schedule, nowMs);
}

/** The end of what is on at that moment, the switch before the hours; Infinity: none; null: nothing is on. */
function endOfNext({ until, schedule }: DoNotDisturb, nowMs: number): number | null {
  if (until === 0) return Infinity;
  if (until !== null && until > nowMs) return until;
  return schedule && endOfQuietHours(schedule, nowMs);
}

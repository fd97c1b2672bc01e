/** What a desktop says and offers about "do not disturb" beyond what the server decides by. Pure. */
import { isQuiet, quietUntil } from '#protocol/do-not-disturb';
import type { DoNotDisturb } from '#protocol/messages';

/** Switched on by the user, and not over yet. */
export function isSetByHand({ until }: DoNotDisturb, nowMs: number): boolean {
  return until !== null && (until === 0 || until > nowMs);
}

/** The hours of the week hold now: nothing rings before they end, whatever is switched off by hand. */
export function isQuietByHours(rule: DoNotDisturb, nowMs: number): boolean {
  return isQuiet(hoursOf(rule), nowMs);
}

/** The hours of the week leave no pause: they end in the settings alone. */
export function isQuietForever(rule: DoNotDisturb, nowMs: number): boolean {
  return isQuietByHours(rule, nowMs) && quietUntil(hoursOf(rule), nowMs) === null;
}

/** What keeps the person from being online again by a click: it ends by the clock, or in the system. */
export function onlineObstacle(
  rule: DoNotDisturb,
  isSystemQuiet: boolean,
  nowMs: number,
): 'hours' | 'system' | null {
  if (isQuietByHours(rule, nowMs)) return 'hours';
  return isSystemQuiet && !isQuiet(rule, nowMs) ? 'system' : null;
}

const hoursOf = (rule: DoNotDisturb): DoNotDisturb => ({ ...rule, until: null });

/** What the tray is derived from, and the words for it that its status and its menu share. */
import type { DeskCallView, SessionView } from '#common/ipc';
import { type MissedCount, countText } from '#common/missed-count';
import { untilWords } from '#common/until';
import { isQuiet, quietUntil } from '#protocol/do-not-disturb';
import type { CallRules } from '#protocol/messages';
import { type MainTexts, fill } from '../locales';

/** Whose clock and calendar times are told by. */
export interface TimePlace {
  readonly locale: string;
  readonly timeZone: string;
}

export interface TrayFacts {
  readonly session: SessionView;
  /** Those that home shows. */
  readonly calls: readonly DeskCallView[];
  /** Missed calls that the user has not looked at, on any device. */
  readonly missed: MissedCount;
  readonly rules: CallRules;
  /** The system of this computer keeps it quiet, whatever the rules say. */
  readonly isSystemQuiet: boolean;
  readonly nowMs: number;
  readonly place: TimePlace;
}

export function ringToShow(calls: readonly DeskCallView[]): DeskCallView | undefined {
  return calls.find(({ phase }) => phase === 'incoming');
}

export function callToShow(calls: readonly DeskCallView[]): DeskCallView | undefined {
  return calls.find(({ phase }) => phase !== 'ended' && phase !== 'incoming');
}

export function missedWords(
  missed: MissedCount,
  { missedOne, missedMany }: MainTexts['tray'],
): string {
  if (missed.n === 1 && !missed.isMore) return missedOne;
  return fill(missedMany, { count: countText(missed) });
}

/** Why nothing rings here now; null: it does. The rules come first, which hold on every device. */
export function quietWords(
  { rules, isSystemQuiet, nowMs, place }: TrayFacts,
  { tray }: Pick<MainTexts, 'tray'>,
): string | null {
  const rule = rules.doNotDisturb;
  if (!isQuiet(rule, nowMs)) return isSystemQuiet ? tray.isQuietBySystem : null;
  const until = quietUntil(rule, nowMs);
  if (until === null) return tray.isQuiet;
  return fill(tray.isQuietUntil, { time: untilWords(until, nowMs, place) });
}

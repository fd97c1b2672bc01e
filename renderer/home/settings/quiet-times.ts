/** Quiet hours as a form has them. Pure. Minutes of the day as in `QuietHours` of the protocol. */
import type { QuietHours } from '#protocol/messages';

/** From Monday on, in the numbers of `QuietHours`. */
export const weekDays = [1, 2, 3, 4, 5, 6, 0] as const;

/** Evenings and nights of the days on which most people work. */
export const usualHours = (timeZone: string): QuietHours => ({
  days: [1, 2, 3, 4, 5],
  fromMinute: 18 * 60,
  toMinute: 8 * 60,
  timeZone,
});

export function timeOf(minute: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Null for a field that is not filled in. */
export function minuteOf(time: string): number | null {
  const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
  return hour === undefined ? null : Number(hour) * 60 + Number(minute);
}

/** Null: no day is left. */
export function withDay(hours: QuietHours, day: number, isWanted: boolean): QuietHours | null {
  const others = hours.days.filter((other) => other !== day);
  const days = isWanted ? [...others, day] : others;
  return days.length === 0 ? null : { ...hours, days: days.toSorted((a, b) => a - b) };
}

/** How the form tells when they end: on the same day, on the next one, or a whole day later. */
export function endOf({ fromMinute, toMinute }: QuietHours): 'same' | 'next' | 'whole' {
  if (fromMinute === toMinute) return 'whole';
  return toMinute > fromMinute ? 'same' : 'next';
}

/** Of one week that begins with a Monday. */
export function dayName(day: number, locale: string): string {
  const monday = Date.UTC(2024, 0, 1);
  const at = monday + ((day + 6) % 7) * 24 * 60 * 60_000;
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(at);
}

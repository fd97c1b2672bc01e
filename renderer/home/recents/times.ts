/** When a call was and how long it took, in the person's own language and time zone. Pure. */
export interface Place {
  readonly locale: string;
  readonly timeZone: string;
}

const dayMs = 24 * 60 * 60_000;

/** The day as one speaks of it: today, yesterday, a day of the last week, else its date. */
export function dayWords(at: number, nowMs: number, { locale, timeZone }: Place): string {
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at);
  const daysAgo = dayNumber(nowMs, timeZone) - dayNumber(at, timeZone);
  if (daysAgo === 0 || daysAgo === 1) return relativeDay(-daysAgo, locale);
  if (daysAgo > 1 && daysAgo < 7) return format({ weekday: 'long' });
  const isThisYear = yearOf(at, timeZone) === yearOf(nowMs, timeZone);
  return format({ day: 'numeric', month: 'long', ...(!isThisYear && { year: 'numeric' }) });
}

export interface Day<T> {
  /** Of all times that are of this day in that zone. */
  readonly day: number;
  readonly items: readonly T[];
}

/** What lies one after the other in time, in either direction, by the days of the person's own calendar. */
export function byDay<T extends { readonly createdAt: number }>(
  items: readonly T[],
  timeZone: string,
): readonly Day<T>[] {
  const days = new Map<number, T[]>();
  for (const item of items) {
    const day = dayNumber(item.createdAt, timeZone);
    const known = days.get(day);
    if (known) known.push(item);
    else days.set(day, [item]);
  }
  return [...days].map(([day, ofDay]) => ({ day, items: ofDay }));
}

/** All of it, for whoever asks. */
export function fullWhen(at: number, { locale, timeZone }: Place): string {
  const style = { dateStyle: 'full', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(locale, { timeZone, ...style }).format(at);
}

/** 12 sec · 5 min · 5 min 12 sec · 1 hr 5 min: two parts are as much as anybody wants to know. */
export function durationWords(ms: number, locale: string): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count),
    )
    .join(' ');
}

function relativeDay(days: number, locale: string): string {
  const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
  return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
}

/** Days since some day, as the calendar of that zone counts them: a day there may have 23 hours. */
function dayNumber(at: number, timeZone: string): number {
  const { year, month, day } = dateParts(at, timeZone);
  return Date.UTC(year, month - 1, day) / dayMs;
}

function yearOf(at: number, timeZone: string): number {
  return dateParts(at, timeZone).year;
}

function dateParts(at: number, timeZone: string): Record<'year' | 'month' | 'day', number> {
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return {
    year: parts.get('year') ?? 0,
    month: parts.get('month') ?? 0,
    day: parts.get('day') ?? 0,
  };
}

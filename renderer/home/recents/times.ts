/** When a call was and how long it took, in the person's own language and time zone. Pure. */
export interface Place {
  readonly locale: string;
  readonly timeZone: string;
}

const dayMs = 24 * 60 * 60_000;

/** The nearer, the shorter: a time today, a day of the last week with its time, else the date. */
export function whenWords(at: number, nowMs: number, { locale, timeZone }: Place): string {
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at);
  const daysAgo = dayNumber(nowMs, timeZone) - dayNumber(at, timeZone);
  const time = format({ hour: 'numeric', minute: '2-digit' });
  if (daysAgo === 0) return time;
  if (daysAgo === 1) return `${yesterday(locale)} ${time}`;
  if (daysAgo > 1 && daysAgo < 7) {
    return format({ weekday: 'short', hour: 'numeric', minute: '2-digit' });
  }
  const isThisYear = yearOf(at, timeZone) === yearOf(nowMs, timeZone);
  return format({ day: 'numeric', month: 'short', ...(!isThisYear && { year: 'numeric' }) });
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

function yesterday(locale: string): string {
  const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, 'day');
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

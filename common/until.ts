/** Until when something holds, in the person's own language and time zone. Pure. */
interface Place {
  readonly locale: string;
  readonly timeZone: string;
}

/** A time alone where it comes within the day or in a few hours; else with its weekday, and with its date where that says too little. */
export function untilWords(at: number, nowMs: number, { locale, timeZone }: Place): string {
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at);
  const time = { hour: 'numeric', minute: '2-digit' } as const;
  const hourMs = 60 * 60_000;
  const sameDay = new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' });
  const isNear = at - nowMs < 6 * hourMs || sameDay.format(at) === sameDay.format(nowMs);
  if (isNear) return timeOfDay(at, { locale, timeZone });
  if (at - nowMs < 6 * 24 * hourMs) return format({ weekday: 'short', ...time });
  return format({ day: 'numeric', month: 'short', ...time });
}

/** The hour as the language writes it in full times, too: 2:48 AM, 02:48. */
export function timeOfDay(at: number, { locale, timeZone }: Place): string {
  return new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' }).format(at);
}

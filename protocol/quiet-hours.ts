/**
 * Quiet hours of every week, on the clock of the wall where the user was who set them. A day's hours are a span between two
 * moments, so that a night in which the clocks change is one night: it begins the first time the wall shows `fromMinute`
 * and ends the last time it shows `toMinute`; a time that the wall jumps over is the moment of the jump.
 */
import type { QuietHours } from './values';

interface Span {
  readonly from: number;
  readonly to: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Later than this a Date has no room for what is looked for around it. */
const latestMs = 8.64e15 - 20 * dayMs;
/** There are six hundred; a name may be written in several ways. */
const keptFormats = 1_000;

const formats = new Map<string, Intl.DateTimeFormat>();

export function isTimeZone(name: string): boolean {
  return formatOf(name) !== null;
}

/** When the quiet hours end that hold now; Infinity: never; null: there are none now, or nobody knows the time zone. */
export function endOfQuietHours(hours: QuietHours, nowMs: number): number | null {
  let end: number | null = null;
  // The hours of one day may go over into those of the next.
  for (const { from, to } of spansAround(hours, nowMs)) {
    const at = end ?? nowMs;
    if (from > at) return end;
    if (to > at) end = to;
  }
  return end === null ? null : Infinity;
}

/** When they begin next, where they do not hold now; null: nobody knows the time zone. */
export function startOfQuietHours(hours: QuietHours, nowMs: number): number | null {
  for (const { from, to } of spansAround(hours, nowMs)) if (from > nowMs && to > from) return from;
  return null;
}

/** From the day before yesterday to beyond a whole week, in order; each is worked out when it is asked for. */
function* spansAround(hours: QuietHours, nowMs: number): Generator<Span, void> {
  const { days, fromMinute, toMinute, timeZone } = hours;
  const format = formatOf(timeZone);
  if (!format || nowMs > latestMs) return;
  const today = Math.floor((nowMs + offsetAt(format, nowMs)) / dayMs);
  for (let day = today - 2; day <= today + 10; day += 1) {
    if (!days.includes(weekdayOf(day))) continue;
    const lastDay = toMinute > fromMinute ? day : day + 1;
    const from = momentOf(format, day * dayMs + fromMinute * minuteMs, 'first');
    yield { from, to: momentOf(format, lastDay * dayMs + toMinute * minuteMs, 'last') };
  }
}

/** The first of January 1970 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/**
 * When the wall shows this, as if it hung in Greenwich. Twice in one night: the first or the last time. Never: when it
 * jumps.
 */
function momentOf(format: Intl.DateTimeFormat, wallMs: number, which: 'first' | 'last'): number {
  const before = offsetAt(format, wallMs - dayMs);
  const after = offsetAt(format, wallMs + dayMs);
  if (before === after) return wallMs - before;
  const moments = [wallMs - before, wallMs - after].filter(
    (at) => at + offsetAt(format, at) === wallMs,
  );
  if (moments.length > 0) return which === 'first' ? Math.min(...moments) : Math.max(...moments);
  return jumpBetween(format, wallMs - after, wallMs - before);
}

/** A few halvings to the minute in which the offset changes. */
function jumpBetween(format: Intl.DateTimeFormat, early: number, late: number): number {
  const offset = offsetAt(format, early);
  let [last, first] = [early, late];
  while (first - last > minuteMs) {
    const middle = last + Math.floor((first - last) / 2 / minuteMs) * minuteMs;
    if (offsetAt(format, middle) === offset) last = middle;
    else first = middle;
  }
  return first;
}

/** What the wall shows more than Greenwich. */
function offsetAt(format: Intl.DateTimeFormat, atMs: number): number {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(atMs / minuteMs) * minuteMs;
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone);
  if (known) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    });
    if (formats.size >= keptFormats) formats.clear();
    formats.set(timeZone, format);
    return format;
  } catch {
    return null;
  }
}

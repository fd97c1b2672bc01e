/**
 * What each end of a link tells the other of the line between them, once a second where it matters: how much of the other's voice got
 * lost on it, and how much later than at its best the other's reports came. The browsers report loss themselves, but
 * every five seconds where only a voice is sent, and nothing of delay in one direction. The parser takes anything and
 * never throws.
 */
export interface LineReport {
  /** Of the voice's packets of the last second, 0 to 1; null: too few came to tell. */
  readonly lostShare: number | null;
  /** Milliseconds; null: no report came to measure it by. */
  readonly lateMs: number | null;
}

interface SentReport extends LineReport {
  /** Milliseconds by the sender's clock, which is nobody else's: it only tells what came how much later. */
  readonly sentAt: number;
}

/** More than any report needs. */
const maxChars = 200;
export const longestLateMs = 60_000;

export function encodeLineReport({ sentAt, lostShare, lateMs }: SentReport): string {
  return JSON.stringify({ sentAt, lost: lostShare, late: lateMs });
}

export function parseLineReport(data: unknown): SentReport | null {
  if (typeof data !== 'string' || data.length > maxChars) return null;
  const { sentAt, lost, late } = fieldsOf(data);
  if (typeof sentAt !== 'number' || !isAbsentOr(lost, 1) || !isAbsentOr(late, longestLateMs))
    return null;
  return { sentAt, lostShare: lost, lateMs: late };
}

function isAbsentOr(value: unknown, most: number): value is number | null {
  return value === null || (typeof value === 'number' && value >= 0 && value <= most);
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : {};
  } catch {
    return {};
  }
}

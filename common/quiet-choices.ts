/** For how long somebody who is at work now does not want to be disturbed. Pure. */
export type QuietChoice = 'half-hour' | 'hour' | 'morning' | 'open';

export const quietChoices: readonly QuietChoice[] = ['half-hour', 'hour', 'morning', 'open'];

const minuteMs = 60_000;
/** Whoever is still up at that hour calls the day that has begun "tomorrow". */
const nightEndsAt = 4;
const morningAt = 8;

/** As `DoNotDisturb.until` has it. */
export function untilOf(choice: QuietChoice, now: Date): number {
  switch (choice) {
    case 'half-hour':
      return now.getTime() + 30 * minuteMs;
    case 'hour':
      return now.getTime() + 60 * minuteMs;
    case 'morning':
      return tomorrowMorning(now);
    case 'open':
      return 0;
  }
}

/** On the clock of this computer, also over a night in which it is changed. */
export function tomorrowMorning(now: Date): number {
  const days = now.getHours() < nightEndsAt ? 0 : 1;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morningAt).getTime();
}

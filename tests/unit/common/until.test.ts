import { expect, it } from 'vitest';
import { untilWords } from '#common/until';

const place = { locale: 'en-GB', timeZone: 'Europe/Berlin' };
/** A Monday. */
const now = Date.UTC(2026, 10, 23, 12, 0);
const hour = 60 * 60_000;

it.each([
  ['a time today', now + hour, '14:00'],
  ['the last minute of today there', Date.UTC(2026, 10, 23, 22, 59), '23:59'],
  ['a time soon after midnight', Date.UTC(2026, 10, 23, 23, 30), '00:30', now + 10 * hour],
  ['a time tomorrow, with its day', Date.UTC(2026, 10, 24, 6, 0), 'Tue, 07:00'],
  ['a day after this week, with its date', now + 9 * 24 * hour, '2 Dec, 13:00'],
])('says until when: %s', (_what, at, words, from = now) => {
  // What stands between day and time is the language's affair.
  expect(untilWords(at, from, place).replaceAll(/,| at/g, '')).toBe(words.replaceAll(',', ''));
});

it('says it in the language of the person', () => {
  expect(untilWords(Date.UTC(2026, 10, 24, 6, 0), now, { ...place, locale: 'zh-CN' })).toBe(
    '周二07:00',
  );
});

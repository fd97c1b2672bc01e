import { describe, expect, it } from 'vitest';
import { durationWords, fullWhen, whenWords } from '#renderer/home/recents/times';

const berlin = { locale: 'en-GB', timeZone: 'Europe/Berlin' };
const shanghai = { locale: 'zh-CN', timeZone: 'Asia/Shanghai' };
const newYork = { locale: 'en-US', timeZone: 'America/New_York' };

const at = (iso: string): number => Date.parse(iso);
const now = at('2026-11-22T10:00:00Z');

/** Browsers put a narrow space before AM and PM. */
const plain = (text: string): string => text.replaceAll(/\s/gu, ' ');

describe('when a call was', () => {
  it.each([
    ['today', '2026-11-22T08:05:00Z', berlin, '9:05'],
    ['today in Chinese', '2026-11-22T08:05:00Z', shanghai, '16:05'],
    ['today with AM and PM', '2026-11-22T05:05:00Z', newYork, '12:05 AM'],
    ['yesterday', '2026-11-21T20:00:00Z', berlin, 'Yesterday 21:00'],
    ['yesterday in Chinese', '2026-11-21T02:00:00Z', shanghai, '昨天 10:00'],
    ['the day before that', '2026-11-20T20:00:00Z', berlin, 'Fri 21:00'],
    ['earlier this year', '2026-11-15T20:00:00Z', berlin, '15 Nov'],
    ['earlier this year in Chinese', '2026-11-15T02:00:00Z', shanghai, '11月15日'],
    ['another year', '2025-11-22T20:00:00Z', berlin, '22 Nov 2025'],
  ])('%s', (_what, iso, place, words) => {
    const said = plain(whenWords(at(iso), now, place));
    expect(said.replace(/^0/, '').replace(',', '')).toBe(words);
  });

  it('counts the days of the person’s own calendar', () => {
    const late = at('2026-11-21T23:30:00Z');
    expect(plain(whenWords(late, now, { ...berlin, locale: 'en-GB' }))).toMatch(/^0?0:30$/);
    expect(plain(whenWords(late, now, newYork))).toBe('Yesterday 6:30 PM');
  });

  it('knows that a day in spring has 23 hours', () => {
    const morning = at('2026-03-29T06:00:00Z');
    expect(whenWords(at('2026-03-28T22:30:00Z'), morning, berlin)).toBe('Yesterday 23:30');
  });

  it('is a date when the clock of this computer is behind', () => {
    expect(whenWords(now + 3 * 24 * 3_600_000, now, berlin)).toBe('25 Nov');
  });

  it('can be told in full', () => {
    expect(fullWhen(at('2026-11-22T08:05:00Z'), shanghai)).toBe('2026年11月22日星期日 16:05');
  });
});

describe('how long a call took', () => {
  it.each([
    [200, 'en', '1 sec'],
    [12_000, 'en', '12 sec'],
    [300_000, 'en', '5 min'],
    [312_400, 'en', '5 min 12 sec'],
    [3_912_000, 'en', '1 hr 5 min'],
    [3_612_000, 'en', '1 hr'],
    [312_000, 'zh-CN', '5分钟 12秒'],
  ])('%i ms in %s', (ms, locale, words) => {
    expect(durationWords(ms, locale)).toBe(words);
  });
});

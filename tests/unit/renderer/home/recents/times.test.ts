import { describe, expect, it } from 'vitest';
import { timeOfDay } from '#common/until';
import { byDay, dayWords, durationWords, fullWhen } from '#renderer/home/recents/times';

const berlin = { locale: 'en-GB', timeZone: 'Europe/Berlin' };
const shanghai = { locale: 'zh-CN', timeZone: 'Asia/Shanghai' };
const newYork = { locale: 'en-US', timeZone: 'America/New_York' };

const at = (iso: string): number => Date.parse(iso);
const now = at('2026-11-22T10:00:00Z');

/** Browsers put a narrow space before AM and PM. */
const plain = (text: string): string => text.replaceAll(/\s/gu, ' ');

describe('the day of a call', () => {
  it.each([
    ['today', '2026-11-22T08:05:00Z', berlin, 'Today'],
    ['today in Chinese', '2026-11-22T08:05:00Z', shanghai, '今天'],
    ['yesterday', '2026-11-21T20:00:00Z', berlin, 'Yesterday'],
    ['yesterday in Chinese', '2026-11-21T02:00:00Z', shanghai, '昨天'],
    ['the day before that', '2026-11-20T20:00:00Z', berlin, 'Friday'],
    ['earlier this year', '2026-11-15T20:00:00Z', berlin, '15 November'],
    ['earlier this year in Chinese', '2026-11-15T02:00:00Z', shanghai, '11月15日'],
    ['another year', '2025-11-22T20:00:00Z', berlin, '22 November 2025'],
  ])('%s', (_what, iso, place, words) => {
    expect(plain(dayWords(at(iso), now, place))).toBe(words);
  });

  it('is one of the person’s own calendar', () => {
    const late = at('2026-11-21T23:30:00Z');
    expect(dayWords(late, now, berlin)).toBe('Today');
    expect(dayWords(late, now, newYork)).toBe('Yesterday');
  });

  it('in spring may have 23 hours', () => {
    const morning = at('2026-03-29T06:00:00Z');
    expect(dayWords(at('2026-03-28T22:30:00Z'), morning, berlin)).toBe('Yesterday');
  });

  it('is a date when the clock of this computer is behind', () => {
    expect(dayWords(now + 3 * 24 * 3_600_000, now, berlin)).toBe('25 November');
  });

  it('has all its calls, newest first, and no other day has them', () => {
    const calls = ['22T10:00', '22T00:30', '21T23:30', '21T22:30', '19T12:00'].map((time) => ({
      createdAt: at(`2026-11-${time}:00Z`),
    }));
    const days = byDay(calls, 'Europe/Berlin').map(({ items }) => items);
    expect(days).toEqual([calls.slice(0, 3), calls.slice(3, 4), calls.slice(4)]);
  });
});

describe('when a call was', () => {
  it('is a time in the person’s own language and zone', () => {
    const morning = at('2026-11-22T05:05:00Z');
    expect(plain(timeOfDay(morning, newYork))).toBe('12:05 AM');
    expect(timeOfDay(morning, shanghai)).toBe('13:05');
    expect(timeOfDay(at('2026-11-21T18:48:00Z'), shanghai)).toBe('02:48');
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

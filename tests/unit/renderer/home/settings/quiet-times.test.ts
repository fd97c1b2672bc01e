import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import {
  dayName,
  endOf,
  minuteOf,
  timeOf,
  usualHours,
  weekDays,
  withDay,
} from '#renderer/home/settings/quiet-times';
import { repliesToKeep } from '#renderer/home/settings/replies';
import { ringTones, withTone } from '#renderer/sounds/ring-tones';

const hours = usualHours('Europe/Berlin');

describe('quiet hours in the form', () => {
  it.each([
    [0, '00:00'],
    [18 * 60 + 5, '18:05'],
    [1439, '23:59'],
  ])('%i minutes of the day are %s, and back', (minute, time) => {
    expect(timeOf(minute)).toBe(time);
    expect(minuteOf(time)).toBe(minute);
  });

  it('are not changed by a field that is not filled in', () => {
    expect([minuteOf(''), minuteOf('8:0')]).toEqual([null, null]);
  });

  it('hold on the days that are ticked, and not at all without one', () => {
    expect(withDay(hours, 0, true)?.days).toEqual([0, 1, 2, 3, 4, 5]);
    expect(withDay(hours, 1, true)?.days).toEqual([1, 2, 3, 4, 5]);
    expect(withDay({ ...hours, days: [3] }, 3, false)).toBeNull();
  });

  it('say on which day they end', () => {
    expect(endOf(hours)).toBe('next');
    expect(endOf({ ...hours, fromMinute: 60, toMinute: 120 })).toBe('same');
    expect(endOf({ ...hours, fromMinute: 60, toMinute: 60 })).toBe('whole');
  });

  it('name the days in the language of the person, from Monday on', () => {
    expect(weekDays.map((day) => dayName(day, 'en')).join(' ')).toBe(
      'Monday Tuesday Wednesday Thursday Friday Saturday Sunday',
    );
    expect(dayName(0, 'zh-CN')).toBe('星期日');
  });
});

describe('replies that somebody writes', () => {
  it('are kept in one line each, once, and no empty ones', () => {
    expect(repliesToKeep(['  Soon\n back ', '', 'Soon back', ' '])).toEqual(['Soon back']);
  });

  it('are no more than the server takes', () => {
    const many = Array.from({ length: 9 }, (_, at) => `Reply ${at}`);
    expect(repliesToKeep(many)).toHaveLength(limits.quickReplies);
  });
});

describe('the ringtone of one person', () => {
  it('is chosen, changed and given up', () => {
    const chosen = withTone({ anna: 'soft' }, 'bao', 'pulse');
    expect(chosen).toEqual({ anna: 'soft', bao: 'pulse' });
    expect(withTone(chosen, 'anna', 'peal')).toEqual({ bao: 'pulse', anna: 'peal' });
    expect(withTone(chosen, 'bao', null)).toEqual({ anna: 'soft' });
  });

  it('makes room for itself where there are too many', () => {
    const full = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [`user-${at}`, ringTones[0] ?? 'peal'] as const),
    );
    const next = withTone(full, 'bao', 'soft');
    expect(Object.keys(next)).toHaveLength(200);
    expect([next['user-0'], next['bao']]).toEqual([undefined, 'soft']);
  });
});

import { describe, expect, it } from 'vitest';
import { isQuietByHours, isQuietForever, isSetByHand } from '#common/do-not-disturb';
import { type DoNotDisturb, defaultCallRules } from '#protocol/messages';

/** A Sunday, a quarter past three in the afternoon. */
const nowMs = Date.UTC(2026, 10, 22, 15, 15);
const none = defaultCallRules.doNotDisturb;
const hours = (days: number[], from: number, to: number): DoNotDisturb => ({
  ...none,
  schedule: { days, fromMinute: from * 60, toMinute: to * 60, timeZone: 'UTC' },
});
const everyDay = [0, 1, 2, 3, 4, 5, 6];

describe('"do not disturb" on a desktop', () => {
  it('was set by hand until that time is over', () => {
    expect(isSetByHand(none, nowMs)).toBe(false);
    expect(isSetByHand({ ...none, until: 0 }, nowMs)).toBe(true);
    expect(isSetByHand({ ...none, until: nowMs + 1 }, nowMs)).toBe(true);
    expect(isSetByHand({ ...none, until: nowMs }, nowMs)).toBe(false);
    expect(isSetByHand(hours([0], 15, 16), nowMs)).toBe(false);
  });

  it.each([null, 0, nowMs + 60_000])(
    'stays on by the hours of the week, whatever was set by hand: %s',
    (until) => {
      expect(isQuietByHours({ ...hours([0], 15, 16), until }, nowMs)).toBe(true);
      expect(isQuietByHours({ ...hours([0], 16, 17), until }, nowMs)).toBe(false);
      expect(isQuietByHours({ ...none, until }, nowMs)).toBe(false);
    },
  );

  it('never ends by itself where the hours of the week leave no pause', () => {
    expect(isQuietForever(hours(everyDay, 0, 0), nowMs)).toBe(true);
    expect(isQuietForever({ ...hours(everyDay, 0, 0), until: 0 }, nowMs)).toBe(true);
    expect(isQuietForever(hours([0, 1], 0, 0), nowMs)).toBe(false);
    expect(isQuietForever({ ...none, until: 0 }, nowMs)).toBe(false);
    expect(isQuietForever({ ...hours([0], 15, 16), until: 0 }, nowMs)).toBe(false);
  });
});

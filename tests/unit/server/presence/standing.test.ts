import { beforeEach, describe, expect, it } from 'vitest';
import { type DoNotDisturb, defaultCallRules } from '#protocol/messages';
import { Standings } from '#server/presence/standing';

const off = defaultCallRules.doNotDisturb;
/** From 9 to 10 on every Sunday. */
const sundays: DoNotDisturb = {
  ...off,
  schedule: { days: [0], fromMinute: 540, toMinute: 600, timeZone: 'UTC' },
};
const nine = Date.parse('2026-11-22T09:00:00Z');
const hourMs = 3_600_000;

describe('how somebody can be reached', () => {
  const desk = {};
  const laptop = {};
  let nowMs: number;
  let devices: readonly object[];
  let isInCall: boolean;
  let standings: Standings;

  beforeEach(() => {
    nowMs = nine - 1;
    devices = [desk];
    isInCall = false;
    standings = new Standings({
      isInCall: () => isInCall,
      connectionsOf: () => devices,
      clock: { now: () => nowMs, monotonic: () => nowMs },
    });
  });

  const shown = (): string => standings.of('bao').availability;

  it('is online until something else is known, and offline without a device', () => {
    expect(standings.of('bao')).toEqual({ availability: 'online', changesAt: null });
    devices = [];
    expect(shown()).toBe('offline');
  });

  it('is away when nobody is at any device', () => {
    devices = [desk, laptop];
    standings.noteReport(desk, { isAway: true, isQuiet: false });
    expect(shown()).toBe('online');
    standings.noteReport(laptop, { isAway: true, isQuiet: false });
    expect(shown()).toBe('away');
    standings.noteReport(desk, { isAway: false, isQuiet: false });
    expect(shown()).toBe('online');
  });

  it('is not to be disturbed when every device says so, even where nobody is', () => {
    devices = [desk, laptop];
    standings.noteReport(desk, { isAway: true, isQuiet: true });
    expect(shown()).toBe('online');
    standings.noteReport(laptop, { isAway: true, isQuiet: true });
    expect(standings.of('bao')).toEqual({ availability: 'do-not-disturb', changesAt: null });
  });

  it('knows nothing of a device that came anew', () => {
    standings.noteReport(desk, { isAway: true, isQuiet: true });
    devices = [{}];
    expect(shown()).toBe('online');
  });

  it('says the call first, then that nobody is there, then the rules', () => {
    standings.noteRule('bao', { ...off, until: 0 });
    standings.noteReport(desk, { isAway: true, isQuiet: false });
    expect(standings.of('bao')).toEqual({ availability: 'do-not-disturb', changesAt: null });
    isInCall = true;
    expect(shown()).toBe('in-call');
    isInCall = false;
    devices = [];
    expect(shown()).toBe('offline');
  });

  it('begins and ends by the hour', () => {
    standings.noteRule('bao', sundays);
    expect(standings.of('bao')).toEqual({ availability: 'online', changesAt: nine });
    nowMs = nine;
    const until = nine + hourMs;
    expect(standings.of('bao')).toEqual({
      ...{ availability: 'do-not-disturb', until, changesAt: until },
    });
    nowMs = until;
    expect(shown()).toBe('online');
    // Somebody set the clock of the server right.
    nowMs = nine + 1;
    expect(shown()).toBe('do-not-disturb');
  });

  it('takes what a later sign-in read for older than what it knows, until everybody has left', () => {
    standings.noteFirstRule('bao', { ...off, until: 0 });
    standings.noteFirstRule('bao', off);
    expect(shown()).toBe('do-not-disturb');
    standings.forget('bao');
    standings.noteFirstRule('bao', off);
    expect(shown()).toBe('online');
  });
});

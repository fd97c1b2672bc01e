import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isQuiet, isSilencedFor, quietChangesAt, quietUntil } from '#protocol/do-not-disturb';
import { type DoNotDisturb, type QuietHours, defaultCallRules } from '#protocol/messages';
import { isTimeZone } from '#protocol/quiet-hours';

const at = (text: string): number => Date.parse(text);
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const off = defaultCallRules.doNotDisturb;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

function hours(text: string, days: readonly number[], timeZone = 'Europe/Berlin'): DoNotDisturb {
  const [from = 0, to = 0] = text.split('-').map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour * 60 + minute;
  });
  return { ...off, schedule: { days, fromMinute: from, toMinute: to, timeZone } };
}

const everyDay = [0, 1, 2, 3, 4, 5, 6];

describe('quiet hours', () => {
  // 2026-11-20 is a Friday; Berlin is one hour ahead of Greenwich in winter.
  it.each([
    ['before they begin', '22:00-06:30', [5], '2026-11-20T20:59:59Z', null],
    ['when they begin', '22:00-06:30', [5], '2026-11-20T21:00:00Z', '2026-11-21T05:30:00.000Z'],
    ['after midnight', '22:00-06:30', [5], '2026-11-21T03:00:00Z', '2026-11-21T05:30:00.000Z'],
    ['when they end', '22:00-06:30', [5], '2026-11-21T05:30:00Z', null],
    ['in a night that began on another day', '22:00-06:30', [6], '2026-11-21T03:00:00Z', null],
    ['by day', '12:00-13:00', [5], '2026-11-20T11:30:00Z', '2026-11-20T12:00:00.000Z'],
    ['on the same hour of another day', '12:00-13:00', [5], '2026-11-21T11:30:00Z', null],
    ['a whole day', '00:00-00:00', [5], '2026-11-20T12:00:00Z', '2026-11-20T23:00:00.000Z'],
    ['a weekend', '00:00-00:00', [6, 0], '2026-11-21T12:00:00Z', '2026-11-22T23:00:00.000Z'],
    [
      'one night into the next',
      '20:00-20:00',
      [5, 6],
      '2026-11-20T20:00:00Z',
      '2026-11-22T19:00:00.000Z',
    ],
  ] as const)('%s', (...row) => {
    const [, text, days, now, end] = row;
    const rule = hours(text, days);
    expect(isQuiet(rule, at(now))).toBe(end !== null);
    expect(iso(quietUntil(rule, at(now)))).toBe(end);
  });

  it('that never end have no end, and never change', () => {
    const rule = hours('09:00-09:00', everyDay);
    for (const now of ['2026-11-20T12:00:00Z', '2026-03-28T12:00:00Z', '2026-10-24T23:59:00Z']) {
      expect(isQuiet(rule, at(now))).toBe(true);
      expect(quietUntil(rule, at(now))).toBe(null);
      expect(quietChangesAt(rule, at(now))).toBe(null);
    }
  });

  // In the night to 2026-03-29 the wall jumps from 2 to 3 o'clock, in the night to 2026-10-25 from 3 back to 2.
  it.each([
    ['a short night', '22:00-06:00', '2026-03-28T23:00:00Z', '2026-03-29T04:00:00.000Z'],
    ['a long night', '22:00-06:00', '2026-10-24T23:00:00Z', '2026-10-25T05:00:00.000Z'],
    [
      'until a time that there is not',
      '22:00-02:30',
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'until a time that there is twice',
      '22:00-02:30',
      '2026-10-25T00:45:00Z',
      '2026-10-25T01:30:00.000Z',
    ],
    [
      'from a time that there is not',
      '02:30-05:00',
      '2026-03-29T01:00:00Z',
      '2026-03-29T03:00:00.000Z',
    ],
    [
      'from a time that there is twice',
      '02:30-05:00',
      '2026-10-25T00:30:00Z',
      '2026-10-25T04:00:00.000Z',
    ],
  ] as const)('hold in the night of a change of the clocks: %s', (_, text, now, end) => {
    const rule = hours(text, everyDay);
    expect(iso(quietUntil(rule, at(now)))).toBe(end);
    expect(isQuiet(rule, at(end))).toBe(false);
  });

  it('are over where the wall jumps over all of them', () => {
    const rule = hours('02:10-02:50', everyDay);
    for (let now = at('2026-03-28T23:00:00Z'); now < at('2026-03-29T20:00:00Z'); now += minuteMs) {
      expect(isQuiet(rule, now)).toBe(false);
    }
    expect(iso(quietChangesAt(rule, at('2026-03-28T23:00:00Z')))).toBe('2026-03-30T00:10:00.000Z');
  });

  it('are those of the place where they were set, half hours and the other side of the date line included', () => {
    const now = at('2026-11-20T18:00:00Z');
    expect(isQuiet(hours('23:00-23:45', [5], 'Asia/Kolkata'), now)).toBe(true);
    expect(isQuiet(hours('07:30-08:30', [6], 'Pacific/Kiritimati'), now)).toBe(true);
    expect(isQuiet(hours('07:30-08:30', [5], 'Pacific/Kiritimati'), now)).toBe(false);
    expect(isQuiet(hours('07:00-08:00', [5], 'Pacific/Pago_Pago'), now)).toBe(true);
  });

  it('of a place that nobody knows are off, and throw nothing', () => {
    const rule = hours('00:00-00:00', everyDay, 'Middle-earth/Shire');
    expect(isTimeZone('Middle-earth/Shire')).toBe(false);
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isQuiet(rule, Date.now())).toBe(false);
    expect(quietUntil(rule, Date.now())).toBe(null);
    expect(quietChangesAt(rule, Date.now())).toBe(null);
  });
});

describe('do not disturb', () => {
  const now = at('2026-11-20T12:00:00Z');

  it('is off until somebody switches it on', () => {
    expect(isQuiet(off, now)).toBe(false);
    expect(quietChangesAt(off, now)).toBe(null);
  });

  it('lasts until the time that was set, or until it is switched off', () => {
    expect(quietUntil({ ...off, until: now + 1 }, now)).toBe(now + 1);
    expect(isQuiet({ ...off, until: now }, now)).toBe(false);
    expect(isQuiet({ ...off, until: 0 }, now)).toBe(true);
    expect(quietUntil({ ...off, until: 0 }, now)).toBe(null);
  });

  it('set by hand goes over into the quiet hours, and they into it', () => {
    const evening = hours('14:00-15:00', [5]);
    const byHand = { ...evening, until: at('2026-11-20T13:30:00Z') };
    expect(iso(quietUntil(byHand, now))).toBe('2026-11-20T14:00:00.000Z');
    const longer = { ...evening, until: at('2026-11-20T16:00:00Z') };
    expect(iso(quietUntil(longer, at('2026-11-20T13:30:00Z')))).toBe('2026-11-20T16:00:00.000Z');
  });

  it('answers for any time that the wire lets through', () => {
    const rule = { ...hours('22:00-06:00', everyDay), until: Number.MAX_SAFE_INTEGER };
    expect(quietUntil(rule, now)).toBe(Number.MAX_SAFE_INTEGER);
    expect(isQuiet(hours('22:00-06:00', everyDay), Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(isQuiet(hours('22:00-06:00', everyDay), 0)).toBe(true);
  });

  it.each([
    [true, 'anna', false],
    [true, 'bao', true],
    [false, 'anna', true],
  ])(
    'lets favourites through where it says so: %s, %s is silenced: %s',
    (favouritesRing, caller, is) => {
      const rules = {
        favouriteUserIds: ['anna'],
        doNotDisturb: { ...off, until: 0, favouritesRing },
      };
      expect(isSilencedFor(rules, caller, now)).toBe(is);
    },
  );
});

const anySchedule: fc.Arbitrary<QuietHours> = fc.record({
  days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
  fromMinute: fc.integer({ min: 0, max: 1439 }),
  toMinute: fc.integer({ min: 0, max: 1439 }),
  timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
});

/** Somewhere in a year that changes its clocks, often near a change. */
const anyMoment = fc
  .tuple(
    fc.constantFrom('2026-01-15', '2026-03-29', '2026-10-25', '2026-04-05', '2026-11-01'),
    fc.integer({ min: -2 * 24 * 60, max: 2 * 24 * 60 }),
  )
  .map(([day, minutes]) => at(`${day}T00:00:00Z`) + minutes * minuteMs);

describe('whatever the hours', () => {
  it('what is told of the end and of the next change comes true, and nothing changes before', () => {
    fc.assert(
      fc.property(
        anySchedule,
        anyMoment,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (schedule, now, share) => {
          const rule = { ...off, schedule };
          const changesAt = quietChangesAt(rule, now);
          const is = isQuiet(rule, now);
          const end = changesAt ?? now + 8 * dayMs;
          expect(end).toBeGreaterThan(now);
          expect(isQuiet(rule, now + Math.floor((end - now - 1) * share))).toBe(is);
          expect(isQuiet(rule, end - 1)).toBe(is);
          if (changesAt !== null) expect(isQuiet(rule, changesAt)).toBe(!is);
        },
      ),
      { numRuns: 400 },
    );
  });
});

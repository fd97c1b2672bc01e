import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallRules, OwnStanding, SessionView } from '#common/ipc';
import type { RulesProblem } from '#common/problems';
import { type DoNotDisturb, defaultCallRules } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { changedRules } from '#protocol/rules-change';
import { tomorrowMorning, untilOf } from '#common/quiet-choices';
import { useCalls } from '#renderer/home/stores/calls';
import { useOwnStatus } from '#renderer/home/stores/own-status';
import { useRules } from '#renderer/home/stores/rules';
import { useSession } from '#renderer/home/stores/session';
import { deskCall } from './support/desk-call';
import { onHomePage } from './support/home-page';

const minute = 60_000;
const self = { userId: 'anna', name: 'Anna' };
const online: SessionView = { state: 'online', server: 's', self, isEmbedded: false };

const rulesWith = (over: Partial<DoNotDisturb>): CallRules => ({
  ...defaultCallRules,
  doNotDisturb: { ...defaultCallRules.doNotDisturb, ...over },
});

describe('tomorrow morning', () => {
  it.each([
    ['in the afternoon', new Date(2026, 10, 23, 15, 30), new Date(2026, 10, 24, 8)],
    ['just before midnight', new Date(2026, 10, 30, 23, 59), new Date(2026, 11, 1, 8)],
    ['in the night, whose day has begun', new Date(2026, 10, 24, 1, 15), new Date(2026, 10, 24, 8)],
    ['early in the morning', new Date(2026, 11, 31, 4, 0), new Date(2027, 0, 1, 8)],
  ])('is at eight: %s', (_when, now, morning) => {
    expect(new Date(tomorrowMorning(now))).toEqual(morning);
    expect(untilOf('morning', now)).toBe(morning.getTime());
  });
});

let calls: (views: ReturnType<typeof deskCall>[]) => void;
let show: (view: SessionView) => void;
let tell: (standing: OwnStanding) => void;
let push: (rules: CallRules) => void;
let asked: unknown[];
let answer: Result<CallRules, RulesProblem> | null;
let status: ReturnType<typeof useOwnStatus>;

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 23, 15, 0) });
  [asked, answer] = [[], null];
  const quietly = (): (() => void) => () => undefined;
  const stores = onHomePage(
    {
      getSession: () => Promise.resolve(online),
      onSessionChanged: (listener) => ((show = listener), () => undefined),
      onProfileChanged: quietly,
      onRulesChanged: (listener) => ((push = listener), () => undefined),
      getStanding: () => Promise.resolve({ isSystemQuiet: false, serverAheadMs: 0 }),
      onStandingChanged: (listener) => ((tell = listener), () => undefined),
      listCalls: () => Promise.resolve([]),
      onCallsChanged: (listener) => ((calls = listener as typeof calls), () => undefined),
      setRules: (change) => {
        asked.push(change);
        return Promise.resolve(answer ?? ok(changedRules(defaultCallRules, change)));
      },
    },
    () => ({ session: useSession(), rules: useRules(), calls: useCalls(), status: useOwnStatus() }),
  );
  await stores.session.start();
  stores.rules.start();
  await stores.calls.start();
  push(defaultCallRules);
  status = stores.status;
  await status.start();
});
afterEach(() => {
  status.$dispose();
  vi.useRealTimers();
});

describe('the own status', () => {
  it('is how the others see the user: in a call before not to be disturbed', () => {
    expect(status.presence).toEqual({ availability: 'online' });
    calls([deskCall()]);
    expect(status.presence).toEqual({ availability: 'in-call' });
    push(rulesWith({ until: 0 }));
    expect(status.presence).toEqual({ availability: 'in-call' });
    calls([]);
    expect(status.presence).toEqual({ availability: 'do-not-disturb' });
    show({ ...online, state: 'offline' });
    expect(status.presence).toEqual({ availability: 'offline' });
  });

  it('becomes "do not disturb" at once, for as long as was chosen, and ends by itself', async () => {
    const until = Date.now() + 30 * minute;
    const saving = status.beQuiet('half-hour');
    expect(status.presence).toEqual({ availability: 'do-not-disturb', until });
    await saving;
    expect(asked).toEqual([{ doNotDisturb: { until } }]);
    expect(status.isByHand).toBe(true);
    vi.advanceTimersByTime(30 * minute + 5_000);
    expect(status.presence).toEqual({ availability: 'online' });
    expect(status.isQuiet).toBe(false);
  });

  it('is switched off by hand, which says nothing of the rest of the rule', async () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const schedule = { days: [0], fromMinute: 0, toMinute: 60, timeZone };
    push(rulesWith({ until: 0, schedule, favouritesRing: false }));
    await status.beReached();
    expect(asked).toEqual([{ doNotDisturb: { until: null } }]);
    expect(status.isQuiet).toBe(false);
  });

  it('says when quiet hours hold, which no hand has begun', () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const schedule = { days: [1], fromMinute: 14 * 60, toMinute: 16 * 60, timeZone };
    push(rulesWith({ schedule }));
    expect(status.isQuiet).toBe(true);
    expect(status.isByHand).toBe(false);
    expect(status.until).toBe(new Date(2026, 10, 23, 16, 0).getTime());
  });

  it('cannot be made "online" by hand while quiet hours hold', () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const schedule = { days: [1], fromMinute: 14 * 60, toMinute: 16 * 60, timeZone };
    push(rulesWith({ schedule, until: 0 }));
    expect(status.isByHand).toBe(true);
    expect(status.canEnd).toBe(false);
    push(rulesWith({ schedule: { ...schedule, days: [2] }, until: 0 }));
    expect(status.canEnd).toBe(true);
  });

  it('says that quiet hours without a pause never end', () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const schedule = { days: [0, 1, 2, 3, 4, 5, 6], fromMinute: 0, toMinute: 0, timeZone };
    push(rulesWith({ schedule }));
    expect([status.until, status.isForever]).toEqual([null, true]);
    push(rulesWith({ until: 0 }));
    expect([status.until, status.isForever]).toEqual([null, false]);
  });

  it('is "do not disturb" while the system of this computer is, which no rule says', () => {
    tell({ isSystemQuiet: true, serverAheadMs: 0 });
    expect(status.presence).toEqual({ availability: 'do-not-disturb' });
    expect([status.isSystemQuiet, status.isQuiet]).toEqual([true, false]);
    calls([deskCall()]);
    expect(status.presence).toEqual({ availability: 'in-call' });
    calls([]);
    tell({ isSystemQuiet: false, serverAheadMs: 0 });
    expect(status.presence).toEqual({ availability: 'online' });
  });

  it('begins and ends by the clock of the server, which decides', () => {
    const until = Date.now() + 10 * minute;
    push(rulesWith({ until }));
    expect(status.isQuiet).toBe(true);
    tell({ isSystemQuiet: false, serverAheadMs: 10 * minute });
    expect(status.isQuiet).toBe(false);
    tell({ isSystemQuiet: false, serverAheadMs: -5 * minute });
    expect(status.isQuiet).toBe(true);
    vi.advanceTimersByTime(15 * minute - 1);
    expect(status.isQuiet).toBe(true);
    vi.advanceTimersByTime(2);
    expect(status.isQuiet).toBe(false);
  });

  it('lasts as long as was chosen, by that clock', async () => {
    tell({ isSystemQuiet: false, serverAheadMs: 10 * minute });
    await status.beQuiet('half-hour');
    expect(asked).toEqual([{ doNotDisturb: { until: Date.now() + 40 * minute } }]);
  });

  it('says that favourites ring only where there are any', () => {
    push(rulesWith({ until: 0 }));
    expect(status.favouritesRing).toBe(false);
    push({ ...rulesWith({ until: 0 }), favouriteUserIds: ['bao'] });
    expect(status.favouritesRing).toBe(true);
    push({ ...rulesWith({ until: 0, favouritesRing: false }), favouriteUserIds: ['bao'] });
    expect(status.favouritesRing).toBe(false);
  });

  it('stays as it was where the server did not take it, and says why', async () => {
    answer = err('offline');
    await status.beQuiet('open');
    expect(status.isQuiet).toBe(false);
    expect(status.problem).toBe('offline');
  });
});

import { describe, expect, it } from 'vitest';
import type { CallRules, DeskCallView, SessionView } from '#common/ipc';
import type { CallDesk } from '#main/calls/call-desk';
import { closeHome } from '#main/desktop/close-home';
import { type TrayActionPorts, runTrayAction } from '#main/desktop/tray-actions';
import type { TrayFacts } from '#main/desktop/tray-facts';
import { trayHostOnBus } from '#main/desktop/tray-host';
import type { TrayAction, TrayItem } from '#main/desktop/tray-menu';
import { trayView } from '#main/desktop/tray-view';
import { mainTexts } from '#main/locales/index';
import type { MissedCount } from '#common/missed-count';
import { defaultCallRules } from '#protocol/messages';

const { en, 'zh-CN': zhCN } = mainTexts;

const online: SessionView = {
  state: 'online',
  server: 'localhost',
  self: { userId: 'bao', name: 'Bao Tran' },
  isEmbedded: false,
};

function call(phase: DeskCallView['phase'], over: Partial<DeskCallView> = {}): DeskCallView {
  return {
    ...{ callId: `call-${phase}`, phase, direction: 'incoming', mediaType: 1, kind: 'private' },
    ...{ group: null, memberIds: ['anna'], joinedIds: [] },
    ...{ peer: { userId: 'anna', name: 'Anna Li' }, connectedAt: 0, endReason: null },
    ...{ canReturn: false, elsewhere: false, reach: null, answerKeys: null },
    ...over,
  };
}

/** A Sunday, a quarter past three in the afternoon. */
const nowMs = Date.UTC(2026, 10, 22, 15, 15);
const halfPastMs = nowMs + 15 * 60_000;

function quietUntil(until: number): CallRules {
  const doNotDisturb = { ...defaultCallRules.doNotDisturb, until };
  return { ...defaultCallRules, doNotDisturb };
}

const some = (n: number): MissedCount => ({ n, isMore: false });

function facts(over: Partial<TrayFacts> = {}): TrayFacts {
  return {
    ...{ session: online, calls: [], missed: some(0), rules: defaultCallRules, nowMs },
    isSystemQuiet: false,
    place: { locale: 'en', timeZone: 'UTC' },
    ...over,
  };
}

const shown = (over: Partial<TrayFacts>, texts = en): readonly [string, string] => {
  const { picture, status } = trayView(facts(over), texts);
  return [picture, status];
};

/** As a person reads it: options with a mark, menus with what is in them. */
function linesOf(items: readonly TrayItem[]): readonly unknown[] {
  return items.map((item) => {
    if (item.kind === 'line') return '-';
    if (item.kind === 'words') return `(${item.label})`;
    if (item.kind === 'menu') return [item.label, ...linesOf(item.items)];
    if (item.kind === 'choice') return item.label;
    const label = `${item.isChosen ? '✓' : '○'} ${item.label}`;
    return item.action ? label : `(${label})`;
  });
}

const menu = (over: Partial<TrayFacts> = {}): readonly unknown[] =>
  linesOf(trayView(facts(over), en).menu);

function actionOf(label: string, over: Partial<TrayFacts>): TrayAction | null | undefined {
  const all = (items: readonly TrayItem[]): readonly TrayItem[] =>
    items.flatMap((item) => (item.kind === 'menu' ? all(item.items) : [item]));
  const found = all(trayView(facts(over), en).menu).find(
    (item) => item.kind !== 'line' && item.label === label,
  );
  return found && 'action' in found ? found.action : undefined;
}

const reached = [
  'Status',
  '✓ Online',
  '-',
  '(Do not disturb)',
  ...['For 30 minutes', 'For 1 hour', 'Until tomorrow morning', 'Until I switch it off'],
];

describe('the tray', () => {
  it.each([
    [{ state: 'signed-out', server: '' }, 'offline', 'Not signed in'],
    [{ state: 'connecting', server: '', isEmbedded: true }, 'offline', 'Connecting…'],
    [{ ...online, state: 'offline' }, 'offline', 'No connection. Calls do not reach you.'],
    [online, 'online', 'Ready for calls'],
  ] satisfies [SessionView, string, string][])(
    'says how the phone stands without a call: %j',
    (session, picture, status) => {
      expect(shown({ session })).toEqual([picture, status]);
    },
  );

  it.each([
    ['incoming', 'ringing', 'Anna Li is calling'],
    ['dialing', 'in-call', 'Calling Anna Li'],
    ['ringing', 'in-call', 'Calling Anna Li'],
    ['connecting', 'in-call', 'In a call with Anna Li'],
    ['active', 'in-call', 'In a call with Anna Li'],
    ['ended', 'online', 'Ready for calls'],
  ] as const)('says whom the person talks to: %s', (phase, picture, status) => {
    expect(shown({ calls: [call(phase)] })).toEqual([picture, status]);
  });

  it('says that the microphone is muted, and the name of the group', () => {
    const group = { groupId: 'design', name: 'Design' };
    const calls = [call('active', { kind: 'group', group, isMuted: true })];
    expect(shown({ calls })).toEqual(['in-call', 'In a call with Design · you are muted']);
  });

  it('says what was missed, and that the user does not want to be disturbed, and until when', () => {
    expect(shown({ missed: some(1) })).toEqual(['missed', 'One missed call']);
    expect(shown({ missed: { n: 50, isMore: true } })).toEqual(['missed', '50+ missed calls']);
    expect(shown({ missed: some(3) }, zhCN)).toEqual(['missed', '3 个未接来电']);
    const rules = quietUntil(halfPastMs);
    expect(shown({ rules })[0]).toBe('quiet');
    expect(shown({ rules })[1]).toMatch(/^Do not disturb until 3:30/);
    expect(shown({ rules: quietUntil(0), missed: some(2) })).toEqual([
      'quiet',
      'Do not disturb · 2 missed calls',
    ]);
    expect(shown({ rules, nowMs: halfPastMs })).toEqual(['online', 'Ready for calls']);
  });

  it('says that the system of this computer keeps it quiet, below the rules that hold everywhere', () => {
    const bySystem = 'Do not disturb (switched on in the system of this computer)';
    const isSystemQuiet = true;
    expect(shown({ isSystemQuiet })).toEqual(['quiet', bySystem]);
    expect(shown({ isSystemQuiet, missed: some(1) })[1]).toBe(`${bySystem} · One missed call`);
    expect(shown({ isSystemQuiet }, zhCN)[1]).toBe('勿扰（由这台电脑的系统开启）');
    expect(shown({ isSystemQuiet, rules: quietUntil(0) })[1]).toBe('Do not disturb');
    expect(shown({ isSystemQuiet, calls: [call('incoming')] })[0]).toBe('ringing');
  });

  it('puts what rings before everything else, then the call, then that no call comes', () => {
    const [rules, missed] = [quietUntil(0), some(2)];
    const away: SessionView = { ...online, state: 'offline' };
    const both = [call('active'), call('incoming')];
    expect(shown({ calls: both, session: away, rules, missed })[0]).toBe('ringing');
    expect(shown({ calls: [call('active')], session: away, rules, missed })[0]).toBe('in-call');
    expect(shown({ session: away, rules, missed })[0]).toBe('offline');
    expect(shown({ calls: both }, zhCN)).toEqual(['ringing', 'Anna Li来电']);
  });
});

describe('the menu of the tray', () => {
  it('leads home, says how it stands, and changes it', () => {
    expect(menu()).toEqual(['Open Peal', '(Ready for calls)', '-', reached, '-', 'Quit Peal']);
    expect(actionOf('For 1 hour', {})).toEqual({ verb: 'be-quiet', choice: 'hour' });
  });

  it('has no status while nobody can be told', () => {
    const session: SessionView = { ...online, state: 'offline' };
    expect(menu({ session })).toEqual([
      ...['Open Peal', '(No connection. Calls do not reach you.)', '-', 'Quit Peal'],
    ]);
  });

  it('leads to the missed calls', () => {
    expect(menu({ missed: some(2) }).slice(0, 3)).toEqual([
      ...['Open Peal', '(Ready for calls)', '2 missed calls'],
    ]);
    const lines = trayView(facts({ missed: some(2) }), en).menu;
    expect(lines[2]).toMatchObject({ action: { verb: 'recents' } });
  });

  it('answers what rings, with sound or pictures as it was asked for, or declines it', () => {
    const ring = call('incoming');
    expect(menu({ calls: [ring] }).slice(0, 6)).toEqual([
      ...['(Anna Li is calling)', 'Accept', 'Decline'],
      [
        'Decline and say',
        'I’ll call you back in 10 minutes.',
        'I am in a meeting and will write to you.',
        'I am on my way to you.',
      ],
      ...['-', 'Open Peal'],
    ]);
    const { callId } = ring;
    const accept = { verb: 'accept', callId, switchHere: false };
    expect(actionOf('Accept', { calls: [ring] })).toEqual(accept);
    expect(actionOf('Accept with video', { calls: [{ ...ring, mediaType: 2 }] })).toEqual(accept);
    expect(actionOf('Switch here and answer', { calls: [{ ...ring, elsewhere: true }] })).toEqual({
      ...{ ...accept, switchHere: true },
    });
    expect(actionOf('Decline', { calls: [ring] })).toEqual({ verb: 'decline', callId });
  });

  it('declines in the user’s own words, where there are some', () => {
    const rules = { ...defaultCallRules, quickReplies: ['Later & gladly'] };
    const calls = [call('incoming')];
    expect(menu({ calls, rules })[3]).toEqual(['Decline and say', 'Later & gladly']);
    expect(actionOf('Later & gladly', { calls, rules })).toEqual({
      ...{ verb: 'decline', callId: 'call-incoming', reply: 'Later & gladly' },
    });
  });

  it('mutes the call, ends it, shows it, and makes it small', () => {
    expect(menu({ calls: [call('active')] }).slice(0, 7)).toEqual([
      ...['(In a call with Anna Li)', 'Mute', 'Hang up', 'Show the call', 'Mini window'],
      ...['-', 'Open Peal'],
    ]);
    expect(menu({ calls: [call('active', { isMuted: true })] })[1]).toBe('Unmute');
  });

  it('goes back into a call of a former run, which has no window yet', () => {
    const calls = [call('active', { canReturn: true })];
    expect(menu({ calls }).slice(1, 4)).toEqual(['Return to the call', 'Hang up', '-']);
  });

  it('says until when the user is not disturbed, and ends that', () => {
    const status = menu({ rules: quietUntil(halfPastMs) })[3] as unknown[];
    expect(status.slice(0, 2)).toEqual(['Status', '○ Online']);
    expect(status[2]).toMatch(/^\(✓ Do not disturb until 3:30/);
    expect(actionOf('Online', { rules: quietUntil(0) })).toEqual({ verb: 'be-reached' });
  });

  it('does not offer to end what the system of this computer says', () => {
    const isSystemQuiet = true;
    const status = menu({ isSystemQuiet })[3] as unknown[];
    expect(status.slice(1, 3)).toEqual([
      '(○ Online: once “do not disturb” of this computer is off)',
      '(✓ Do not disturb (switched on in the system of this computer))',
    ]);
    expect(actionOf('Online', { isSystemQuiet, rules: quietUntil(0) })).toEqual({
      verb: 'be-reached',
    });
  });

  it('does not offer to end quiet hours, which the clock ends', () => {
    const schedule = { days: [0], fromMinute: 0, toMinute: 0, timeZone: 'UTC' };
    const online = 'Online: not during quiet hours, which the settings change';
    // The second and the third: set by hand while the hours hold.
    for (const until of [null, 0, halfPastMs]) {
      const doNotDisturb = { ...defaultCallRules.doNotDisturb, schedule, until };
      const rules = { ...defaultCallRules, doNotDisturb };
      expect(actionOf(online, { rules })).toBeNull();
      expect(actionOf('Online', { rules })).toBeUndefined();
    }
  });
});

describe('what somebody chooses in the tray', () => {
  function bench() {
    const done: unknown[] = [];
    const note =
      (what: string) =>
      (...args: unknown[]): Promise<never> => {
        done.push([what, ...args]);
        return Promise.resolve(undefined as never);
      };
    const desk = {
      card: { accept: note('accept'), decline: note('decline') },
      home: { hangUp: note('hang up'), returnTo: note('show') },
      outside: { makeSmall: note('small'), setMuted: note('mute') },
    } as unknown as CallDesk;
    const ports: TrayActionPorts = {
      desk: () => desk,
      open: () => void note('open')(),
      openRecents: () => void note('recents')(),
      quit: () => void note('quit')(),
      rules: () => ({ current: quietUntil(0), set: note('rules') }),
      now: () => new Date(nowMs),
    };
    return { done, choose: (action: TrayAction) => runTrayAction(action, ports), ports };
  }

  it.each([
    [{ verb: 'open' }, ['open']],
    [{ verb: 'recents' }, ['recents']],
    [{ verb: 'quit' }, ['quit']],
    [{ verb: 'accept', callId: 'c', switchHere: true }, ['accept', 'c', true]],
    [{ verb: 'decline', callId: 'c', reply: 'Later' }, ['decline', 'c', 'Later']],
    [{ verb: 'hang-up', callId: 'c' }, ['hang up', 'c']],
    [{ verb: 'show-call', callId: 'c' }, ['show', 'c']],
    [{ verb: 'make-small', callId: 'c' }, ['small', 'c']],
    [{ verb: 'mute', callId: 'c' }, ['mute', 'c', true]],
    [{ verb: 'unmute', callId: 'c' }, ['mute', 'c', false]],
  ] satisfies [TrayAction, unknown[]][])('is done: %j', async (action, expected) => {
    const { done, choose } = bench();
    await choose(action);
    expect(done).toEqual([expected]);
  });

  it('changes until when the user is not disturbed, and leaves the rest of the rule', async () => {
    const { done, choose } = bench();
    await choose({ verb: 'be-quiet', choice: 'half-hour' });
    await choose({ verb: 'be-reached' });
    const rule = (until: number | null) => ['rules', { doNotDisturb: { until } }];
    expect(done).toEqual([rule(nowMs + 1_800_000), rule(null)]);
  });

  it('comes to nothing once nobody is signed in', async () => {
    const { done, ports } = bench();
    const signedOut = { ...ports, desk: () => null, rules: () => null };
    await runTrayAction({ verb: 'hang-up', callId: 'c' }, signedOut);
    await runTrayAction({ verb: 'be-reached' }, signedOut);
    expect(done).toEqual([]);
  });
});

describe('whether the desktop shows tray icons', () => {
  const reply = (value: string): string =>
    `method return time=1.5 sender=:1.7 -> destination=:1.9 serial=3 reply_serial=2\n   variant       boolean ${value}`;
  const host = (answer: string | null) => trayHostOnBus(() => Promise.resolve(answer))();

  it('is said by the watcher, and by nobody when there is none', async () => {
    expect(await host(reply('true'))).toBe(':1.7');
    expect(await host(reply('false'))).toBeNull();
    expect(await host(null)).toBeNull();
  });
});

describe('closing home', () => {
  async function close(facts: { tray: boolean; told: boolean; shown?: boolean }) {
    const done: string[] = [];
    await closeHome({
      home: { hide: () => done.push('hide'), minimize: () => done.push('minimize') },
      outside: {
        ensureTray: () => Promise.resolve(facts.tray),
        sayHidden: () => {
          done.push('say');
          return Promise.resolve(facts.shown ?? true);
        },
      },
      told: { get: () => facts.told, set: () => void done.push('told') },
    });
    return done;
  }

  it('hides it in the tray, with one notice ever', async () => {
    expect(await close({ tray: true, told: false })).toEqual(['hide', 'say', 'told']);
    expect(await close({ tray: true, told: true })).toEqual(['hide']);
  });

  it('tells it the next time when nobody showed the notice', async () => {
    expect(await close({ tray: true, told: false, shown: false })).toEqual(['hide', 'say']);
  });

  it('minimises it where no tray would bring it back', async () => {
    expect(await close({ tray: false, told: false })).toEqual(['minimize']);
  });
});

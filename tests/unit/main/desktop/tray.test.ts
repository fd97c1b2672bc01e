import { describe, expect, it } from 'vitest';
import type { DeskCallView, SessionView } from '#common/ipc';
import { closeHome } from '#main/desktop/close-home';
import { trayHostOnBus } from '#main/desktop/tray-host';
import { trayView } from '#main/desktop/tray-view';
import { mainTexts } from '#main/locales/index';

const { en, 'zh-CN': zhCN } = mainTexts;

const online: SessionView = {
  state: 'online',
  server: 'localhost',
  self: { userId: 'bao', name: 'Bao Tran' },
  isEmbedded: false,
};

function call(phase: DeskCallView['phase']): DeskCallView {
  return {
    callId: `call-${phase}`,
    phase,
    direction: 'incoming',
    mediaType: 1,
    kind: 'private',
    group: null,
    memberIds: ['anna'],
    joinedIds: [],
    peer: { userId: 'anna', name: 'Anna Li' },
    connectedAt: 0,
    endReason: null,
    canReturn: false,
    elsewhere: false,
  };
}

describe('the tray', () => {
  it.each([
    [{ state: 'signed-out', server: '' }, 'away', 'Not signed in'],
    [{ state: 'connecting', server: '' }, 'away', 'Connecting…'],
    [{ ...online, state: 'offline' }, 'away', 'No connection. Calls do not reach you.'],
    [online, 'ready', 'Ready for calls'],
  ] satisfies [SessionView, string, string][])(
    'says how the phone stands without a call: %j',
    (session, picture, status) => {
      expect(trayView({ session, calls: [] }, en)).toEqual({ picture, status });
    },
  );

  it.each([
    ['incoming', 'ringing', 'Anna Li is calling'],
    ['dialing', 'ready', 'Calling Anna Li'],
    ['ringing', 'ready', 'Calling Anna Li'],
    ['connecting', 'ready', 'In a call with Anna Li'],
    ['active', 'ready', 'In a call with Anna Li'],
    ['ended', 'ready', 'Ready for calls'],
  ] as const)('says whom the person talks to: %s', (phase, picture, status) => {
    expect(trayView({ session: online, calls: [call(phase)] }, en)).toEqual({ picture, status });
  });

  it('puts what rings before everything else, and speaks Chinese', () => {
    const calls = [call('active'), call('incoming')];
    expect(trayView({ session: online, calls }, zhCN)).toEqual({
      picture: 'ringing',
      status: 'Anna Li来电',
    });
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

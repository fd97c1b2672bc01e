/** The tray itself is of Electron: here it only notes what it is to show. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionView } from '#common/ipc';
import type { CallNotice } from '#main/calls/ports';
import { systemClock } from '#main/clock';
import { createOutside } from '#main/desktop/create-outside';
import type { Outside } from '#main/desktop/outside';
import type { TrayContent, TrayIconOptions } from '#main/desktop/tray-icon';
import type { Session } from '#main/session/session';
import { type CallRules, type DoNotDisturb, defaultCallRules } from '#protocol/messages';
import { KeptLog } from '../silent-log';

const tray = vi.hoisted(() => ({
  shown: [] as TrayContent[],
  options: null as TrayIconOptions | null,
}));

/** Titles of the notifications on the screen. */
const notes = vi.hoisted(() => ({ shown: [] as string[] }));

vi.mock('#main/desktop/electron-note', () => ({
  showElectronNote: ({ title }: { readonly title: string }) => {
    notes.shown.push(title);
    return { close: () => notes.shown.splice(notes.shown.indexOf(title), 1) };
  },
}));
vi.mock('#main/desktop/notification-server', () => ({
  builtInNotificationServer: () => Promise.resolve('plain'),
  notificationServerOnBus: () => () => Promise.resolve('plain'),
}));
vi.mock('#main/desktop/tray-icon', () => ({
  TrayIcon: class {
    constructor(options: TrayIconOptions) {
      tray.options = options;
    }
    ensure = (): Promise<boolean> => Promise.resolve(true);
    show = (content: TrayContent): void => void tray.shown.push(content);
    destroy = (): void => undefined;
  },
}));

const minuteMs = 60_000;
/** What changed is in the tray by then. */
const drawnAfterMs = 250;
const self = { userId: 'anna', name: 'Anna' };
const online: SessionView = { state: 'online', server: 's', self, isEmbedded: false };
/** The clock of this computer is so much behind that of the server. */
const behindMs = 10 * minuteMs;
const hereMs = Date.UTC(2026, 10, 22, 15, 15);

let rules: CallRules;
let set: unknown[];
let isSignedIn: boolean;
let system: { isQuiet: boolean };
let outside: Outside;

function setRule(over: Partial<DoNotDisturb>): void {
  rules = { ...defaultCallRules, doNotDisturb: { ...defaultCallRules.doNotDisturb, ...over } };
  outside.refresh();
  vi.advanceTimersByTime(drawnAfterMs);
}

const picture = (): string | undefined => tray.shown.at(-1)?.view.picture;

beforeEach(() => {
  vi.useFakeTimers({ now: hereMs });
  [rules, set, isSignedIn, system] = [defaultCallRules, [], true, { isQuiet: false }];
  tray.shown.length = 0;
  notes.shown.length = 0;
  const session = {
    serverNowMs: () => Date.now() + behindMs,
    rules: {
      get current() {
        return rules;
      },
      set: (change: unknown) => Promise.resolve(set.push(change)),
    },
  } as unknown as Session;
  outside = createOutside({
    outFolder: '/nowhere',
    language: () => 'en',
    session: () => (isSignedIn ? session : null),
    quiet: system,
    home: { bringToFront: () => undefined, comeBackMinimized: () => undefined },
    openRecents: () => undefined,
    quit: () => undefined,
    clock: systemClock,
    log: new KeptLog(),
  });
  outside.setSession(online);
});
afterEach(() => {
  outside.destroy();
  vi.useRealTimers();
});

describe('"do not disturb" in the tray', () => {
  it('is shown by the clock of the server, which decides about it', () => {
    setRule({ until: hereMs + behindMs - 1 });
    expect(picture()).toBe('online');
    setRule({ until: hereMs + behindMs + minuteMs });
    expect(picture()).toBe('quiet');
  });

  it('ends on the clock of the server, to the moment', () => {
    setRule({ until: hereMs + drawnAfterMs + behindMs + 20_000 });
    outside.start();
    vi.advanceTimersByTime(19_999);
    expect(picture()).toBe('quiet');
    vi.advanceTimersByTime(2);
    expect(picture()).toBe('online');
  });

  it('is switched on until a time of the clock of the server', () => {
    tray.options?.onAction({ verb: 'be-quiet', choice: 'half-hour' });
    const until = hereMs + behindMs + 30 * minuteMs;
    expect(set).toEqual([{ doNotDisturb: { until } }]);
  });

  it('is shown while the system of this computer is quiet', () => {
    system.isQuiet = true;
    outside.refresh();
    vi.advanceTimersByTime(drawnAfterMs);
    expect(picture()).toBe('quiet');
  });

  it('needs no session to be shown: the clock of this computer stands in', () => {
    isSignedIn = false;
    outside.setSession({ state: 'signed-out', server: '' });
    vi.advanceTimersByTime(drawnAfterMs);
    expect(picture()).toBe('offline');
  });
});

describe('a notification', () => {
  const incoming = {
    ...{ callId: 'call-1', kind: 'incoming', caller: 'Bao Tran', mediaType: 1 },
  } as const satisfies CallNotice;
  const missed = { ...incoming, kind: 'missed' } as const;

  it('keeps no ring waiting: it is shown a moment later', async () => {
    outside.showNotice(incoming);
    expect(notes.shown).toEqual([]);
    await vi.advanceTimersByTimeAsync(drawnAfterMs);
    expect(notes.shown).toEqual(['Bao Tran is calling']);
    outside.removeNotice('call-1');
    await vi.advanceTimersByTimeAsync(drawnAfterMs);
    expect(notes.shown).toEqual([]);
  });

  it('tells only how it is by then', async () => {
    outside.showNotice(incoming);
    outside.removeNotice('call-1');
    outside.showNotice(missed);
    outside.showNotice({ ...incoming, callId: 'call-2' });
    outside.removeNotice('call-2');
    await vi.advanceTimersByTimeAsync(drawnAfterMs);
    expect(notes.shown).toHaveLength(1);
    expect(notes.shown[0]).toMatch(/missed/i);
  });

  it('does not come after its person has signed out', async () => {
    outside.showNotice(incoming);
    outside.clearNotices();
    await vi.advanceTimersByTimeAsync(drawnAfterMs);
    expect(notes.shown).toEqual([]);
  });
});

describe('the tray', () => {
  it('keeps no ring waiting: what changes in a moment is drawn once, after it', () => {
    vi.advanceTimersByTime(drawnAfterMs);
    tray.shown.length = 0;
    for (const state of ['offline', 'online', 'offline'] as const) {
      outside.setSession({ ...online, state });
    }
    expect(tray.shown).toEqual([]);
    vi.advanceTimersByTime(drawnAfterMs);
    expect(tray.shown).toHaveLength(1);
    expect(picture()).toBe('offline');
  });

  it('is drawn at once for whoever is about to look for the app in it', async () => {
    outside.setSession({ ...online, state: 'offline' });
    expect(await outside.ensureTray()).toBe(true);
    expect(picture()).toBe('offline');
  });

  it('is not drawn any more after the end', () => {
    tray.shown.length = 0;
    outside.refresh();
    outside.destroy();
    vi.advanceTimersByTime(drawnAfterMs);
    expect(tray.shown).toEqual([]);
  });
});

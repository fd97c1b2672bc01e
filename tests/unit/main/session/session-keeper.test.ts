import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionView } from '#common/ipc';
import { type CallRules, defaultCallRules } from '#protocol/messages';
import { err, ok } from '#protocol/result';
import { systemClock } from '#main/clock';
import { Attention, noQuiet } from '#main/desktop/attention';
import type { AccountPort, EmbeddedStarted } from '#main/session/ports';
import { SessionKeeper } from '#main/session/session-keeper';
import type { StoredAccount } from '#main/storage/schemas';
import { groupCall, leg } from '../../../support/group-snapshots';
import { FakePower } from '../../../support/fake-power';
import { FakeDesktop, FakeQuiet } from '../calls/fakes';
import { FakeNet } from '../signaling/fake-socket';
import { KeptLog } from '../silent-log';

const self = { userId: 'anna', name: 'Anna' };
const tokens = { access: 'a1', accessExpiresAt: 9e15, refresh: 'r1' };
const typed = { server: 'localhost:4000', userId: 'anna', password: 'pw' };

class Bench {
  readonly net = new FakeNet();
  /** The keys by which servers were asked for. */
  readonly pins: string[] = [];
  readonly views: SessionView[] = [];
  readonly missed: string[] = [];
  readonly power = new FakePower();
  readonly told: [channel: string, payload: unknown][] = [];
  stored: StoredAccount | null = null;
  /** How the stored account comes from the disk. */
  loading = (stored: StoredAccount): NonNullable<ReturnType<AccountPort['load']>> =>
    Promise.resolve(ok(stored));
  server = '';
  /** What was saved is sealed. */
  sealing: Promise<void> = Promise.resolve();
  started: EmbeddedStarted | null = {
    url: 'ws://127.0.0.1:7000',
    userId: 'anna',
    appToken: 'app-token',
    echoToken: 'echo-token',
  };
  embeddedStarts = 0;
  /** The server inside the app ends by itself. */
  embeddedExits: () => void = () => undefined;
  embeddedStops = 0;

  readonly keeper = new SessionKeeper({
    device: { deviceId: 'd1', name: 'desk' },
    desktop: new FakeDesktop(),
    quiet: new FakeQuiet(),
    attention: new Attention({
      ...{ power: this.power, quiet: noQuiet, awayAfterMinutes: () => 10 },
    }),
    connect: this.net.connect,
    connectByKey: (keyHash) => (url, handlers) => {
      this.pins.push(keyHash);
      return this.net.connect(url, handlers);
    },
    clock: systemClock,
    random: () => 0,
    newId: () => crypto.randomUUID(),
    log: new KeptLog(),
    account: this.account(),
    embedded: {
      start: (_name, onExit) => {
        this.embeddedStarts += 1;
        this.embeddedExits = onExit;
        return Promise.resolve(this.started ? ok(this.started) : err('embedded-failed'));
      },
      open: () => Promise.resolve(err('embedded-failed')),
      stop: () => {
        this.embeddedStops += 1;
        return Promise.resolve();
      },
    },
    lastServer: { get: () => this.server, set: (server) => (this.server = server) },
    onSessionChanged: (view) => this.views.push(view),
    onMissedChanged: ({ n, isMore }) => this.missed.push(`${n}${isMore ? '+' : ''}`),
    tellHome: (channel, payload) => this.told.push([channel, payload]),
  });

  private account(): AccountPort {
    const stored = (): StoredAccount | null => this.stored;
    return {
      place: 'file',
      get current() {
        return stored();
      },
      load: () => this.stored && this.loading(this.stored),
      save: (account) => (this.stored = account),
      clear: () => (this.stored = null),
      settled: () => this.sealing,
    };
  }

  /** What home was told on this channel. */
  toldOf(channel: string): unknown[] {
    return this.told.filter(([on]) => on === channel).map(([, payload]) => payload);
  }

  /** The server does not take what the person or the store gave it. */
  refuse(code = 'bad-credentials'): void {
    const socket = this.net.last;
    socket.handlers.onOpen();
    socket.refuse(socket.last('sign-in').id, code);
  }

  welcome(records: object[] = [], calls: object[] = [], serverNowMs = Date.now()): void {
    const socket = this.net.last;
    socket.handlers.onOpen();
    socket.receive({
      ...{ type: 'welcome', id: socket.last('sign-in').id, protocol: 1, serverNowMs },
      ...{ user: self, deviceId: 'd1', calls, records, rules: defaultCallRules, tokens },
    });
  }
}

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

describe('signing in', () => {
  it('shows connecting, then online, and stores the tokens', async () => {
    const bench = new Bench();
    const result = bench.keeper.signIn(typed);
    expect(bench.keeper.view()).toEqual({
      state: 'connecting',
      server: 'localhost:4000',
      isEmbedded: false,
    });
    bench.welcome();
    expect(await result).toEqual(ok(null));
    expect(bench.keeper.view()).toEqual({
      state: 'online',
      server: 'localhost:4000',
      self,
      isEmbedded: false,
    });
    expect(bench.stored).toEqual({
      ...{ server: 'localhost:4000', url: 'ws://localhost:4000/ws', self, tokens },
    });
  });

  it('knows the clock of the server, which decides about "do not disturb"', async () => {
    const bench = new Bench();
    const result = bench.keeper.signIn(typed);
    expect(bench.keeper.session?.serverNowMs() ?? Date.now()).toBe(Date.now());
    bench.welcome([], [], Date.now() + 600_000);
    await result;
    expect(bench.keeper.session?.serverNowMs()).toBe(Date.now() + 600_000);
  });

  it('refuses an address without trying it', async () => {
    const bench = new Bench();
    expect(await bench.keeper.signIn({ ...typed, server: 'ws://peal.example.com' })).toEqual(
      err('bad-address'),
    );
    expect(bench.net.sockets).toHaveLength(0);
  });

  it('gives the first failure as the answer and retries nothing behind the form', async () => {
    const bench = new Bench();
    const result = bench.keeper.signIn(typed);
    bench.net.last.handlers.onClose(1006);
    expect(await result).toEqual(err('unreachable'));
    expect(bench.keeper.view()).toMatchObject({ state: 'signed-out', problem: 'unreachable' });
    vi.advanceTimersByTime(60_000);
    expect(bench.net.sockets).toHaveLength(1);
  });

  it('with a wrong password leaves alone what an earlier run stored', async () => {
    const stored = { server: 's.example', url: 'wss://s.example/ws', self, tokens };
    const bench = new Bench();
    bench.stored = stored;
    bench.loading = () => Promise.resolve(err('secret-lost'));
    await bench.keeper.resume();
    const result = bench.keeper.signIn(typed);
    bench.refuse();
    expect(await result).toEqual(err('bad-credentials'));
    expect(bench.stored).toEqual(stored);
  });

  it('forgets tokens of its own that the server took back', () => {
    const bench = new Bench();
    void bench.keeper.signIn(typed);
    bench.welcome();
    bench.net.last.handlers.onClose(1006);
    vi.advanceTimersByTime(5_000);
    bench.refuse('device-revoked');
    expect(bench.keeper.view()).toMatchObject({ problem: 'device-revoked' });
    expect(bench.stored).toBeNull();
  });

  it('remembers a server on this computer that somebody typed', async () => {
    const bench = new Bench();
    const result = bench.keeper.signIn({ ...typed, server: 'localhost' });
    bench.refuse();
    await result;
    expect(bench.keeper.view()).toMatchObject({ state: 'signed-out', server: 'localhost' });
  });

  it('drops a try that a newer one overtook', async () => {
    const bench = new Bench();
    const first = bench.keeper.signIn(typed);
    const second = bench.keeper.signIn({ ...typed, userId: 'bao' });
    bench.welcome();
    expect(await first).toEqual(err('unreachable'));
    expect(await second).toEqual(ok(null));
  });
});

describe('joining by an invitation', () => {
  const key = 'k'.repeat(43);
  const link = `peal:join?server=wss%3A%2F%2Fa.example%3A4001&code=c1&key=${key}`;

  it('signs in with its code and the name, to nobody but the server of its key', async () => {
    const bench = new Bench();
    const result = bench.keeper.join(link, 'Anna');
    expect(bench.pins).toEqual([key]);
    expect(bench.net.last.url).toBe('wss://a.example:4001/ws');
    bench.welcome();
    const credential = { kind: 'invite', code: 'c1', name: 'Anna' };
    expect(bench.net.last.last('sign-in').credential).toMatchObject(credential);
    expect(await result).toEqual(ok(null));
    expect(bench.stored).toMatchObject({ server: 'a.example:4001', keyHash: key });
  });

  it('is repeated with the secret of its first try, and another invitation has another secret', () => {
    const bench = new Bench();
    const secretOf = (of: string): string => {
      void bench.keeper.join(of, 'Anna');
      bench.welcome();
      const { credential } = bench.net.last.last('sign-in');
      if (credential.kind !== 'invite') throw new Error(`It is ${credential.kind}.`);
      return credential.joinSecret;
    };
    const first = secretOf(link);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(secretOf(link)).toBe(first);
    expect(secretOf(link.replace('c1', 'c2'))).not.toBe(first);
  });

  it('says that the invitation is void when the server does not take its code', async () => {
    const bench = new Bench();
    const result = bench.keeper.join(link, 'Anna');
    bench.refuse();
    expect(await result).toEqual(err('invitation-void'));
    expect(bench.keeper.view()).toMatchObject({ problem: 'invitation-void' });
  });

  it('is not done by what is no invitation: the present sign-in stays', async () => {
    const bench = new Bench();
    void bench.keeper.signIn(typed);
    bench.welcome();
    expect(await bench.keeper.join('peal:join?code=c1', 'Anna')).toEqual(err('bad-link'));
    expect(bench.keeper.view()).toMatchObject({ state: 'online' });
  });

  it('goes on at the next start with the same key', async () => {
    const bench = new Bench();
    const url = 'wss://a.example:4001/ws';
    bench.stored = { server: 'a.example:4001', url, self, tokens, keyHash: key };
    await bench.keeper.resume();
    expect(bench.pins).toEqual([key]);
  });

  it('says at once that somebody else answers; later, it is tried again, slowly', async () => {
    const bench = new Bench();
    const result = bench.keeper.join(link, 'Anna');
    bench.net.last.handlers.onClose('wrong-key');
    expect(await result).toEqual(err('wrong-key'));

    const later = bench.keeper.join(link, 'Anna');
    bench.welcome();
    await later;
    bench.net.last.handlers.onClose('wrong-key');
    expect(bench.keeper.view()).toMatchObject({ state: 'offline' });
    const tries = bench.net.sockets.length;
    vi.advanceTimersByTime(3_000);
    expect(bench.net.sockets).toHaveLength(tries);
    vi.advanceTimersByTime(30_000);
    expect(bench.net.sockets.length).toBeGreaterThan(tries);
  });
});

describe('the next start', () => {
  const stored: StoredAccount = { server: 's.example', url: 'wss://s.example/ws', self, tokens };

  it('goes on with the stored tokens and shows who it is before the server is reached', async () => {
    const bench = new Bench();
    bench.stored = stored;
    await bench.keeper.resume();
    expect(bench.keeper.view()).toEqual({
      state: 'offline',
      server: 's.example',
      self,
      isEmbedded: false,
    });
    bench.net.last.handlers.onClose(1006);
    vi.advanceTimersByTime(0);
    bench.welcome();
    expect(bench.keeper.view()).toMatchObject({ state: 'online' });
  });

  it('asks for the password, and forgets the tokens, when the server does not take them', async () => {
    const bench = new Bench();
    bench.stored = stored;
    await bench.keeper.resume();
    for (const code of ['token-expired', 'bad-credentials']) {
      bench.net.last.handlers.onOpen();
      bench.net.last.refuse(bench.net.last.last('sign-in').id, code);
      vi.advanceTimersByTime(0);
    }
    expect(bench.keeper.view()).toMatchObject({ problem: 'bad-credentials' });
    expect(bench.stored).toBeNull();
  });

  it('keeps the tokens when another copy of the profile took over', async () => {
    const bench = new Bench();
    bench.stored = stored;
    await bench.keeper.resume();
    bench.welcome();
    bench.net.last.handlers.onClose(4409);
    expect(bench.keeper.view()).toMatchObject({ state: 'signed-out', problem: 'replaced' });
    expect(bench.stored).not.toBeNull();
  });

  it.each(['not an address', 'ws://s.example/ws', 'file:///etc/passwd', ''])(
    'forgets an account that leads to %j, and connects to nothing',
    async (url) => {
      const bench = new Bench();
      bench.stored = { ...stored, url };
      await bench.keeper.resume();
      expect(bench.net.sockets).toHaveLength(0);
      expect(bench.stored).toBeNull();
      expect(bench.keeper.view()).toMatchObject({ state: 'signed-out' });
    },
  );

  it('says that it waits while the key store is asked, and why when that gives nothing back', async () => {
    const bench = new Bench();
    bench.stored = stored;
    bench.loading = () => Promise.resolve(err('secret-lost'));
    const resumed = bench.keeper.resume();
    expect(bench.keeper.view()).toMatchObject({ state: 'connecting' });
    await resumed;
    expect(bench.keeper.view()).toMatchObject({ state: 'signed-out', problem: 'secret-lost' });
    expect(bench.stored).not.toBeNull();
  });

  it('does not wait for the key store when a person signs in meanwhile', async () => {
    const bench = new Bench();
    bench.stored = stored;
    let answer: () => void = () => undefined;
    bench.loading = () => new Promise((resolve) => (answer = () => resolve(err('secret-lost'))));
    const resumed = bench.keeper.resume();
    void bench.keeper.signIn(typed);
    bench.welcome();
    answer();
    await resumed;
    expect(bench.keeper.view()).toMatchObject({ state: 'online' });
  });

  it('does nothing when nobody was signed in', async () => {
    const bench = new Bench();
    await bench.keeper.resume();
    expect(bench.keeper.view()).toEqual({ state: 'signed-out', server: '' });
    expect(bench.net.sockets).toHaveLength(0);
  });
});

describe('the server inside the app', () => {
  it('is started, signed in to with its own token, and started again next time', async () => {
    const bench = new Bench();
    const result = bench.keeper.tryHere('Anna');
    await vi.advanceTimersByTimeAsync(0);
    expect(bench.net.last.url).toBe('ws://127.0.0.1:7000/ws');
    bench.welcome();
    expect(bench.net.last.last('sign-in').credential).toEqual({ kind: 'app', token: 'app-token' });
    expect(await result).toEqual(ok(null));
    expect(bench.stored?.embeddedName).toBe('Anna');
    await bench.keeper.quit();
    expect(bench.embeddedStops).toBe(1);

    const next = new Bench();
    next.stored = bench.stored;
    next.started = { ...next.started!, url: 'ws://127.0.0.1:7001' };
    next.server = bench.server;
    const resumed = next.keeper.resume();
    expect(next.keeper.view()).toMatchObject({ state: 'connecting', isEmbedded: true });
    await resumed;
    expect(next.net.last.url).toBe('ws://127.0.0.1:7001/ws');
    next.welcome();
    expect(next.net.last.last('sign-in').credential.kind).toBe('access');
  });

  it('has Echo in it as long as it is used', async () => {
    const bench = new Bench();
    void bench.keeper.tryHere('Anna');
    await vi.advanceTimersByTimeAsync(0);
    bench.welcome();
    expect(bench.keeper.echo).toEqual({ url: 'ws://127.0.0.1:7000', token: 'echo-token' });
    expect(bench.keeper.view()).toMatchObject({ isEmbedded: true });
    const over = bench.keeper.signOut();
    expect(bench.keeper.echo).toBeNull();
    await vi.advanceTimersByTimeAsync(1_000);
    await over;
  });

  it('is no address to type: home asks how to begin when its sign-in is over', async () => {
    const bench = new Bench();
    bench.server = 's.example';
    void bench.keeper.tryHere('Anna');
    await vi.advanceTimersByTimeAsync(0);
    bench.welcome();
    expect(bench.keeper.view()).toMatchObject({ state: 'online', server: 'localhost' });
    bench.net.last.handlers.onClose(4409);
    expect(bench.keeper.view()).toMatchObject({ state: 'signed-out', server: '' });
  });

  it('that does not start is a problem in words', async () => {
    const bench = new Bench();
    bench.started = null;
    expect(await bench.keeper.tryHere('Anna')).toEqual(err('embedded-failed'));
    expect(bench.keeper.view()).toMatchObject({ problem: 'embedded-failed' });
  });
});

describe('a server inside the app that ends by itself', () => {
  async function tried(): Promise<Bench> {
    const bench = new Bench();
    const result = bench.keeper.tryHere('Anna');
    await vi.advanceTimersByTimeAsync(0);
    bench.welcome();
    await result;
    return bench;
  }

  it('is started again, and the sign-in goes on with the stored tokens at its new port', async () => {
    const bench = await tried();
    bench.started = { ...bench.started!, url: 'ws://127.0.0.1:7009' };
    bench.embeddedExits();
    await vi.advanceTimersByTimeAsync(0);
    expect(bench.embeddedStarts).toBe(2);
    expect(bench.net.last.url).toBe('ws://127.0.0.1:7009/ws');
    bench.welcome();
    expect(bench.net.last.last('sign-in').credential.kind).toBe('access');
    expect(bench.keeper.view()).toMatchObject({ state: 'online', self });
  });

  it('is given up after three times in a minute, and the tokens are kept', async () => {
    const bench = await tried();
    for (let time = 0; time < 4; time += 1) {
      bench.embeddedExits();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(bench.embeddedStarts).toBe(4);
    expect(bench.keeper.view()).toMatchObject({ state: 'signed-out', problem: 'embedded-failed' });
    expect(bench.stored).not.toBeNull();
  });

  it('is a problem in words when it ends before anybody was signed in', async () => {
    const bench = new Bench();
    void bench.keeper.tryHere('Anna');
    await vi.advanceTimersByTimeAsync(0);
    bench.embeddedExits();
    expect(bench.keeper.view()).toMatchObject({ problem: 'embedded-failed' });
    expect(bench.embeddedStarts).toBe(1);
  });

  it('does not touch a sign-in elsewhere that overtook it', async () => {
    const bench = await tried();
    const exits = bench.embeddedExits;
    void bench.keeper.signIn(typed);
    expect(bench.embeddedStops).toBe(1);
    bench.welcome();
    exits();
    expect(bench.keeper.view()).toMatchObject({ state: 'online', server: 'localhost:4000' });
    expect(bench.embeddedStarts).toBe(1);
  });

  it('is stopped when its sign-in fails', async () => {
    const bench = new Bench();
    const result = bench.keeper.tryHere('Anna');
    await vi.advanceTimersByTimeAsync(0);
    bench.net.last.handlers.onClose(1006);
    expect(await result).toEqual(err('unreachable'));
    expect(bench.embeddedStops).toBe(1);
  });

  it('is no address that anybody signs in at by hand later', async () => {
    const bench = await tried();
    const out = bench.keeper.signOut();
    await vi.advanceTimersByTimeAsync(1_000);
    await out;
    expect(bench.keeper.view()).toEqual({ state: 'signed-out', server: '' });
  });

  it('is not stopped by a sign-out that a newer try overtook', async () => {
    const bench = await tried();
    const out = bench.keeper.signOut();
    const again = bench.keeper.tryHere('Anna');
    await vi.advanceTimersByTimeAsync(1_000);
    await out;
    bench.welcome();
    expect(await again).toEqual(ok(null));
    expect(bench.embeddedStops).toBe(0);
  });
});

describe('what the server tells of people and calls', () => {
  const record = {
    ...{ recordId: 'c1:anna', callId: 'c1', kind: 'private', direction: 'incoming' },
    ...{ targetId: 'bao', callerId: 'bao', mediaType: 1, createdAt: 1, connectedAt: 0 },
    ...{ endedAt: 2, endReason: 5, seen: false, invitedBy: 'bao', memberIds: ['bao'] },
  };

  it('is followed by a question for the groups where the call is of one made meanwhile', async () => {
    const bench = new Bench();
    void bench.keeper.signIn(typed);
    bench.welcome();
    const listed = bench.keeper.session?.groups.list();
    bench.net.last.reply(bench.net.last.last('directory.groups').id, { groups: [] });
    await listed;
    bench.net.last.handlers.onClose(1006);
    vi.advanceTimersByTime(5_000);
    const legs = [leg('bao', 'joined'), leg('anna', 'invited', { invitedBy: 'bao' })];
    bench.welcome([], [groupCall(1, legs, { callerId: 'bao' })]);
    expect(bench.net.last.count('directory.groups')).toBe(1);
  });

  it('reaches home as it came', () => {
    const bench = new Bench();
    void bench.keeper.signIn(typed);
    bench.welcome([record]);
    const socket = bench.net.last;
    socket.receive({ type: 'record.added', record });
    socket.receive({ type: 'records.seen', recordIds: ['c1:anna'] });
    socket.receive({ type: 'groups.changed' });
    socket.receive({ type: 'profile.changed', user: { userId: 'bao', name: 'Bao 2' } });
    expect(bench.toldOf('phone:records.unseen')).toEqual([{ records: [record], hasOlder: false }]);
    expect(bench.toldOf('phone:records.added')).toEqual([record]);
    expect(bench.toldOf('phone:records.seen')).toEqual([{ recordIds: ['c1:anna'] }]);
    expect(bench.toldOf('phone:groups.changed')).toEqual([null]);
    expect(bench.toldOf('phone:profile.changed')).toEqual([{ userId: 'bao', name: 'Bao 2' }]);
  });

  it('is counted for the tray as long as nobody has looked at it, and no longer than the sign-in', async () => {
    const bench = new Bench();
    void bench.keeper.signIn(typed);
    const missed = { ...record, endReason: 11 };
    bench.welcome([missed]);
    expect(bench.missed.at(-1)).toBe('1');
    const socket = bench.net.last;
    socket.receive({ type: 'record.added', record: { ...missed, recordId: 'c2:anna' } });
    expect(bench.missed.at(-1)).toBe('2');
    socket.receive({ type: 'records.seen', recordIds: ['c1:anna'] });
    expect(bench.missed.at(-1)).toBe('1');
    // The server tells the other devices alone.
    void bench.keeper.session?.markSeen({ recordIds: ['c2:anna'] });
    expect(bench.missed.at(-1)).toBe('0');
    socket.receive({ type: 'record.added', record: { ...missed, recordId: 'c3:anna' } });
    const out = bench.keeper.signOut();
    await vi.advanceTimersByTimeAsync(2_000);
    await out;
    expect(bench.missed.at(-1)).toBe('0');
  });

  it('finds this computer as it is: with each sign-in, and what has changed until its welcome', () => {
    const bench = new Bench();
    bench.power.isLocked = true;
    void bench.keeper.signIn(typed);
    const away = { isAway: true, isQuiet: false };
    bench.power.isLocked = false;
    bench.welcome();
    expect(bench.net.last.last('sign-in').standing).toEqual(away);
    expect(bench.net.last.last('presence.report')).toMatchObject({ ...away, isAway: false });
  });

  it('shows the own name anew when it changed, and keeps it for the next start', () => {
    const bench = new Bench();
    void bench.keeper.signIn(typed);
    bench.welcome();
    const user = { userId: 'anna', name: 'Anna B.', pictureId: 'p1' };
    bench.net.last.receive({ type: 'profile.changed', user });
    expect(bench.keeper.view()).toMatchObject({ self: user });
    expect(bench.stored?.self).toEqual(user);
  });
});

describe('the call rules', () => {
  const blocking: CallRules = { ...defaultCallRules, blockedUserIds: ['carla'] };

  async function online(): Promise<Bench> {
    const bench = new Bench();
    const signedIn = bench.keeper.signIn(typed);
    bench.welcome();
    await signedIn;
    return bench;
  }

  it('come with the welcome, and are told to home each time', async () => {
    const bench = await online();
    expect(bench.keeper.session?.rules.current).toEqual(defaultCallRules);
    expect(bench.toldOf('phone:rules.changed')).toEqual([defaultCallRules]);
  });

  it('are what the server answered, and home hears once of a change that is also pushed', async () => {
    const bench = await online();
    const changed = bench.keeper.session?.rules.block({ userId: 'carla', blocked: true });
    const { id } = bench.net.last.last('rules.block');
    bench.net.last.receive({ type: 'rules.changed', rules: blocking });
    bench.net.last.reply(id, { rules: blocking });
    expect(await changed).toEqual(ok(blocking));
    expect(bench.keeper.session?.rules.current).toEqual(blocking);
    expect(bench.toldOf('phone:rules.changed')).toEqual([defaultCallRules, blocking]);
  });

  it('change by what another device of the user did', async () => {
    const bench = await online();
    bench.net.last.receive({ type: 'rules.changed', rules: blocking });
    expect(bench.keeper.session?.rules.current).toEqual(blocking);
  });

  it.each([
    ['user-unknown', 'user-unknown'],
    ['too-many', 'too-many'],
    ['unavailable', 'offline'],
    ['internal', 'server-error'],
  ])('stay as they are when the server says %s', async (code, problem) => {
    const bench = await online();
    const changed = bench.keeper.session?.rules.set({ busy: 'device' });
    bench.net.last.refuse(bench.net.last.last('rules.set').id, code);
    expect(await changed).toEqual(err(problem));
    expect(bench.keeper.session?.rules.current).toEqual(defaultCallRules);
  });
});

describe('signing out', () => {
  it('forgets the tokens at once, tells the server, and leaves no timer', async () => {
    const bench = new Bench();
    void bench.keeper.signIn(typed);
    bench.welcome();
    const socket = bench.net.last;
    const out = bench.keeper.signOut();
    expect(bench.stored).toBeNull();
    expect(bench.keeper.view()).toMatchObject({ state: 'signed-out' });
    await vi.advanceTimersByTimeAsync(1_000);
    await out;
    expect(socket.count('sign-out')).toBe(1);
    expect(socket.closedWith).toBe(1000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the end of the app', () => {
  it('waits a second for a key store that does not answer, and no longer', async () => {
    const bench = new Bench();
    bench.sealing = new Promise(() => undefined);
    let isOver = false;
    void bench.keeper.quit().then(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(900);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(isOver).toBe(true);
  });
});

/** The desktop's signaling client and call desks over the real server and real sockets. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignInProblem } from '#common/problems';
import type { Tokens } from '#protocol/messages';
import { startServer } from '#server/start';
import { systemClock } from '#main/clock';
import { Attention, noQuiet } from '#main/desktop/attention';
import { type SessionStart, Session } from '#main/session/session';
import { connectWebSocket } from '#main/signaling/web-socket';
import { FakePower } from '../../support/fake-power';
import { Cleanup } from '../../support/cleanup';
import { type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy';
import { makeScratchDir } from '../../support/scratch';
import { waitFor } from '../../support/wait';
import { FakeDesktop, FakeQuiet } from '../../unit/main/calls/fakes';
import { KeptLog } from '../../unit/main/silent-log';

class Phone {
  readonly desktop = new FakeDesktop();
  readonly problems: SignInProblem[] = [];
  tokens: Tokens | null = null;
  readonly session: Session;

  constructor(
    url: string,
    start: SessionStart,
    readonly deviceId: string = randomUUID(),
    aheadMs = 0,
  ) {
    const clock = { ...systemClock, nowMs: () => Date.now() + aheadMs };
    this.session = new Session(
      `${url}/ws`,
      start,
      {
        device: { deviceId, name: 'test' },
        desktop: this.desktop,
        quiet: new FakeQuiet(),
        attention: new Attention({
          ...{ power: new FakePower(), quiet: noQuiet, awayAfterMinutes: () => null },
        }),
        connect: connectWebSocket,
        clock,
        random: Math.random,
        newId: randomUUID,
        log: new KeptLog(),
      },
      {
        onChanged: () => undefined,
        onMissedChanged: () => undefined,
        tellHome: () => undefined,
        onTokens: (_self, tokens) => (this.tokens = tokens),
        onDisconnected: (problem) => this.problems.push(problem),
      },
    );
    this.session.start();
  }

  get desk() {
    const { desk } = this.session;
    if (!desk) throw new Error('not signed in');
    return desk;
  }

  online = (): Promise<unknown> => waitFor(() => this.session.isOnline, { what: 'online' });
}

let cleanup: Cleanup;
let data: string;
let server: Awaited<ReturnType<typeof startServer>>;
let line: FaultyProxy;

beforeEach(async () => {
  cleanup = new Cleanup();
  data = cleanup.own(makeScratchDir('signaling')).path;
  server = cleanup.own(await startServer({ port: 0, data }));
  for (const [userId, name] of [
    ['anna', 'Anna Li'],
    ['bao', 'Bao Tran'],
  ] as const) {
    await server.admin.addUser({ userId, name, password: 'long enough' });
  }
  line = cleanup.own(await startFaultyProxy(server.url));
});
afterEach(() => cleanup.close());

const password = (userId: string, text = 'long enough') =>
  ({ credential: { kind: 'password', userId, password: text } }) as const;

function phone(...args: ConstructorParameters<typeof Phone>): Phone {
  const made = new Phone(...args);
  cleanup.add(() => made.session.end());
  return made;
}

async function signedIn(userId: string): Promise<Phone> {
  const made = phone(line.url, password(userId));
  await made.online();
  return made;
}

describe('signing in', () => {
  it('knows who it is and what the server calls them', async () => {
    const anna = await signedIn('anna');
    expect(anna.session.self).toEqual({ userId: 'anna', name: 'Anna Li' });
    expect(await anna.session.directory.search('\tbao')).toMatchObject({
      ok: true,
      value: { people: [{ userId: 'bao' }] },
    });
  });

  it('ends with bad credentials and does not try again', async () => {
    const anna = phone(line.url, password('anna', 'wrong one'));
    await waitFor(() => anna.problems.length > 0, { what: 'a problem' });
    expect(anna.problems).toEqual(['bad-credentials']);
  });

  it('goes on with stored tokens, also with a refresh token whose reply was lost', async () => {
    const first = await signedIn('anna');
    const { tokens, deviceId } = first;
    first.session.end();
    const self = { userId: 'anna', name: 'Anna Li' };
    const stale = { ...tokens!, accessExpiresAt: 0 };
    const lost = line.lose((message, to) => message.type === 'welcome' && to === 'to-client');
    const second = phone(line.url, { tokens: stale, self }, deviceId);
    await lost.waitUntilLost();
    line.cut();
    line.restore();
    await second.online();
    expect(second.tokens?.refresh).not.toBe(tokens?.refresh);
  });

  it('is replaced by a newer sign-in of the same device', async () => {
    const first = await signedIn('anna');
    await phone(line.url, password('anna'), first.deviceId).online();
    await waitFor(() => first.problems.includes('replaced'), { what: 'the replacement' });
    expect(first.session.isOnline).toBe(false);
  });

  it('learns the clock of the server', async () => {
    const anna = phone(line.url, password('anna'), randomUUID(), 3_600_000);
    const bao = await signedIn('bao');
    await anna.online();
    void anna.desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    const { id } = anna.desktop.only;
    expect((await anna.desk.windows.start(id, { targetId: 'bao', mediaType: 1 })).ok).toBe(true);
    // An hour off by its own clock, the ring would have been over long ago.
    await waitFor(() => bao.desktop.popup !== null, { what: 'the card' });
    expect(anna.desk.home.list()).toHaveLength(1);
  });
});

describe('a call between two desks', () => {
  async function dial(anna: Phone, bao: Phone): Promise<string> {
    void anna.desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    const started = await anna.desk.windows.start(anna.desktop.only.id, {
      targetId: 'bao',
      mediaType: 1,
    });
    if (!started.ok) throw new Error(started.error);
    const { callId } = started.value;
    await waitFor(() => bao.desktop.popup?.callId === callId, { what: 'the card' });
    bao.desk.card.painted(callId);
    await waitFor(() => anna.desk.home.list()[0]?.phase === 'ringing', { what: 'ringing at Anna' });
    return callId;
  }

  async function talk(anna: Phone, bao: Phone): Promise<string> {
    const callId = await dial(anna, bao);
    expect(await bao.desk.card.accept(callId, false)).toEqual({ ok: true, value: null });
    const joined = await bao.desk.windows.join(bao.desktop.only.id, { callId });
    expect(joined.ok).toBe(true);
    await waitFor(() => anna.desk.home.list()[0]?.phase === 'active', { what: 'talking' });
    return callId;
  }

  it('goes from dialing to talking to its end, with names from the directory', async () => {
    const [anna, bao] = [await signedIn('anna'), await signedIn('bao')];
    const callId = await talk(anna, bao);
    expect(bao.desk.home.list()[0]?.peer.name).toBe('Anna Li');
    expect(bao.desktop.popup).toBeNull();
    await bao.desk.windows.leave(bao.desktop.only.id, { callId, why: 'hangup' });
    await waitFor(() => anna.desk.home.list().length === 0, { what: 'the end at Anna' });
  });

  it('happens once when the reply to the start is lost with its socket', async () => {
    const [anna, bao] = [await signedIn('anna'), await signedIn('bao')];
    const lost = line.lose(
      (message, to) =>
        to === 'to-client' && message.type === 'reply' && 'call' in Object(message['result']),
    );
    void anna.desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    const { id } = anna.desktop.only;
    const started = anna.desk.windows.start(id, { targetId: 'bao', mediaType: 1 });
    await lost.waitUntilLost();
    line.cut();
    line.restore();
    expect((await started).ok).toBe(true);
    await waitFor(() => bao.desktop.popup !== null, { what: 'the card' });
    expect(anna.desk.home.list()).toHaveLength(1);
    expect(bao.desk.home.list()).toHaveLength(1);
  });

  it('leaves no card when the cancelling was lost: the next heartbeat or welcome tells', async () => {
    const [anna, bao] = [await signedIn('anna'), await signedIn('bao')];
    const callId = await dial(anna, bao);
    const everyPush = 99;
    const lost = line.lose(
      (message, to) => to === 'to-client' && message.type === 'call.snapshot',
      everyPush,
    );
    await anna.desk.windows.leave(anna.desktop.only.id, { callId, why: 'hangup' });
    await lost.waitUntilLost(1);
    bao.session.probe();
    await waitFor(() => bao.desktop.popup === null, { what: 'the card to go' });
  });

  it('survives a restart of the server', async () => {
    const [anna, bao] = [await signedIn('anna'), await signedIn('bao')];
    const callId = await talk(anna, bao);
    const { port } = server;
    await server.close();
    server = cleanup.own(await startServer({ port, data }));
    await Promise.all([anna.online(), bao.online()]);
    expect(anna.desk.home.list()).toMatchObject([{ callId, phase: 'active' }]);
    await anna.desk.windows.leave(anna.desktop.only.id, { callId, why: 'hangup' });
    await waitFor(() => bao.desk.home.list().length === 0, { what: 'the end at Bao' });
  });

  it('ends at once when one desk quits in order', async () => {
    const [anna, bao] = [await signedIn('anna'), await signedIn('bao')];
    await talk(anna, bao);
    await anna.session.quit();
    await waitFor(() => bao.desk.home.list().length === 0, {
      what: 'the end at Bao',
      withinMs: 2_000,
    });
    expect(anna.desktop.windows.size).toBe(0);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits, rates } from '#protocol/limits';
import { WireServer } from '../../support/wire-server';

describe('a signed-in connection', () => {
  let server: WireServer;

  beforeEach(async () => {
    server = await WireServer.start();
  });
  afterEach(() => server.stop());

  it('hears bad-message where there is an id, and is closed after three in a row', async () => {
    const client = await server.join('anna');
    for (const id of ['b1', 'b2']) {
      client.sendText(JSON.stringify({ type: 'call.claim', id, extra: true }));
      expect(await client.replyTo(id)).toMatchObject({ error: { code: 'bad-message' } });
    }
    await client.request('heartbeat', { calls: {}, live: {} });
    for (const id of ['b3', 'b4', 'b5']) client.sendText(JSON.stringify({ type: 'nothing', id }));
    expect(await client.waitForClose()).toBe(4400);
  });

  it.each([
    ['no JSON', 'hello'],
    ['binary data', Buffer.from([1, 2, 3])],
    ['a signal that does not fit', JSON.stringify({ type: 'peer.signal', payload: 7 })],
  ])('is closed for %s', async (_what, data) => {
    const client = await server.join('anna');
    client.sendText(data);
    expect(await client.waitForClose()).toBe(4400);
  });

  it('is closed for a message that is too large', async () => {
    const client = await server.join('anna');
    client.sendText('x'.repeat(limits.messageBytes + 1));
    expect(await client.waitForClose()).toBe(1009);
  });

  it('may not sign in twice, nor ask before it signed in', async () => {
    const client = await server.join('anna');
    const reply = await client.signIn(await server.appToken('anna'), 'd2');
    expect(reply).toMatchObject({ error: { code: 'bad-message' } });
    const stranger = await server.connect();
    const id = stranger.sendRequest('directory.groups', {});
    expect(await stranger.replyTo(id)).toMatchObject({ error: { code: 'bad-message' } });
  });

  it('is closed when it floods', async () => {
    const client = await server.join('anna');
    for (let i = 0; i < rates.all.burst * 2; i += 1) {
      client.sendRequest('ice.servers', {}, `f${String(i)}`);
    }
    expect(await client.waitForClose()).toBe(4429);
  });

  it('is told to slow down when it searches too fast', async () => {
    const client = await server.join('anna');
    const ids = Array.from({ length: rates.search.burst + 15 }, () =>
      client.sendRequest('directory.search', { query: 'a' }),
    );
    const replies = await Promise.all(ids.map((id) => client.replyTo(id)));
    expect(replies.some((reply) => !reply.ok && reply.error.code === 'rate-limited')).toBe(true);
    expect(replies[0]?.ok).toBe(true);
  });

  it('starts only so many calls, also over new connections', async () => {
    await server.join('bao');
    const dial = async (count: number): Promise<string[]> => {
      const client = await server.join('anna');
      const ids = Array.from({ length: count }, () =>
        client.sendRequest('call.start', { targetId: 'nobody', mediaType: 1 }),
      );
      const replies = await Promise.all(ids.map((id) => client.replyTo(id)));
      return replies.map((reply) => (reply.ok ? 'ok' : reply.error.code));
    };
    expect(new Set(await dial(rates.callStart.burst))).toEqual(new Set(['user-unknown']));
    expect((await dial(5)).at(-1)).toBe('rate-limited');
  });

  it('is told to slow down when it commands too fast, on another device too', async () => {
    await server.stop();
    // No time passes, so nothing is refilled.
    server = await WireServer.start({ clock: { now: () => Date.now(), monotonic: () => 0 } });
    const [desk, laptop] = [await server.join('anna'), await server.join('anna', 'laptop')];
    for (let i = 0; i < rates.callCommand.burst; i += 1) {
      const ringing = desk.request('call.ringing', { callId: 'c1' });
      await expect(ringing).rejects.toThrow('call-unknown');
    }
    const leave = laptop.request('call.leave', { callId: 'c1', why: 'hangup' });
    await expect(leave).rejects.toThrow('rate-limited');
  });

  it('is one of ten of its user at most', async () => {
    for (let i = 0; i < limits.devicesPerUser; i += 1) await server.join('anna', `d${String(i)}`);
    const eleventh = await server.connect();
    const reply = await eleventh.signIn(await server.appToken('anna'), 'd10');
    expect(reply).toMatchObject({ ok: false, error: { code: 'rate-limited' } });
    expect(await eleventh.waitForClose()).toBe(4429);
    await server.join('anna', 'd0');
  });

  it('finds people page by page, and knows profiles and own groups', async () => {
    for (let i = 0; i < limits.searchPage + 5; i += 1) {
      const userId = `p${String(i).padStart(3, '0')}`;
      await server.running.admin.addUser({ userId, name: `Person ${userId}`, password: 'x' });
    }
    await server.running.admin.addGroup({ groupId: 'g', name: 'G', memberIds: ['p001', 'p002'] });
    const { client } = await server.joinWith(
      { kind: 'password', userId: 'p001', password: 'x' },
      'd1',
    );
    const page = await client.request('directory.search', { query: 'PERSON' });
    expect(page.people).toHaveLength(limits.searchPage);
    const rest = await client.request('directory.search', {
      query: 'PERSON',
      cursor: page.cursor!,
    });
    expect(rest.people).toHaveLength(5);
    expect(rest.cursor).toBeUndefined();
    const profiles = await client.request('directory.profiles', { userIds: ['p002', 'ghost'] });
    expect(profiles.people.map((person) => person.userId)).toEqual(['p002']);
    const { groups } = await client.request('directory.groups', {});
    expect(groups).toEqual([{ groupId: 'g', name: 'G', memberIds: ['p001', 'p002'] }]);
  }, 40_000);

  it('sees those it watches come and go, and nobody else', async () => {
    const anna = await server.join('anna');
    const watched = await anna.request('presence.watch', { userIds: ['bao', 'cem'] });
    expect(watched.presence).toEqual([
      { userId: 'bao', availability: 'offline' },
      { userId: 'cem', availability: 'offline' },
    ]);
    await server.join('dora');
    const bao = await server.join('bao');
    const changed = async (userId: string, availability: string): Promise<void> => {
      await anna.waitFor(
        (message): message is Extract<typeof message, { type: 'presence.changed' }> =>
          message.type === 'presence.changed' &&
          message.presence.some(
            (one) => one.userId === userId && one.availability === availability,
          ),
        `${userId} ${availability}`,
      );
    };
    await changed('bao', 'online');
    await bao.request('call.start', { targetId: 'dora', mediaType: 1 });
    await changed('bao', 'in-call');
    const seen = anna.messages.filter((message) => message.type === 'presence.changed');
    expect(JSON.stringify(seen)).not.toContain('dora');
    await anna.request('presence.watch', { userIds: [] });
  });
});

describe('a silent connection', () => {
  it('is closed as dead', async () => {
    const server = await WireServer.start({ timing: { heartbeatGraceIdleMs: 300 } });
    try {
      const client = await server.join('anna');
      expect(await client.waitForClose()).toBe(4408);
    } finally {
      await server.stop();
    }
  });
});

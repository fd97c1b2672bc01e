import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signAppToken } from '#server/auth/web-tokens';
import { RawClient } from '../../support/raw-client';
import { WireServer, appSecret } from '../../support/wire-server';

describe('signing in', () => {
  let server: WireServer;

  beforeEach(async () => {
    server = await WireServer.start({ timing: { signInDeadlineMs: 400 } });
  });
  afterEach(() => server.stop());

  const password = async (userId = 'anna'): Promise<string> =>
    (await server.running.admin.addUser({ userId, name: 'Anna Li' })).password;

  it('welcomes the right password with profile, time and tokens', async () => {
    const secret = await password();
    const before = Date.now();
    const { welcome } = await server.joinWith(
      { kind: 'password', userId: 'anna', password: secret },
      'd1',
    );
    expect(welcome.user).toEqual({ userId: 'anna', name: 'Anna Li' });
    expect(welcome).toMatchObject({ protocol: 1, deviceId: 'd1', calls: [], records: [] });
    expect(welcome.serverNowMs).toBeGreaterThanOrEqual(before);
    expect(welcome.tokens?.accessExpiresAt).toBeGreaterThan(before);
  });

  it('answers a wrong password and an unknown user alike, and closes', async () => {
    await password();
    for (const userId of ['anna', 'nobody']) {
      const client = await server.connect();
      const reply = await client.signIn({ kind: 'password', userId, password: 'wrong' }, 'd1');
      expect(reply).toMatchObject({ ok: false, error: { code: 'bad-credentials' } });
      expect(await client.waitForClose()).toBe(4401);
    }
  });

  it('slows down guessing of one account, also by many connections at once', async () => {
    await password();
    const guess = async (): Promise<string> => {
      const client = await server.connect();
      const credential = { kind: 'password', userId: 'anna', password: 'wrong' } as const;
      const reply = await client.signIn(credential, 'd1');
      return reply.type === 'welcome' ? 'welcome' : reply.error.code;
    };
    const codes = await Promise.all(Array.from({ length: 10 }, guess));
    expect(codes.filter((code) => code === 'bad-credentials')).toHaveLength(6);
    expect(codes.filter((code) => code === 'rate-limited')).toHaveLength(4);
  });

  it('takes a token of the application and makes the user at the first one', async () => {
    const { welcome } = await server.joinWith(await server.appToken('cem', 'Cem Öz'), 'd1');
    expect(welcome.user).toEqual({ userId: 'cem', name: 'Cem Öz' });
    const again = await server.joinWith(await server.appToken('cem', 'Cem Aksu'), 'd1');
    expect(again.welcome.user.name).toBe('Cem Aksu');
  });

  it.each([
    ['signed with another secret', 'another secret, long enough', 60_000, 'bad-credentials'],
    ['that is too old', appSecret, -60_000, 'token-expired'],
  ])('refuses an application token %s', async (_what, secret, lifeMs, code) => {
    const token = await signAppToken({ userId: 'cem' }, secret, Date.now() + lifeMs);
    const client = await server.connect();
    const reply = await client.signIn({ kind: 'app', token }, 'd1');
    expect(reply).toMatchObject({ ok: false, error: { code } });
  });

  it('takes no name of several lines, neither from the application nor from an admin', async () => {
    const client = await server.connect();
    const reply = await client.signIn(await server.appToken('cem', 'Cem\0Öz'), 'd1');
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-credentials' } });
    const account = { userId: 'dora', name: 'Dora\nErb', password: 'x' };
    await expect(server.running.admin.addUser(account)).rejects.toThrow('bad-name');
  });

  it('takes the access token on its device only, and gives no new tokens for it', async () => {
    const { welcome } = await server.joinWith(await server.appToken('anna'), 'd1');
    const credential = { kind: 'access', token: welcome.tokens!.access } as const;
    const again = await server.joinWith(credential, 'd1');
    expect(again.welcome.tokens).toBeUndefined();
    const thief = await server.connect();
    expect(await thief.signIn(credential, 'd2')).toMatchObject({
      error: { code: 'bad-credentials' },
    });
  });

  it('closes who does not sign in', async () => {
    const client = await server.connect();
    expect(await client.waitForClose()).toBe(4402);
  });

  it('closes a client of an older protocol', async () => {
    const client = await server.connect();
    const device = { deviceId: 'd1', name: 'Old' };
    const credential = await server.appToken('anna');
    // Version 0 does not fit the schema: it never existed.
    client.sendText(JSON.stringify({ type: 'sign-in', id: 'x', protocol: 0, device, credential }));
    expect(await client.replyTo('x')).toMatchObject({ error: { code: 'bad-message' } });
  });

  it('replaces the former connection of the same device at once, of that user only', async () => {
    const first = await server.join('anna', 'shared-id');
    const other = await server.join('bao', 'shared-id');
    await server.join('anna', 'shared-id');
    expect(await first.waitForClose()).toBe(4409);
    await other.request('heartbeat', { calls: {}, live: {} });
  });

  it('signs out: the tokens are worth nothing, the connection ends', async () => {
    const { client, welcome } = await server.joinWith(await server.appToken('anna'), 'd1');
    await client.request('sign-out', {});
    expect(await client.waitForClose()).toBe(1000);
    for (const credential of [
      { kind: 'access', token: welcome.tokens!.access } as const,
      { kind: 'refresh', token: welcome.tokens!.refresh } as const,
    ]) {
      const again = await server.connect();
      expect(await again.signIn(credential, 'd1')).toMatchObject({
        error: { code: 'device-revoked' },
      });
      expect(await again.waitForClose()).toBe(4403);
    }
  });

  describe('with refresh tokens', () => {
    const refresh = async (token: string): Promise<string | null> => {
      const client = await server.connect();
      const reply = await client.signIn({ kind: 'refresh', token }, 'd1');
      if (reply.type !== 'welcome') return null;
      return reply.tokens!.refresh;
    };
    const first = async (): Promise<string> =>
      (await server.joinWith(await server.appToken('anna'), 'd1')).welcome.tokens!.refresh;

    it('gives a new pair each time', async () => {
      const one = await first();
      const two = await refresh(one);
      expect(two).not.toBe(one);
      expect(await refresh(two!)).not.toBeNull();
    });

    it('takes the former token again while the new one was never used: its reply was lost', async () => {
      const one = await first();
      await refresh(one);
      const two = await refresh(one);
      expect(two).not.toBeNull();
      expect(await refresh(two!)).not.toBeNull();
    });

    it('also takes the one whose reply came late', async () => {
      const one = await first();
      const late = await refresh(one);
      await refresh(one);
      expect(await refresh(late!)).not.toBeNull();
    });

    it('signs the device out everywhere when an older token comes back', async () => {
      const one = await first();
      const two = await refresh(one);
      const three = await refresh(two!);
      const { client } = await server.joinWith({ kind: 'refresh', token: three! }, 'd1');
      expect(await refresh(one)).toBeNull();
      expect(await client.waitForClose()).toBe(4403);
      expect(await refresh(three!)).toBeNull();
    });

    it('survives a restart of the server', async () => {
      const one = await first();
      await server.halt();
      await server.boot();
      expect(await refresh(one)).not.toBeNull();
    });

    it('refuses nonsense', async () => {
      expect(await refresh('nonsense')).toBeNull();
      expect(await refresh('a.b')).toBeNull();
    });
  });

  describe('at the door', () => {
    it('lets in the app and programs without an origin, no other page', async () => {
      await server.connect({ origin: 'app://peal' });
      await server.connect();
      await expect(
        RawClient.connect(server.url, { origin: 'https://elsewhere.example' }),
      ).rejects.toThrow('403');
    });

    it('says how it is, and nothing else, over HTTP', async () => {
      const http = server.url.replace('ws://', 'http://');
      const health = await fetch(`${http}/healthz`);
      expect(health.status).toBe(200);
      expect(await health.json()).toEqual({ status: 'ok' });
      expect((await fetch(`${http}/`)).status).toBe(404);
    });
  });
});

describe('a server with pages of its own', () => {
  it('lets in the origins it was told', async () => {
    const server = await WireServer.start({ allowedOrigins: ['https://calls.example'] });
    try {
      await server.connect({ origin: 'https://calls.example' });
    } finally {
      await server.stop();
    }
  });
});

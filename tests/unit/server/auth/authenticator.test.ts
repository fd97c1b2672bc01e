import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rates } from '#protocol/limits';
import { Admin } from '#server/admin';
import { Authenticator } from '#server/auth/authenticator';
import { systemClock } from '#server/clock';
import { silentLog } from '#server/log';
import { openStore } from '#server/store/open-store';
import type { Store } from '#server/store/store';

const device = { deviceId: 'd1', name: 'Desk' };
const address = '192.0.2.1';

/** Lets people through one by one, or holds them until so many stand there. */
class Door {
  #missing = 0;
  #open: Promise<void> = Promise.resolve();
  #opens = (): void => undefined;

  shutUntil(people: number): void {
    this.#missing = people;
    this.#open = new Promise((opens) => {
      this.#opens = opens;
    });
  }

  async pass(): Promise<void> {
    this.#missing -= 1;
    if (this.#missing <= 0) this.#opens();
    await this.#open;
  }
}

describe('the authenticator', () => {
  let folder: string;
  let store: Store;
  let now: number;

  beforeEach(async () => {
    now = 1_790_000_000_000;
    folder = mkdtempSync(join(tmpdir(), 'peal-auth-'));
    store = await openStore({ data: folder }, silentLog);
    await new Admin(store, systemClock).addUser({ userId: 'anna', name: 'Anna', password: 'x' });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const make = (on: Store = store) => {
    const auth = new Authenticator({
      store: on,
      clock: { now: () => now, monotonic: () => now },
      log: silentLog,
      accessKey: new Uint8Array(32).fill(7),
      onRevoked: () => undefined,
      onJoined: () => undefined,
    });
    const signIn = async (password: string): Promise<string> => {
      const credential = { kind: 'password', userId: 'anna', password } as const;
      const outcome = await auth.signIn(credential, device, address);
      return outcome.ok ? 'ok' : outcome.error;
    };
    return { auth, signIn };
  };

  it('takes good tokens from an address that also sends much nonsense', async () => {
    const { auth } = make();
    const credential = { kind: 'password', userId: 'anna', password: 'x' } as const;
    const first = await auth.signIn(credential, device, address);
    const junk = { kind: 'refresh', token: 'junk' } as const;
    for (let i = 0; i < 60; i += 1) {
      expect(await auth.signIn(junk, device, address)).toMatchObject({ error: 'bad-credentials' });
    }
    const token = first.ok && first.value.tokens ? first.value.tokens.access : '';
    const again = await auth.signIn({ kind: 'access', token }, device, address);
    expect(again).toMatchObject({ ok: true, value: { user: { userId: 'anna' } } });
  });

  it('checks only so many tokens from one address', async () => {
    const { auth } = make();
    const junk = { kind: 'refresh', token: 'junk' } as const;
    for (let i = 0; i < rates.tokenSignIn.burst; i += 1) await auth.signIn(junk, device, address);
    const beyond = await auth.signIn(junk, device, address);
    expect(beyond).toMatchObject({ error: 'rate-limited' });
    expect(await auth.signIn(junk, device, '192.0.2.2')).toMatchObject({
      error: 'bad-credentials',
    });
  });

  it('forgets no wrong password because the next one was never looked at', async () => {
    const door = new Door();
    const { auth, signIn } = make({
      ...store,
      users: {
        ...store.users,
        passwordHash: async (userId) => {
          const hash = await store.users.passwordHash(userId);
          await door.pass();
          return hash;
        },
      },
    });
    for (let i = 0; i < 5; i += 1) expect(await signIn('wrong')).toBe('bad-credentials');
    // More than the checker takes, and all at the same moment: none is done before the last one asks.
    door.shutUntil(41);
    const others = Array.from({ length: 40 }, (_, i) => {
      const credential = { kind: 'password', userId: `u${String(i)}`, password: 'x' } as const;
      return auth.signIn(credential, device, `198.51.100.${String(i)}`);
    });
    expect(await signIn('wrong')).toBe('unavailable');
    await Promise.all(others);
    expect(await signIn('wrong')).toBe('bad-credentials');
    expect(await signIn('wrong')).toBe('rate-limited');
  });

  it('counts no try at which the database failed', async () => {
    let isAway = true;
    const { signIn } = make({
      ...store,
      users: {
        ...store.users,
        passwordHash: (userId) =>
          isAway ? Promise.reject(new Error('away')) : store.users.passwordHash(userId),
      },
    });
    for (let i = 0; i < 10; i += 1) await expect(signIn('x')).rejects.toThrow('away');
    isAway = false;
    expect(await signIn('x')).toBe('ok');
  });
});

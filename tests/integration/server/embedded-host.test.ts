/** The server inside the app, without the app around it. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Welcome } from '#protocol/messages';
import { EmbeddedHost, type StartedHost } from '#server/embedded-host';
import { silentLog } from '#server/log';
import { RawClient } from '../../support/raw-client';
import { certificateAt } from '../../support/tls';

let data: string;
const hosts: EmbeddedHost[] = [];
const clients: RawClient[] = [];

beforeEach(() => {
  // Not there yet, as at the first start of the app.
  data = join(mkdtempSync(join(tmpdir(), 'peal-embedded-')), 'server');
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.cut();
  for (const host of hosts.splice(0)) await host.close();
  vi.useRealTimers();
  rmSync(join(data, '..'), { recursive: true, force: true });
});

const start = async (name = 'Anna Li'): Promise<StartedHost & { readonly host: EmbeddedHost }> => {
  const host = new EmbeddedHost(data, silentLog);
  hosts.push(host);
  return { host, ...(await host.start(name)) };
};

const stop = async (): Promise<void> => {
  for (const host of hosts.splice(0)) await host.close();
};

const signIn = async (
  url: string,
  token: string,
  certificate?: string,
): Promise<{ readonly client: RawClient; readonly welcome: Welcome }> => {
  const options = certificate === undefined ? {} : { certificate };
  const joined = await RawClient.signedIn(url, { kind: 'app', token }, 'desk', options);
  clients.push(joined.client);
  return joined;
};

/** Another program on that port. */
const occupy = (port: number, host: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });

describe('the server inside the app', () => {
  it('signs its person in, with Echo among the people, who signs in as well', async () => {
    const { url, port, userId, appToken, echoToken, opened } = await start();
    expect(url).toBe(`ws://127.0.0.1:${port}`);
    expect(opened).toBeUndefined();
    const { client, welcome } = await signIn(url, appToken);
    expect(welcome.user).toEqual({ userId, name: 'Anna Li' });
    const { people } = await client.request('directory.search', { query: '' });
    expect(people).toContainEqual({ userId: 'echo', name: 'Echo' });
    const echo = await signIn(url, echoToken);
    expect(echo.welcome.user).toEqual({ userId: 'echo', name: 'Echo' });
  });

  it('lets Echo sign in again months later, and with what an earlier start gave out never', async () => {
    const first = await start();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 90 * 24 * 60 * 60_000 });
    const echo = await signIn(first.url, first.echoToken);
    expect(echo.welcome.user.userId).toBe('echo');
    await expect(signIn(first.url, first.appToken)).rejects.toThrow('token-expired');
    await stop();
    const second = await start();
    await expect(signIn(second.url, first.echoToken)).rejects.toThrow('bad-credentials');
    await signIn(second.url, second.echoToken);
  });

  it('has the same port, person and name at the next start, also when the name was changed', async () => {
    const first = await start();
    const { client } = await signIn(first.url, first.appToken);
    const { user } = await client.request('profile.set', { name: 'Anna Lind' });
    await stop();
    const second = await start();
    expect(second).toMatchObject({ port: first.port, userId: first.userId });
    expect((await signIn(second.url, second.appToken)).welcome.user).toEqual(user);
  });

  it('takes another port when its own is taken, and has its own again at the next start', async () => {
    const first = await start();
    await stop();
    const other = await occupy(first.port, '127.0.0.1');
    const second = await start();
    expect(second.port).not.toBe(first.port);
    await signIn(second.url, second.appToken);
    await new Promise((done) => other.close(done));
    await stop();
    expect((await start()).port).toBe(first.port);
  });

  it('starts anew where the file of ports is broken', async () => {
    const { port } = await start();
    await stop();
    const file = join(data, 'ports.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ loopback: port });
    // Written whole: nothing is left of the way there.
    expect(readdirSync(data).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    for (const text of ['', '{"loopback":"x"}', '{"loopback":0}', '[]']) {
      writeFileSync(file, text);
      expect((await start()).port).toBeGreaterThan(0);
      await stop();
    }
  });

  it('lets nobody be Echo by name, and refuses what is no name', async () => {
    const { url, userId, appToken } = await start('Echo');
    expect(userId).not.toBe('echo');
    const { client } = await signIn(url, appToken);
    const { people } = await client.request('directory.search', { query: 'echo' });
    expect(people).toHaveLength(2);
    await expect(start('   ')).rejects.toThrow('no name');
  });

  it('is nobody who came by an invitation, by whatever name, and the same one again later', async () => {
    const first = await start();
    const { client } = await signIn(first.url, first.appToken);
    const { code } = await client.request('invite.create', {});
    const invite = { kind: 'invite', code, name: 'Bao Chen', joinSecret: 'bao-1' } as const;
    const bao = await RawClient.signedIn(first.url, invite, 'bao-desk');
    clients.push(bao.client);
    expect(bao.welcome.user.userId).toBe('bao-chen');
    await stop();
    for (const name of ['Bao Chen', 'bao chen', 'Bao Chen']) {
      const { url, userId, appToken } = await start(name);
      expect(userId).toBe('bao-chen-2');
      expect((await signIn(url, appToken)).welcome.user).toEqual({ userId, name: 'Bao Chen' });
      await stop();
    }
    expect((await start()).userId).toBe(first.userId);
  });

  it('takes a pasted tab for a blank', async () => {
    const { url, appToken } = await start('Anna\tLi\n');
    expect((await signIn(url, appToken)).welcome.user.name).toBe('Anna Li');
  });
});

describe('the server inside the app, opened for colleagues', () => {
  it('is reached with TLS on every address, by the same people, and by a key that stays', async () => {
    const first = await start();
    const [door, again] = await Promise.all([first.host.open(), first.host.open()]);
    expect(again).toEqual(door);
    const shown = await certificateAt(door.port);
    expect(shown.keyHash).toBe(door.keyHash);
    const { client } = await signIn(`wss://127.0.0.1:${door.port}`, first.appToken, shown.pem);
    expect((await client.request('invite.create', {})).keyHash).toBe(door.keyHash);
    await stop();
    const second = await start();
    expect(second).toMatchObject({ port: first.port, opened: door });
    expect((await certificateAt(door.port)).keyHash).toBe(door.keyHash);
    expect(await second.host.open()).toEqual(door);
  });

  it('lets a colleague in by an invitation', async () => {
    const { host, url, appToken } = await start();
    const door = await host.open();
    const { pem } = await certificateAt(door.port);
    const { client } = await signIn(url, appToken);
    const { code } = await client.request('invite.create', {});
    const colleague = await RawClient.signedIn(
      `wss://127.0.0.1:${door.port}`,
      { kind: 'invite', code, name: 'Bao Chen', joinSecret: 'bao-1' },
      'bao-desk',
      { certificate: pem },
    );
    clients.push(colleague.client);
    const { call } = await colleague.client.request('call.start', {
      ...{ targetId: 'anna-li', mediaType: 1 },
    });
    await client.waitForCall(({ callId }) => callId === call.callId);
  });

  it('opens on another port when its own is taken', async () => {
    const first = await start();
    const door = await first.host.open();
    await stop();
    const other = await occupy(door.port, '0.0.0.0');
    const second = await start();
    expect(second.opened?.port).not.toBe(door.port);
    expect(second.opened?.keyHash).toBe(door.keyHash);
    expect((other.address() as AddressInfo).port).toBe(door.port);
    await new Promise((done) => other.close(done));
    await stop();
    expect((await start()).opened).toEqual(door);
  });
});

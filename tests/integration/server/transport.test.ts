/** What clients speak with the server: ws on loopback and behind a proxy, else wss, judged by a real TLS client. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Socket, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '#server/log';
import { selfSignedCertificate } from '#server/tls/certificate';
import { RawClient } from '../../support/raw-client';
import { WireServer, type WireServerOptions } from '../../support/wire-server';
import { certificateAt, secureHealth } from '../../support/tls';

const everywhere = '0.0.0.0';

let server: WireServer;
let sockets: Socket[] = [];
const clients: RawClient[] = [];

const boot = async (options: WireServerOptions): Promise<number> => {
  server = await WireServer.start(options);
  return server.running.port;
};

afterEach(async () => {
  for (const client of clients.splice(0)) await client.cut();
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await server.stop();
});

const signedIn = async (url: string, userId: string, certificate?: string): Promise<RawClient> => {
  const options = certificate === undefined ? {} : { certificate };
  const credential = await server.appToken(userId);
  const { client } = await RawClient.signedIn(url, credential, `${userId}-desk`, options);
  clients.push(client);
  return client;
};

const rawSocket = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => resolve(socket));
    sockets.push(socket);
    socket.once('error', reject);
    socket.on('error', () => undefined);
  });

describe('a server beyond loopback without a certificate', () => {
  it('serves wss and https with a key of its own, which its invitations name', async () => {
    const port = await boot({ host: everywhere, publicAddress: 'wss://peal.example:7325' });
    expect(server.url).toBe(`wss://${everywhere}:${port}`);
    const shown = await certificateAt(port);
    expect(server.running.keyHash).toBe(shown.keyHash);
    expect(await secureHealth(port, shown.pem)).toBe('{"status":"ok"}');
    const anna = await signedIn(`wss://127.0.0.1:${port}`, 'anna', shown.pem);
    expect(await anna.request('invite.create', {})).toMatchObject({
      address: 'wss://peal.example:7325',
      keyHash: shown.keyHash,
    });
  });

  it('is another one for each server, and is trusted by nobody unasked', async () => {
    const port = await boot({ host: everywhere });
    const first = await certificateAt(port);
    await expect(RawClient.connect(`wss://127.0.0.1:${port}`)).rejects.toThrow('self-signed');
    await server.stop();
    const second = await certificateAt(await boot({ host: everywhere }));
    expect(second.keyHash).not.toBe(first.keyHash);
  });

  it('answers no plain word on that port', async () => {
    const port = await boot({ host: everywhere });
    await expect(RawClient.connect(`ws://127.0.0.1:${port}`)).rejects.toThrow();
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    const socket = await rawSocket(port);
    socket.resetAndDestroy();
    const { pem } = await certificateAt(port);
    expect(await secureHealth(port, pem)).toBe('{"status":"ok"}');
  });

  it('keeps its key over the years, in a certificate that is good each time', async () => {
    const times = [Date.UTC(2026, 10, 22), Date.UTC(2035, 0, 1), Date.UTC(2051, 0, 1)];
    const hashes = new Set<string>();
    await boot({});
    for (const now of times) {
      await server.halt();
      const clock = { now: () => now, monotonic: () => performance.now() };
      await server.boot({ host: everywhere, clock });
      const { x509, keyHash } = await certificateAt(server.running.port);
      expect(Date.parse(x509.validFrom)).toBeLessThan(now);
      expect(Date.parse(x509.validTo)).toBeGreaterThan(now);
      hashes.add(keyHash);
    }
    expect(hashes.size).toBe(1);
  });

  it('ends although somebody never finishes shaking hands', async () => {
    const port = await boot({ host: everywhere });
    const socket = await rawSocket(port);
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    await server.halt();
    await ended;
  });
});

describe('a server behind a proxy that it trusts', () => {
  it('leaves the certificate to the proxy', async () => {
    const port = await boot({ host: everywhere, trustProxy: true });
    expect(server.running.keyHash).toBeUndefined();
    const anna = await signedIn(`ws://127.0.0.1:${port}`, 'anna');
    expect(await anna.request('invite.create', {})).not.toHaveProperty('keyHash');
  });
});

describe('a server with the admin’s certificate', () => {
  let folder: string;
  let certificate: string;
  let files: { readonly certFile: string; readonly keyFile: string };

  /** What a program that renews certificates does: one file after the other. */
  const newCertificate = (): void => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    certificate = selfSignedCertificate(privateKey, Date.now());
    writeFileSync(files.certFile, certificate);
    writeFileSync(files.keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'peal-tls-'));
    files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
    newCertificate();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('serves wss with it, on loopback too, and names no key in invitations', async () => {
    const port = await boot(files);
    expect(server.url).toBe(`wss://127.0.0.1:${port}`);
    expect((await certificateAt(port)).pem).toBe(certificate);
    const anna = await signedIn(`wss://127.0.0.1:${port}`, 'anna', certificate);
    expect(await anna.request('invite.create', {})).not.toHaveProperty('keyHash');
  });

  it('shows the renewed one without a restart, and keeps everybody who is connected', async () => {
    const port = await boot({ ...files, certificateMs: 20 });
    const anna = await signedIn(`wss://127.0.0.1:${port}`, 'anna', certificate);
    newCertificate();
    await expect.poll(async () => (await certificateAt(port)).pem).toBe(certificate);
    const bao = await signedIn(`wss://127.0.0.1:${port}`, 'bao', certificate);
    const { call } = await anna.request('call.start', { targetId: 'bao', mediaType: 1 });
    await bao.waitForCall(({ callId }) => callId === call.callId);
  });

  it('goes on with the former one while its files hold none', async () => {
    const said: string[] = [];
    const log: Log = (_level, message) => said.push(message);
    const port = await boot({ ...files, certificateMs: 20, log });
    rmSync(files.keyFile);
    await expect.poll(() => said).toContain('certificate not renewed: the former one stays');
    expect((await certificateAt(port)).pem).toBe(certificate);
    newCertificate();
    await expect.poll(async () => (await certificateAt(port)).pem).toBe(certificate);
  });

  it('does not start with one file of two, or with one that cannot be read', async () => {
    await boot({});
    const { certFile, keyFile } = files;
    await expect(server.boot({ certFile })).rejects.toThrow('both certFile and keyFile');
    await expect(server.boot({ keyFile })).rejects.toThrow('both certFile and keyFile');
    const missing = join(folder, 'none.pem');
    await expect(server.boot({ certFile: missing, keyFile })).rejects.toThrow('none.pem');
    const swapped = { certFile: keyFile, keyFile: certFile };
    await expect(server.boot(swapped)).rejects.toThrow('no certificate and its key');
  });
});

describe('a second door', () => {
  it('leads to the same people, and is named by invitations from then on', async () => {
    const port = await boot({});
    const bao = await signedIn(`ws://127.0.0.1:${port}`, 'bao');
    expect(await bao.request('invite.create', {})).not.toHaveProperty('keyHash');
    const door = await server.running.openSecure(everywhere, 0);
    const shown = await certificateAt(door.port);
    expect(shown.keyHash).toBe(door.keyHash);
    const anna = await signedIn(`wss://127.0.0.1:${door.port}`, 'anna', shown.pem);
    const { call } = await anna.request('call.start', { targetId: 'bao', mediaType: 1 });
    await bao.waitForCall(({ callId }) => callId === call.callId);
    const invitation = await bao.request('invite.create', {});
    expect(invitation.keyHash).toBe(door.keyHash);
    await server.halt();
    expect(await anna.waitForClose()).toBe(1012);
    expect(await bao.waitForClose()).toBe(1012);
  });
});

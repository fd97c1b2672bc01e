/** The built program, as an admin runs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseInvitationLink } from '#main/session/invitation-link';
import { endReasonFor } from '#protocol/end-reason-for';
import { RawClient } from '../../support/raw-client';
import { certificateAt } from '../../support/tls';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** For tests that start the program many times, each of which takes a second or two, and longer on a busy machine. */
const manyRunsMs = 90_000;

const root = resolve(import.meta.dirname, '../../..');
const scratch = join(root, '.tmp/server');
const running = new Set<ChildProcess>();
let folder = '';
let program = '';

beforeAll(async () => {
  mkdirSync(scratch, { recursive: true });
  folder = mkdtempSync(join(scratch, 'cli-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: 'server/cli.ts',
      outDir: join(folder, 'out'),
      target: 'node20.18',
      rolldownOptions: { external: ['libsql', '@node-rs/argon2', 'pg'] },
    },
  });
  program = join(folder, 'out/cli.js');
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(args: readonly string[], input = ''): { child: ChildProcess; end: Promise<Ran> } {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder });
  running.add(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(input);
  const end = new Promise<Ran>((done) => {
    child.once('close', (code) => {
      running.delete(child);
      done({ code, out, err });
    });
  });
  return { child, end };
}

const run = (args: readonly string[], input?: string): Promise<Ran> => start(args, input).end;

/** Where a server that was just started listens. */
const portOf = (child: ChildProcess): Promise<number> =>
  new Promise((found) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const line = /"port":(\d+)/.exec(chunk.toString());
      if (line) found(Number(line[1]));
    });
  });

describe('peal-server', () => {
  it(
    'adds users with a given and with a made password, and lists them',
    async () => {
      const where = ['--data', join(folder, 'accounts')];
      const anna = ['user', 'add', 'anna', '--name', 'Anna Li', '--password-stdin', ...where];
      expect(await run(anna, 'secret\n')).toEqual({ code: 0, out: '', err: '' });
      const bao = await run(['user', 'add', 'bao', '--name', 'Bao', ...where]);
      expect(bao.out).toMatch(/^The password of bao, shown only now: \w{16}\n$/);
      const group = [
        'group',
        'add',
        'sales',
        '--name',
        'Sales',
        '--members',
        'anna, bao',
        ...where,
      ];
      expect((await run(group)).code).toBe(0);
      expect((await run(['user', 'list', ...where])).out).toBe('anna\tAnna Li\nbao\tBao\n');
      expect((await run(['group', 'list', ...where])).out).toBe('sales\tSales\tanna,bao\n');
      const again = await run(anna, 'secret\n');
      expect(again).toMatchObject({ code: 1, err: 'This id exists already.\n' });
    },
    manyRunsMs,
  );

  it.each([
    [['nonsense'], 'no command'],
    [['--port', 'abc'], 'no port number'],
    [['--unknown'], 'unknown'],
    [['--data', 'x', '--database', 'postgres://y'], 'not both'],
    [['--config', 'missing.json'], 'cannot be read'],
    [['user', 'add'], 'Which user'],
    [['call', 'remove', 'c1'], 'Whom, from which call'],
    [['call', 'remove', 'c1', 'anna', 'bao'], 'Too many arguments: bao'],
    [['call', 'list', 'c1'], 'takes no further argument'],
    [['invite', '--address', 'peal.example'], 'such as wss://'],
    [['invite', '--data', 'invites'], 'Say it by --address or publicAddress'],
  ])('says in words what is wrong with %j', async (args, words) => {
    const ran = await run(args);
    expect(ran.code).toBe(2);
    expect(ran.err.toLowerCase()).toContain(words.toLowerCase());
  });

  it('names the place of a mistake in the configuration, not its content', async () => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, JSON.stringify({ appSecret: 'short' }));
    const ran = await run(['serve', '--config', file]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('/appSecret');
    expect(ran.err).not.toContain('short');
  });

  it('serves, answers the health check, and closes in order on SIGTERM', async () => {
    const data = join(folder, 'served');
    await run(['user', 'add', 'anna', '--password-stdin', '--data', data], 'secret');
    const { child, end } = start(['--port', '0', '--data', data]);
    const port = await portOf(child);
    const health = await fetch(`http://127.0.0.1:${String(port)}/healthz`);
    expect(health.status).toBe(200);
    const credential = { kind: 'password', userId: 'anna', password: 'secret' } as const;
    const { client, welcome } = await RawClient.signedIn(
      `ws://127.0.0.1:${String(port)}`,
      credential,
      'd1',
    );
    child.kill('SIGTERM');
    expect(await client.waitForClose()).toBe(1012);
    const { code, out } = await end;
    expect(code).toBe(0);
    const messages = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { message: string }).message);
    expect(messages).toEqual(['server started', 'signed in', 'device away', 'server stopped']);
    expect(out).not.toContain('secret');
    expect(out).not.toContain(welcome.tokens!.refresh);
  });

  it(
    'prints a link that the app reads and that lets one colleague in by the key of the server',
    async () => {
      const file = join(folder, 'invite.json');
      const publicAddress = 'wss://peal.example:7325';
      const data = join(folder, 'invites');
      writeFileSync(file, JSON.stringify({ host: '0.0.0.0', port: 0, data, publicAddress }));
      const { code: exit, out } = await run(['invite', '--config', file]);
      expect(exit).toBe(0);
      const [text, sentence] = out.split('\n');
      expect(sentence).toMatch(/^For one colleague, until \d{4}-\d\d-\d\dT.*Z\.$/);
      const link = parseInvitationLink(text!);
      if (!link.ok) throw new Error(`The app cannot read ${text!}`);
      const { address, code, keyHash } = link.value;
      expect(address.url).toContain(publicAddress);

      const { child, end } = start(['--config', file]);
      const port = await portOf(child);
      const shown = await certificateAt(port);
      expect(keyHash).toBe(shown.keyHash);
      const credential = { kind: 'invite', code, name: 'Zoe', joinSecret: 'zoe-1' } as const;
      const trusted = { certificate: shown.pem };
      const url = `wss://127.0.0.1:${port}`;
      const zoe = await RawClient.signedIn(url, credential, 'zoe-desk', trusted);
      const { client, welcome } = zoe;
      expect(welcome.user).toEqual({ userId: 'zoe', name: 'Zoe' });
      child.kill('SIGTERM');
      await client.waitForClose();
      expect((await end).code).toBe(0);

      const behindProxy = ['invite', '--data', data, '--address', publicAddress];
      const other = parseInvitationLink((await run(behindProxy)).out.split('\n')[0]!);
      expect(other.ok && other.value.keyHash).toBe(undefined);
    },
    manyRunsMs,
  );

  it(
    'lists the calls of a running server and puts somebody out of one',
    async () => {
      const where = ['--data', join(folder, 'calls')];
      for (const userId of ['anna', 'bao']) {
        await run(['user', 'add', userId, '--password-stdin', ...where], 'secret');
      }
      const { child, end } = start(['--port', '0', ...where]);
      const url = `ws://127.0.0.1:${String(await portOf(child))}`;
      const signIn = async (userId: string): Promise<RawClient> => {
        const credential = { kind: 'password', userId, password: 'secret' } as const;
        return (await RawClient.signedIn(url, credential, `${userId}-desk`)).client;
      };
      const [anna, bao] = [await signIn('anna'), await signIn('bao')];
      // The program takes its time: meanwhile they must not seem to be away.
      const beats = setInterval(() => {
        for (const client of [anna, bao]) client.sendRequest('heartbeat', { calls: {}, live: {} });
      }, 1_000);
      onTestFinished(() => clearInterval(beats));
      const { call } = await anna.request('call.start', { targetId: 'bao', mediaType: 1 });
      const { callId } = call;
      expect((await run(['call', 'list', ...where])).out).toMatch(
        new RegExp(`^${callId}\tanna,bao\t\\d+ s\tringing\n$`),
      );
      const stranger = await run(['call', 'remove', callId, 'cem', ...where]);
      expect(stranger).toMatchObject({
        code: 1,
        err: 'This user is not in this call, or the call is over.\n',
      });
      const unknown = await run(['call', 'remove', 'none', 'bao', ...where]);
      expect(unknown).toMatchObject({ code: 1, err: 'There is no such call.\n' });
      await bao.request('call.claim', { callId });
      await bao.request('call.join', { callId });
      const removed = await run(['call', 'remove', callId, 'bao', ...where]);
      expect(removed).toEqual({ code: 0, out: '', err: '' });
      const removedAt = performance.now();
      for (const client of [anna, bao]) {
        const ended = await client.waitForCall((one) => one.endedAt !== undefined);
        expect(endReasonFor(ended, { userId: 'bao', deviceId: 'bao-desk' })).toBe(23);
        expect(endReasonFor(ended, { userId: 'anna', deviceId: 'anna-desk' })).toBe(33);
      }
      expect(performance.now() - removedAt).toBeLessThan(3_000);
      expect((await run(['call', 'list', ...where])).out).toBe('');
      child.kill('SIGTERM');
      expect((await end).code).toBe(0);
    },
    manyRunsMs,
  );
});

/** The built program, as an admin runs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../../support/raw-client';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

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

describe('peal-server', () => {
  it('adds users with a given and with a made password, and lists them', async () => {
    const where = ['--data', join(folder, 'accounts')];
    const anna = ['user', 'add', 'anna', '--name', 'Anna Li', '--password-stdin', ...where];
    expect(await run(anna, 'secret\n')).toEqual({ code: 0, out: '', err: '' });
    const bao = await run(['user', 'add', 'bao', '--name', 'Bao', ...where]);
    expect(bao.out).toMatch(/^The password of bao, shown only now: \w{16}\n$/);
    const group = ['group', 'add', 'sales', '--name', 'Sales', '--members', 'anna, bao', ...where];
    expect((await run(group)).code).toBe(0);
    expect((await run(['user', 'list', ...where])).out).toBe('anna\tAnna Li\nbao\tBao\n');
    expect((await run(['group', 'list', ...where])).out).toBe('sales\tSales\tanna,bao\n');
    const again = await run(anna, 'secret\n');
    expect(again).toMatchObject({ code: 1, err: 'This id exists already.\n' });
  });

  it.each([
    [['nonsense'], 'no command'],
    [['--port', 'abc'], 'no port number'],
    [['--unknown'], 'unknown'],
    [['--data', 'x', '--database', 'postgres://y'], 'not both'],
    [['--config', 'missing.json'], 'cannot be read'],
    [['user', 'add'], 'Which user'],
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
    const port = await new Promise<number>((found) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        const line = /"port":(\d+)/.exec(chunk.toString());
        if (line) found(Number(line[1]));
      });
    });
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
});

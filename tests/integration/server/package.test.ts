/** The server's tarball, as an admin meets it who has nothing else of this project: installed, used, removed. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startChild } from '../../support/child';
import { RawClient } from '../../support/raw-client';
import { repositoryRoot } from '../../support/scratch';

/** npm fetches what has native code, on a machine that is busy with other tests. */
const limitMs = 180_000;

const execute = promisify(execFile);
const { version, dependencies } = JSON.parse(
  readFileSync(join(repositoryRoot, 'package.json'), 'utf8'),
) as { readonly version: string; readonly dependencies: Record<string, string> };

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'peal-server-'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  await run(process.execPath, [join(repositoryRoot, 'scripts/build-server.mjs')]);
  const tarball = join(repositoryRoot, 'dist', `peal-server-${version}.tgz`);
  await npm('install', '--prefer-offline', '--no-audit', '--no-fund', tarball);
}, limitMs);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execute(file, args, { cwd: folder, timeout: limitMs });
  return stdout;
}
const npm = (...args: readonly string[]): Promise<string> => run('npm', args);
const program = (): string => join(folder, 'node_modules/.bin/peal-server');
const inPackage = (name: string): string => join(folder, 'node_modules/peal-server', name);

it('is one program and its papers, and names what it needs at exact versions', () => {
  expect(readdirSync(inPackage('')).sort()).toEqual([
    ...['LICENSE', 'README.md', 'package.json', 'peal-server.js'],
  ]);
  const manifest = JSON.parse(readFileSync(inPackage('package.json'), 'utf8')) as unknown;
  expect(manifest).toMatchObject({ name: 'peal-server', version, dependencies });
  expect(Object.values(dependencies).join(' ')).toMatch(/^[\d. ]+$/);
});

it(
  'takes a user, starts, lets the user in over the wire, and ends in order',
  async () => {
    const data = join(folder, 'data');
    const added = await run(program(), ['user', 'add', 'anna', '--name', 'Anna', '--data', data]);
    const password = /: (\w{16})\n$/.exec(added)?.[1] ?? '';
    const server = startChild(program(), ['--port', '0', '--data', data], { cwd: folder });
    try {
      const port = await server.firstMatch(/"port":(\d+)/, 60_000);
      const credential = { kind: 'password', userId: 'anna', password } as const;
      const url = `ws://127.0.0.1:${port}`;
      const { client, welcome } = await RawClient.signedIn(url, credential, 'desk');
      expect(welcome.user).toMatchObject({ userId: 'anna', name: 'Anna' });
      server.signal('SIGTERM');
      expect(await client.waitForClose()).toBe(1012);
      expect(await server.exited).toBe(0);
    } finally {
      await server.close();
    }
  },
  limitMs,
);

it(
  'is removed with all that came with it, and leaves the data',
  async () => {
    await npm('uninstall', '--no-audit', '--no-fund', 'peal-server');
    // npm leaves a list of nothing, and folders without anything in them.
    const rest = readdirSync(join(folder, 'node_modules'), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name);
    expect(rest).toEqual(['.package-lock.json']);
    expect(existsSync(program())).toBe(false);
    expect(existsSync(join(folder, 'data'))).toBe(true);
  },
  limitMs,
);

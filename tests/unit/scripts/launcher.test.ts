/** The launcher of the Linux packages, with a program in the binary's place that tells how it was started. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../support/scratch';

let folder: string;
let display: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'peal-launcher-'));
  const app = join(folder, 'the app');
  for (const each of [app, join(folder, 'config')]) mkdirSync(each);
  mkdirSync('/tmp/.X11-unix', { recursive: true });
  copyFileSync(join(repositoryRoot, 'resources/linux/launcher.sh'), join(app, 'peal'));
  writeFileSync(join(app, 'peal-bin'), '#!/bin/sh\nprintf "%s\\0" "$$" "$@"\n');
  for (const each of ['peal', 'peal-bin']) chmodSync(join(app, each), 0o755);
  symlinkSync(join(app, 'peal'), join(folder, 'peal'));
  display = createServer();
  await new Promise<void>((resolve) => display.listen(`/tmp/.X11-unix/X${number}`, resolve));
});

afterAll(async () => {
  await new Promise((resolve) => display.close(resolve));
  rmSync(folder, { recursive: true });
});

/** What the binary was given, started by a link in a folder of programs, as a package makes it. */
function given(args: readonly string[], env: Readonly<Record<string, string>>): readonly string[] {
  const all = { PATH: process.env['PATH'] ?? '', HOME: folder, ...env };
  const { pid, stdout } = spawnSync(join(folder, 'peal'), args, { env: all, encoding: 'utf8' });
  const [inside, ...lines] = stdout.split('\0').slice(0, -1);
  expect(inside, 'the process of the launcher itself').toBe(String(pid));
  return lines;
}

/** No server of this machine has such a number. */
const number = String(30_000 + process.pid);
const wayland = { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: `:${number}` };

describe('the launcher', () => {
  it.each([
    ['a Wayland session with an X server', wayland, ['--ozone-platform=x11']],
    [
      'one that only says its type',
      { XDG_SESSION_TYPE: 'wayland', DISPLAY: `:${number}.0` },
      ['--ozone-platform=x11'],
    ],
    [
      'a Wayland session with a server elsewhere',
      { ...wayland, DISPLAY: 'host:10' },
      ['--ozone-platform=x11'],
    ],
    ['a Wayland session without one', { WAYLAND_DISPLAY: 'wayland-0' }, []],
    ['a Wayland session whose server is gone', { ...wayland, DISPLAY: ':9' }, []],
    ['an X session', { XDG_SESSION_TYPE: 'x11', DISPLAY: `:${number}` }, []],
    ['a person who wants Wayland', { ...wayland, PEAL_WAYLAND: '1' }, []],
  ])('chooses for %s', (_what, env, expected) => {
    expect(given([], env)).toEqual(expected);
  });

  it('reads the wish for Wayland from a file', () => {
    const config = join(folder, 'config');
    const env = { ...wayland, XDG_CONFIG_HOME: config };
    expect(given([], env)).toEqual(['--ozone-platform=x11']);
    writeFileSync(join(config, 'peal-wayland'), '');
    expect(given([], env)).toEqual([]);
  });

  it.each(['--ozone-platform=wayland', '--ozone-platform-hint=auto'])('gives way to %s', (flag) => {
    expect(given([flag, 'a b'], wayland)).toEqual([flag, 'a b']);
  });

  it('hands arguments on untouched', () => {
    const args = ['--hidden', 'peal:call/anna?video', "it's", '$(touch x)', '*', '', '--', '\\n'];
    expect(given(args, wayland)).toEqual(['--ozone-platform=x11', ...args]);
    expect(given(args, {})).toEqual(args);
  });
});

/** What takes part: an app, its profile, and how its pages tell that a person can begin. */
import { join } from 'node:path';
import { electronPath } from '../../scripts/electron.mjs';
import { type ElectronProcess, startElectron } from '../../scripts/lib/electron-process';
import type { Page } from '../../scripts/lib/devtools';
import type { Env } from '../../tests/support/child';
import type { Cleanup } from '../../tests/support/cleanup';
import { anna } from '../../tests/support/people';
import { makeScratchDir, repositoryRoot } from '../../tests/support/scratch';
import { waitFor } from '../../tests/support/wait';

export interface Contender {
  readonly app: string;
  /** The same at every start: as on the days after the first. */
  readonly profile: string;
  readonly startPages: readonly string[];
  readonly usable: string;
  readonly env: Env;
}

export interface Started extends ElectronProcess {
  readonly home: Page;
  readonly usableMs: number;
}

/** Starts it and measures from the start of its process until its window can be used. */
export async function start({
  app,
  profile,
  startPages,
  usable,
  env,
}: Contender): Promise<Started> {
  // Fetched before the clock runs.
  await electronPath();
  const startedAt = Date.now();
  const running = await startElectron({
    ...{ app, startPages, env },
    dataFolder: profile,
    flags: ['--lang=en-US'],
  });
  const home = await running.devtools.page('/home.html');
  // A page that is just being loaded forgets what it was asked.
  const usableAt = await waitFor(() => home.markedAt(usable).catch(() => undefined), {
    what: `the mark ${usable}`,
    withinMs: 20_000,
  });
  return { ...running, home, usableMs: usableAt - startedAt };
}

export function bareWindow(env: Env, cleanup: Cleanup): Contender {
  return {
    app: join(repositoryRoot, 'bench/baseline/start/main.mjs'),
    profile: cleanup.own(makeScratchDir('bare')).path,
    startPages: ['/home.html'],
    usable: 'bare:usable',
    env,
  };
}

/** The product at its question: nobody has signed in yet. */
export function peal(name: string, env: Env, cleanup: Cleanup): Contender {
  const profile = cleanup.own(makeScratchDir(name)).path;
  return {
    ...{ app: repositoryRoot, profile, env: { ...env, HOME: profile, XDG_RUNTIME_DIR: profile } },
    startPages: ['/home.html', '/incoming.html'],
    usable: 'peal:usable',
  };
}

/** Somebody signs in, once and for all later starts of this profile. */
export async function signIn(contender: Contender, server: string): Promise<void> {
  await once(contender, async (home) => {
    await home.click({ role: 'button', name: 'Sign in' });
    await home.fill({ role: 'textbox', name: 'Server' }, server);
    await home.fill({ role: 'textbox', name: 'User name' }, anna.userId);
    await home.fill({ role: 'textbox', name: 'Password' }, anna.password);
    await home.click({ role: 'button', name: 'Sign in' });
  });
}

/** Somebody tries the server inside the app, once and for all later starts of this profile. */
export async function tryHere(contender: Contender): Promise<void> {
  await once(contender, async (home) => {
    await home.click({ role: 'button', name: 'Try it on this computer' });
    await home.fill({ role: 'textbox', name: 'Your name' }, anna.name);
    await home.click({ role: 'button', name: 'Start' });
  });
}

async function once(contender: Contender, what: (home: Page) => Promise<void>): Promise<void> {
  const started = await start(contender);
  try {
    await what(started.home);
    await hasSearch(started.home);
  } finally {
    await started.close();
  }
}

export const hasSearch = (home: Page): Promise<unknown> =>
  home.find({ role: 'textbox', name: 'Search people' });

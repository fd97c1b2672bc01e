/**
 * One running copy of the app, as it would be started by a person: the built one or the packaged one, with a profile
 * of its own, on a given display. It is steered through Chromium's debugging port, and that is all that is special
 * about it. Closing it makes sure that nothing of it is left and that nothing went wrong in it unnoticed.
 */
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumFlags, electronPath } from '../../scripts/electron.mjs';
import { isAlarming } from './app-noise';
import { processesNaming, startChild, type Child, type Env } from './child';
import type { Desk, Network } from './netns';
import { repositoryRoot } from './scratch';
import { waitFor } from './wait';

export type PageKind = 'home' | 'incoming' | 'call';

export interface LaunchOptions {
  /** The packaged app of dist/ instead of the built one of out/. */
  readonly packaged?: boolean;
  readonly userDataDir: string;
  /** Display, sound, bus. */
  readonly env: Env;
  readonly flags?: readonly string[];
  readonly place?: { readonly network: Network; readonly desk: Desk };
}

export const packagedBinary = join(repositoryRoot, 'dist/linux-unpacked/peal');

export async function launchApp(options: LaunchOptions): Promise<App> {
  const { place } = options;
  const problems: string[] = [];
  const [file, ...args] = await command(options);
  const child = startChild(file, args, {
    cwd: options.userDataDir,
    env: { LANG: 'C.UTF-8', LANGUAGE: 'en', NODE_OPTIONS: undefined, ...options.env },
    ...(place ? { namespace: place.network.namespace(place.desk) } : {}),
    onStderrLine: (line) => {
      if (isAlarming(line)) problems.push(`stderr: ${line}`);
    },
  });
  try {
    const inside = new URL(await child.firstMatch(/DevTools listening on (ws:\S+)/, 20_000));
    if (place)
      inside.port = String(await place.network.reachIntoDesk(place.desk, Number(inside.port)));
    const browser = await chromium.connectOverCDP(inside.href);
    return new App(child, browser, options.userDataDir, problems);
  } catch (error) {
    await child.close();
    throw error;
  }
}

async function command(options: LaunchOptions): Promise<[string, ...string[]]> {
  const flags = [
    ...chromiumFlags(),
    `--user-data-dir=${options.userDataDir}`,
    '--remote-debugging-port=0',
    '--lang=en-US',
    // Both apps run on this machine, which may have no network at all but loopback.
    ...(options.place ? [] : ['--allow-loopback-in-peer-connection']),
    ...(options.flags ?? []),
  ];
  if (options.packaged) return [packagedBinary, ...flags];
  return [await electronPath(), ...flags, repositoryRoot];
}

export class App {
  private readonly seen = new Set<Page>();
  private readonly expected: RegExp[] = [];

  constructor(
    readonly child: Child,
    private readonly browser: Browser,
    private readonly userDataDir: string,
    private readonly problems: string[],
  ) {
    for (const context of browser.contexts()) {
      for (const page of context.pages()) this.watch(page);
      context.on('page', (page) => this.watch(page));
    }
  }

  /** The open pages of a kind, hidden ones too, oldest first. */
  pages(kind: PageKind): Page[] {
    return this.browser
      .contexts()
      .flatMap((context) => context.pages())
      .filter((page) => !page.isClosed() && new URL(page.url()).pathname === `/${kind}.html`);
  }

  page(kind: PageKind, withinMs = 15_000): Promise<Page> {
    return waitFor(() => this.pages(kind).at(-1), { what: `the ${kind} page`, withinMs });
  }

  /** From now on these lines are part of the test and no fault. */
  expectProblem(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** What went wrong so far in any page and on standard error, without what was expected. */
  unexpectedProblems(): readonly string[] {
    return this.problems.filter((problem) => !this.expected.some((each) => each.test(problem)));
  }

  async close(): Promise<void> {
    // Only ends the debugging; the pages live on until the app ends.
    await this.browser.close();
    await this.child.close();
    const left = processesNaming(this.userDataDir);
    for (const pid of left) process.kill(pid, 'SIGKILL');
    const problems = [...this.unexpectedProblems()];
    if (left.length > 0) problems.push(`processes left behind: ${left.join(', ')}`);
    if (problems.length > 0) throw new Error(`The app had problems:\n${problems.join('\n')}`);
  }

  private watch(page: Page): void {
    if (this.seen.has(page)) return;
    this.seen.add(page);
    page.on('pageerror', (error) =>
      this.problems.push(`${page.url()}: ${error.stack ?? error.message}`),
    );
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(`${page.url()}: ${message.text()}`);
    });
  }
}

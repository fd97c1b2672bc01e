/**
 * One running copy of the app, as it would be started by a person: the built one or the packaged one, with a profile
 * of its own, on a given display. It is steered through Chromium's debugging port, and that is all that is special
 * about it. Closing it makes sure that nothing of it is left and that nothing went wrong in it unnoticed.
 */
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumFlags, electronPath } from '../../scripts/electron.mjs';
import { firstPages } from '../../scripts/lib/first-pages';
import { isAlarming } from './app-noise';
import { commandLine, processesNaming, startChild, startedAt, type Child, type Env } from './child';
import type { Desk, Network } from './netns';
import { repositoryRoot } from './scratch';
import { waitFor, within } from './wait';

export type PageKind = 'home' | 'incoming' | 'call' | 'echo';

export interface LaunchOptions {
  /** The installed app instead of the built one of out/. */
  readonly packaged?: boolean;
  /** Somebody with this id starts it: then the system's sandbox is on, too. */
  readonly uid?: number;
  readonly userDataDir: string;
  /** Display, sound, bus. */
  readonly env: Env;
  readonly flags?: readonly string[];
  readonly place?: { readonly network: Network; readonly desk: Desk };
}

/** What a package installs. With PEAL_APP all tests drive the app that it names: npm run test:installed. */
export const installedBinary = process.env['PEAL_APP'] ?? '/usr/bin/peal';

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
    await firstPages(inside.host, ['/home.html', '/incoming.html']);
    const browser = await chromium.connectOverCDP(inside.href, {
      timeout: 15_000,
      // The pages stay as a person has them: no pretended focus, colours or media.
      noDefaults: true,
    });
    return new App(child, browser, options.userDataDir, problems);
  } catch (error) {
    await child.close();
    throw new Error(`The app did not start. It said:\n${child.stderr().slice(-4_000)}`, {
      cause: error,
    });
  }
}

/** Of an app that runs already. Resolves when the second copy has ended. */
export async function startSecondCopy(
  options: LaunchOptions,
  words: readonly string[] = [],
): Promise<void> {
  const [file, ...args] = await command(options);
  const env = { LANG: 'C.UTF-8', NODE_OPTIONS: undefined, ...options.env };
  const second = startChild(file, [...args, ...words], { cwd: options.userDataDir, env });
  try {
    await within(second.exited, 15_000, 'the end of a second copy');
  } finally {
    await second.close();
  }
}

async function command(options: LaunchOptions): Promise<[string, ...string[]]> {
  const { uid } = options;
  const flags = [
    ...(uid === undefined ? chromiumFlags() : []),
    `--user-data-dir=${options.userDataDir}`,
    '--remote-debugging-port=0',
    '--lang=en-US',
    // Both apps run on this machine, which may have no network at all but loopback.
    ...(options.place ? [] : ['--allow-loopback-in-peer-connection']),
    ...(options.flags ?? []),
  ];
  const isInstalled = options.packaged === true || process.env['PEAL_APP'] !== undefined;
  if (isInstalled)
    return uid === undefined
      ? [installedBinary, ...flags]
      : [...commandOf(uid), installedBinary, ...flags];
  return [await electronPath(), ...flags, repositoryRoot];
}

/** How the command lines of Chromium's helpers begin. */
const partMarks = {
  graphics: '--type=gpu-process',
  sound: '--utility-sub-type=audio.mojom.AudioService',
  network: '--utility-sub-type=network.mojom.NetworkService',
} as const;

/** Before the words of a command: an ordinary person gives it. */
export function commandOf(uid: number): readonly [string, ...string[]] {
  const id = String(uid);
  return ['setpriv', '--pdeathsig=KILL', `--reuid=${id}`, `--regid=${id}`, '--clear-groups'];
}

export class App {
  private readonly seen = new Set<Page>();
  private readonly crashed = new Set<Page>();
  private readonly expected: RegExp[] = [];

  constructor(
    readonly child: Child,
    private readonly browser: Browser,
    readonly userDataDir: string,
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
      .filter((page) => !page.isClosed() && !this.crashed.has(page))
      .filter((page) => new URL(page.url()).pathname === `/${kind}.html`);
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

  /**
   * The processes of pages, oldest first: home and the card are the first two; each call window has one of its own.
   * Pages do not say which process they are in, so what a test did last tells.
   */
  rendererPids(): readonly number[] {
    return processesNaming(this.userDataDir)
      .filter((pid) => commandLine(pid).includes('--type=renderer'))
      .sort((a, b) => startedAt(a) - startedAt(b));
  }

  /** The server inside the app dies at once. */
  killServer(): void {
    this.#killHelper('--utility-sub-type=node.mojom.NodeService');
  }

  /** What draws the windows, plays and records, or has the sockets, dies at once. Chromium starts another one. */
  killPart(part: keyof typeof partMarks): void {
    this.#killHelper(partMarks[part]);
  }

  #killHelper(mark: string): void {
    const pid = processesNaming(this.userDataDir).find((each) => commandLine(each).includes(mark));
    if (pid === undefined) throw new Error(`There is no process with ${mark}.`);
    process.kill(pid, 'SIGKILL');
  }

  /** The main process dies; what it leaves behind has to end by itself. */
  async kill(): Promise<void> {
    process.kill(this.child.pid, 'SIGKILL');
    await this.child.exited;
    await waitFor(() => processesNaming(this.userDataDir).length === 0, {
      what: 'the end of the windows of a killed app',
    });
    await this.browser.close();
  }

  async close(): Promise<void> {
    // Only ends the debugging; the pages live on until the app ends.
    await this.browser.close();
    await this.child.close();
    const left = processesNaming(this.userDataDir);
    for (const pid of left) process.kill(pid, 'SIGKILL');
    const problems = [...this.unexpectedProblems()];
    if (left.length > 0) problems.push(`processes left behind: ${left.join(', ')}`);
    if (problems.length === 0) return;
    const log = this.child.stderr().slice(-6_000);
    throw new Error(`The app had problems:\n${problems.join('\n')}\nAll it said:\n${log}`);
  }

  private watch(page: Page): void {
    if (this.seen.has(page)) return;
    this.seen.add(page);
    page.on('crash', () => this.crashed.add(page));
    page.on('pageerror', (error) =>
      this.problems.push(`${page.url()}: ${error.stack ?? error.message}`),
    );
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(`${page.url()}: ${message.text()}`);
    });
  }
}

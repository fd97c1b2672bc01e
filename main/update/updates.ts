/**
 * Newer versions of Peal, as home shows them. A version is announced as soon as the feed was read. Elsewhere than on
 * Linux its installer is then fetched and checked, and offered once it is here.
 */
import type { UpdateNews, UpdateState } from '#common/ipc';
import type { UpdateProblem } from '#common/problems';
import { type Result, err, ok } from '#protocol/result';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { UpdateChecker } from './checker';
import type { UpdateSource } from './configuration';
import { downloadLimitMs } from './download';
import type { UpdateFeed } from './feed';
import type { Fetch } from './fetching';
import { Installer, type WantedInstaller } from './installer';

/** What is kept between runs. */
export interface UpdateMemory {
  readonly newestSignedAt?: number;
  readonly dismissed?: string;
}

export interface UpdatesOptions {
  /** Null: updates are off. */
  readonly source: UpdateSource | null;
  readonly version: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Where downloads lie. */
  readonly folder: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly memory: {
    readonly get: () => UpdateMemory;
    readonly set: (memory: UpdateMemory) => void;
  };
  readonly isInCall: () => boolean;
  readonly openPage: (address: string) => void;
  /** Gives an error's text, or nothing. */
  readonly openFile: (path: string) => Promise<string>;
  readonly quit: () => void;
  readonly onChanged: (state: UpdateState) => void;
  readonly limitMs?: number;
}

export class Updates {
  readonly #options: UpdatesOptions;
  readonly #checker: UpdateChecker | null;
  readonly #installer: Installer;
  #announced: UpdateFeed | null = null;
  #installing: Promise<Result<null, UpdateProblem>> | null = null;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    const { source, memory, limitMs = 20_000 } = options;
    this.#checker =
      source &&
      new UpdateChecker({
        ...options,
        source,
        limitMs,
        newestSeen: {
          get: () => memory.get().newestSignedAt ?? 0,
          set: (newestSignedAt) => memory.set({ ...memory.get(), newestSignedAt }),
        },
        onSeen: (feed) => this.#take(feed),
      });
    this.#installer = new Installer({
      ...options,
      limitMs: options.limitMs ?? downloadLimitMs,
      onChanged: () => this.#tell(),
      onFailed: () => this.#checker?.lookAgain(),
    });
  }

  get state(): UpdateState {
    return { isOn: this.#checker !== null, news: this.#news() };
  }

  start(): void {
    this.#checker?.start();
  }

  stop(): void {
    this.#checker?.stop();
    this.#installer.stop();
  }

  /** The person asks; what they have put aside is news again. Whether the feed could be read: a download goes on by itself. */
  async check(): Promise<boolean> {
    const { memory } = this.#options;
    const { dismissed: _shownAgain, ...rest } = memory.get();
    memory.set(rest);
    const isLooked = (await this.#checker?.checkNow()) ?? false;
    this.#tell();
    return isLooked;
  }

  dismiss(version: string): void {
    const { memory } = this.#options;
    memory.set({ ...memory.get(), dismissed: version });
    this.#tell();
  }

  openPage(): void {
    if (this.#announced?.page !== undefined) this.#options.openPage(this.#announced.page);
  }

  /** A second click meanwhile is the same one. */
  install(): Promise<Result<null, UpdateProblem>> {
    this.#installing ??= this.#install().finally(() => (this.#installing = null));
    return this.#installing;
  }

  /** A call is never cut: it may have begun while the file was read, or while the system started it. */
  async #install(): Promise<Result<null, UpdateProblem>> {
    const { isInCall, openFile, quit, log } = this.#options;
    if (isInCall()) return err('in-call');
    const path = await this.#installer.intact();
    if (path === null) {
      log.error('update: the installer is not here, or was changed on the disk');
      return err('failed');
    }
    if (isInCall()) return err('in-call');
    const problem = await openFile(path);
    if (problem !== '') {
      log.error(`update: the installer did not start (${problem})`);
      this.#installer.forget();
      return err('failed');
    }
    if (isInCall()) return err('in-call');
    quit();
    return ok(null);
  }

  #take(feed: UpdateFeed | null): void {
    this.#announced = feed;
    this.#installer.want(feed && this.#installerIn(feed));
    this.#tell();
  }

  /** What this computer would install; null where a version is only announced. */
  #installerIn({ files, version }: UpdateFeed): WantedInstaller | null {
    const { platform, arch } = this.#options;
    if (platform === 'linux') return null;
    const file = files.find((one) => one.platform === platform && one.arch === arch);
    return file ? { version, file } : null;
  }

  #news(): UpdateNews | null {
    const feed = this.#announced;
    if (!feed || this.#options.memory.get().dismissed === feed.version) return null;
    return {
      version: feed.version,
      notes: feed.notes,
      hasPage: feed.page !== undefined,
      step: this.#installer.step,
    };
  }

  #tell(): void {
    this.#options.onChanged(this.state);
  }
}

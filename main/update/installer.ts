/**
 * The installer of the newest version, where there is one for this computer: fetched in the background, at most one at a
 * time. A call has the line for itself: a download that would begin during one waits for its end.
 */
import { rm } from 'node:fs/promises';
import type { UpdateStep } from '#common/ipc';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { download, isIntact } from './download';
import type { UpdateFile } from './feed';
import { type Fetch, reasonOf } from './fetching';

/** In one run; then the version stays announced, as on Linux. */
const maxDownloads = 3;
const waitMs = 60_000;

export interface InstallerOptions {
  /** Where downloads lie. */
  readonly folder: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Log;
  readonly limitMs: number;
  readonly isInCall: () => boolean;
  readonly onChanged: () => void;
  /** The download is not there, and is worth another look at the feed. */
  readonly onFailed: () => void;
}

export interface WantedInstaller {
  readonly version: string;
  readonly file: UpdateFile;
}

export class Installer {
  readonly #options: InstallerOptions;
  #wanted: WantedInstaller | null = null;
  #step: UpdateStep = 'announced';
  #path: string | null = null;
  #failed = { sha512: '', count: 0 };
  #ending = new AbortController();
  #cancelWait: () => void = () => undefined;
  /** One after the other: a download that is ended still has its file open for a moment. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: InstallerOptions) {
    this.#options = options;
  }

  get step(): UpdateStep {
    return this.#step;
  }

  /** Returns at once. Null: nothing is to be installed, and what lies in the folder goes. */
  want(wanted: WantedInstaller | null): void {
    const isSame = wanted?.file.sha512 === this.#wanted?.file.sha512;
    if (wanted && isSame && this.#step !== 'announced') return;
    this.stop();
    this.#wanted = wanted;
    if (wanted) this.#begin(wanted);
    else this.#after(() => this.#clear());
  }

  /** Null: it is not here, or somebody has changed it since. Then it is fetched anew when it is wanted again. */
  async intact(): Promise<string | null> {
    const path = this.#path;
    const file = this.#wanted?.file;
    if (path === null || !file) return null;
    const isGood = await isIntact(path, file);
    // Another version took its place meanwhile.
    if (this.#path !== path) return null;
    if (!isGood) this.forget();
    return isGood ? path : null;
  }

  /** What is here cannot be used. */
  forget(): void {
    this.#path = null;
    this.#to('announced');
  }

  /** Ends a download that is going on, and the wait for one. */
  stop(): void {
    this.#ending.abort(new Error('it is no longer wanted'));
    this.#ending = new AbortController();
    this.#cancelWait();
    this.#path = null;
    this.#step = 'announced';
  }

  #begin(wanted: WantedInstaller): void {
    const { clock, isInCall } = this.#options;
    const { sha512 } = wanted.file;
    if (this.#failed.sha512 === sha512 && this.#failed.count >= maxDownloads) return;
    if (isInCall()) {
      this.#to('waiting');
      this.#cancelWait = clock.after(waitMs, () => this.#begin(wanted));
      return;
    }
    const { signal } = this.#ending;
    this.#to('fetching');
    this.#after(() => this.#fetch(wanted, signal));
  }

  async #fetch({ version, file }: WantedInstaller, signal: AbortSignal): Promise<void> {
    const { fetch, folder, limitMs } = this.#options;
    try {
      const path = await download({ fetch, file, version, folder, limitMs, signal });
      signal.throwIfAborted();
      this.#path = path;
      this.#to('ready');
    } catch (error) {
      if (!signal.aborted) this.#fail(file, error);
    }
  }

  #fail({ sha512 }: UpdateFile, error: unknown): void {
    const { log, onFailed } = this.#options;
    const count = this.#failed.sha512 === sha512 ? this.#failed.count + 1 : 1;
    this.#failed = { sha512, count };
    log.warn(`update: the download failed (${reasonOf(error)})`);
    this.#to('announced');
    if (count < maxDownloads) onFailed();
  }

  /** What is left of a version that is installed by now, or was taken back. */
  async #clear(): Promise<void> {
    const { folder, log } = this.#options;
    try {
      await rm(folder, { recursive: true, force: true });
    } catch (error) {
      log.warn(`update: old downloads cannot be removed (${reasonOf(error)})`);
    }
  }

  #after(next: () => Promise<void>): void {
    this.#work = this.#work.then(next);
  }

  #to(step: UpdateStep): void {
    this.#step = step;
    this.#options.onChanged();
  }
}

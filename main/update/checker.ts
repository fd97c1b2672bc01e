/**
 * Looks for a newer version, once in a while and never on the way to the first window. Whatever goes wrong is one line
 * in the log and another try later: nobody is bothered with a feed that does not answer.
 */
import { type Result, err, ok } from '#protocol/result';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { UpdateSource } from './configuration';
import { type UpdateFeed, readFeed } from './feed';
import { type Fetch, fetchSmall, reasonOf } from './fetching';
import { isNewer } from './version';

const minute = 60_000;
/** The shortest times; up to half of each is added, so that not everybody comes at nine o'clock. */
const firstAfterMs = 2 * minute;
const nextAfterMs = 20 * 60 * minute;
const againAfterMs = 60 * minute;

const feedBytes = 64 * 1024;
const signatureBytes = 256;

export interface UpdateCheckerOptions {
  readonly source: UpdateSource;
  /** Of this copy. */
  readonly version: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** For each of the two small files. */
  readonly limitMs: number;
  /** When the newest feed was signed that any run has seen. */
  readonly newestSeen: { readonly get: () => number; readonly set: (signedAt: number) => void };
  /** Null: there is nothing newer than this copy. What it begins goes on by itself. */
  readonly onSeen: (feed: UpdateFeed | null) => void;
}

export class UpdateChecker {
  readonly #options: UpdateCheckerOptions;
  #cancel: () => void = () => undefined;
  #isStopped = false;
  #running: Promise<boolean> | null = null;

  constructor(options: UpdateCheckerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#checkAfter(firstAfterMs);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  /** Sooner than tomorrow: what the last look led to did not work. */
  lookAgain(): void {
    this.#checkAfter(againAfterMs);
  }

  /** Whether the feed could be read. A second one meanwhile is the same one. */
  checkNow(): Promise<boolean> {
    this.#cancel();
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  /** What the feed says; null: nothing newer. */
  async look(): Promise<Result<UpdateFeed | null, string>> {
    const { version, newestSeen } = this.#options;
    const feed = await this.#fetch();
    if (!feed.ok) return feed;
    const { signedAt } = feed.value;
    if (signedAt < newestSeen.get()) return err('the feed is older than one seen before');
    if (signedAt > newestSeen.get()) newestSeen.set(signedAt);
    return ok(isNewer(feed.value.version, version) ? feed.value : null);
  }

  async #fetch(): Promise<Result<UpdateFeed, string>> {
    const { fetch, limitMs: ms, source } = this.#options;
    const { feed, keys } = source;
    const address = new URL(feed);
    address.pathname += '.sig';
    try {
      const signature = await fetchSmall(fetch, address.href, { bytes: signatureBytes, ms });
      const bytes = await fetchSmall(fetch, feed, { bytes: feedBytes, ms });
      return readFeed({ bytes, signature: signature.toString('latin1') }, keys, feed);
    } catch (error) {
      return err(reasonOf(error));
    }
  }

  #checkAfter(delayMs: number): void {
    const { clock, random } = this.#options;
    if (this.#isStopped) return;
    this.#cancel();
    const jitter = 1 + random() / 2;
    this.#cancel = clock.after(Math.round(delayMs * jitter), () => void this.checkNow());
  }

  async #run(): Promise<boolean> {
    const { log, onSeen } = this.#options;
    const found = await this.look().catch((error: unknown) => err(reasonOf(error)));
    if (!found.ok) log.warn(`update: ${found.error}`);
    // First, for what it leads to may want to come sooner.
    this.#checkAfter(found.ok ? nextAfterMs : againAfterMs);
    if (found.ok && !this.#isStopped) onSeen(found.value);
    return found.ok;
  }
}

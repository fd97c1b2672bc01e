/** Makes the records of former versions findable beside what the server does, and says in the log how it goes. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Ticker } from './calls/ticker';
import { type Log, describeError } from './log';
import type { RecordStore } from './store/store';

const tellEveryMs = 10_000;
const tryAgainAfterMs = 60_000;
/** In one run; then they are only counted. */
const mostNamed = 10;

type OldRecords = Pick<RecordStore, 'indexNext'>;

/** Ends by itself once all are findable; until then whoever started it stops it before the database is closed. */
export function startRecordIndexing(
  records: OldRecords,
  log: Log,
  againAfterMs = tryAgainAfterMs,
): Ticker {
  const ending = new AbortController();
  const done = new Indexing(records, log, againAfterMs).run(ending.signal);
  return {
    stop: () => {
      ending.abort();
      return done;
    },
  };
}

class Indexing {
  readonly #records: OldRecords;
  readonly #log: Log;
  readonly #againAfterMs: number;
  readonly #startedAt = performance.now();
  #toldAt = this.#startedAt;
  #indexed = 0;
  #unreadable = 0;

  constructor(records: OldRecords, log: Log, againAfterMs: number) {
    this.#records = records;
    this.#log = log;
    this.#againAfterMs = againAfterMs;
  }

  async run(signal: AbortSignal): Promise<void> {
    let isDone = false;
    while (!isDone && !signal.aborted) {
      isDone = await this.#step(signal);
      // Whoever calls meanwhile goes first.
      await setImmediate();
    }
    if (this.#indexed + this.#unreadable === 0) return;
    const message = isDone ? 'old records indexed' : 'old records are indexed on at the next start';
    this.#log('info', message, this.#figures());
  }

  /** Whether that was all. A database that fails is asked again later. */
  async #step(signal: AbortSignal): Promise<boolean> {
    try {
      const found = await this.#records.indexNext();
      if (found) this.#count(found.records, found.unreadableIds);
      return found === null;
    } catch (error) {
      this.#log('warn', 'old records cannot be indexed now', describeError(error));
      await setTimeout(this.#againAfterMs, null, { signal }).catch(() => undefined);
      return false;
    }
  }

  #count(records: number, unreadableIds: readonly string[]): void {
    for (const record of unreadableIds.slice(0, Math.max(0, mostNamed - this.#unreadable))) {
      this.#log('warn', 'an old record cannot be read', { record });
    }
    this.#unreadable += unreadableIds.length;
    this.#indexed += records - unreadableIds.length;
    const now = performance.now();
    if (now - this.#toldAt < tellEveryMs) return;
    this.#toldAt = now;
    this.#log('info', 'indexing old records', this.#figures());
  }

  #figures(): Readonly<Record<string, number>> {
    const tookMs = Math.round(performance.now() - this.#startedAt);
    return { indexed: this.#indexed, unreadable: this.#unreadable, tookMs };
  }
}

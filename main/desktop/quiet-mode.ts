/**
 * Whether the system of this computer says that the person does not want to be disturbed: known beforehand, so that no
 * ring waits for an answer. A signal on the session bus, or a calm beat for those who send none, is the reason to ask;
 * the answers alone count. Who does not answer counts as not quiet.
 */
import type { Clock } from '../clock';
import { type QuietSource, notifierChanges } from './quiet-sources';
import type { WatchBus } from './watch-bus';

/** Also brings back a watch that was lost. */
const everyMs = 30_000;

export interface QuietModeOptions {
  readonly sources: readonly QuietSource[];
  readonly watchBus: WatchBus;
  /** The person wants Peal to obey the system. */
  readonly follows: () => boolean;
  readonly clock: Clock;
}

export class QuietMode {
  readonly #options: QuietModeOptions;
  readonly #listeners = new Set<(isQuiet: boolean) => void>();
  #saysQuiet = false;
  #told = false;
  #isAsking = false;
  /** How often there was a reason to ask. */
  #reasons = 0;
  #endWatch: (() => void) | null = null;
  #cancelBeat: () => void = () => undefined;
  #isOver = false;

  constructor(options: QuietModeOptions) {
    this.#options = options;
  }

  get isQuiet(): boolean {
    return this.#options.follows() && this.#saysQuiet;
  }

  /** Told at each change. Returns its end. */
  onChanged(listener: (isQuiet: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    if (this.#options.sources.length > 0) this.#beat();
  }

  stop(): void {
    this.#isOver = true;
    this.#cancelBeat();
    this.#endWatch?.();
    this.#listeners.clear();
  }

  /** The person may have chosen to follow the system, or not to. */
  refresh(): void {
    this.#tell();
  }

  /** Something may have changed, by a signal or while the machine slept. */
  look(): void {
    this.#reasons += 1;
    if (!this.#isAsking && !this.#isOver) void this.#ask();
  }

  #beat(): void {
    this.#cancelBeat = this.#options.clock.after(everyMs, () => this.#beat());
    this.#endWatch ??= this.#watch();
    this.look();
  }

  #watch(): () => void {
    const { sources, watchBus } = this.#options;
    const rules = new Set([notifierChanges, ...sources.map(({ changes }) => changes)]);
    return watchBus([...rules], {
      onSignal: () => this.look(),
      onLost: () => (this.#endWatch = null),
    });
  }

  /** However many signals come, there is one question at a time to each. */
  async #ask(): Promise<void> {
    this.#isAsking = true;
    let known: number;
    do {
      known = this.#reasons;
      const answers = await Promise.all(this.#options.sources.map(({ ask }) => ask()));
      if (this.#isOver) return;
      this.#saysQuiet = answers.includes(true);
      this.#tell();
    } while (known !== this.#reasons);
    this.#isAsking = false;
  }

  #tell(): void {
    const { isQuiet } = this;
    if (this.#isOver || isQuiet === this.#told) return;
    this.#told = isQuiet;
    for (const listener of this.#listeners) listener(isQuiet);
  }
}

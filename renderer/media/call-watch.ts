/**
 * Watches the links of one call: who speaks (speakers.ts), what each link and the processor carry (pressure.ts), and
 * gives every link its budget (budget.ts). Its time is counted in its own readings, so a page that slept has not seen
 * everybody fall silent.
 */
import { type LinkBudget, budgetOf } from './budget';
import type { Clock } from './link-peer';
import {
  type LinkReading,
  type Pressure,
  newPressure,
  pressLink,
  pressProcessor,
  roomOf,
} from './pressure';
import {
  type Levels,
  type Voices,
  hearLevels,
  lastHeardFirst,
  noVoices,
  speakerTiming,
  speakingLegs,
} from './speakers';

/** What can be read from a connection. Nothing here rejects. */
export interface LinkGauge {
  /** How loud the other end's voice is now, 0 to 1. */
  heardLevel(): number;
  /** How loud the own voice is. */
  ownLevel(): Promise<number>;
  reading(): Promise<LinkReading>;
}

export interface WatchedLink {
  /** null: there is no connection to read. */
  readonly gauge: LinkGauge | null;
  /** The height at which the other end shows us; null: it never said. */
  readonly shownHeight: number | null;
  setBudget(budget: LinkBudget): void;
}

export interface WatchedCall {
  readonly ownLegId: string;
  readonly links: ReadonlyMap<string, WatchedLink>;
}

const { readEveryMs } = speakerTiming;
/** Levels are cheap and wanted soon; statistics are neither. */
const levelsPerReading = 5;

export class CallWatch {
  readonly #clock: Clock;
  readonly #call: () => WatchedCall | null;
  readonly #onSpeaking: (legIds: readonly string[]) => void;
  #cancelAlarm: (() => void) | null = null;
  #ticks = 0;
  #isReading = false;
  #isStopped = false;
  #voices: Voices = noVoices;
  #toldSpeaking: readonly string[] = [];
  #processor: Pressure = newPressure(0);
  #pressures: ReadonlyMap<string, Pressure> = new Map();

  constructor(
    clock: Clock,
    call: () => WatchedCall | null,
    onSpeaking: (legIds: readonly string[]) => void,
  ) {
    this.#clock = clock;
    this.#call = call;
    this.#onSpeaking = onSpeaking;
  }

  /** Whoever was heard last comes first. */
  get speakers(): readonly string[] {
    return lastHeardFirst(this.#voices);
  }

  /** The call has other links than before, or is seen differently. Watching begins with the first link. */
  update(): void {
    this.#spendBudget();
    if (!this.#cancelAlarm && this.#call()) this.#setAlarm();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelAlarm?.();
    this.#cancelAlarm = null;
  }

  get #now(): number {
    return this.#ticks * readEveryMs;
  }

  #setAlarm(): void {
    this.#cancelAlarm = this.#clock.after(readEveryMs, () => {
      this.#cancelAlarm = null;
      if (!this.#call()) {
        this.#hear(new Map());
        return;
      }
      this.#ticks += 1;
      this.#setAlarm();
      // A slow answer costs a reading, never a second question on top of it.
      if (!this.#isReading) void this.#read();
    });
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    const call = this.#call();
    // Of two people nobody needs to be told who speaks, and both have all there is.
    if (call && call.links.size > 1) this.#hear(await levelsOf(call));
    else this.#hear(new Map());
    if (call && this.#ticks % levelsPerReading === 0) this.#press(await readingsOf(call));
    this.#isReading = false;
    this.#spendBudget();
  }

  #hear(levels: Levels): void {
    if (this.#isStopped) return;
    this.#voices = hearLevels(this.#voices, levels, this.#now);
    const speaking = speakingLegs(this.#voices);
    if (speaking.join() === this.#toldSpeaking.join()) return;
    this.#toldSpeaking = speaking;
    this.#onSpeaking(speaking);
  }

  #press(readings: ReadonlyMap<string, LinkReading>): void {
    const now = this.#now;
    const isShort = [...readings.values()].some(({ isProcessorShort }) => isProcessorShort);
    this.#processor = pressProcessor(this.#processor, isShort, now);
    this.#pressures = new Map(
      [...readings].map(([legId, reading]) => {
        const before = this.#pressures.get(legId) ?? newPressure(now);
        return [legId, pressLink(before, reading, now)] as const;
      }),
    );
  }

  #spendBudget(): void {
    const call = this.#call();
    if (!call) return;
    const facts = {
      participants: call.links.size + 1,
      isSpeaking: this.#toldSpeaking.includes(call.ownLegId),
      strain: this.#processor.level,
    };
    for (const [legId, link] of call.links) {
      const pressure = this.#pressures.get(legId);
      const room = pressure ? roomOf(pressure) : 'free';
      link.setBudget(budgetOf(facts, { room, shownHeight: link.shownHeight }));
    }
  }
}

async function levelsOf({ ownLegId, links }: WatchedCall): Promise<Levels> {
  const gauges = [...links.values()].flatMap(({ gauge }) => gauge ?? []);
  const own = (await gauges[0]?.ownLevel()) ?? 0;
  const others = [...links].map(([legId, { gauge }]) => [legId, gauge?.heardLevel() ?? 0] as const);
  return new Map([[ownLegId, own], ...others]);
}

/** A link without a connection has none, and starts afresh when it has one. */
async function readingsOf({ links }: WatchedCall): Promise<ReadonlyMap<string, LinkReading>> {
  const asked = [...links].flatMap(([legId, { gauge }]) =>
    gauge ? [gauge.reading().then((reading) => [legId, reading] as const)] : [],
  );
  return new Map(await Promise.all(asked));
}

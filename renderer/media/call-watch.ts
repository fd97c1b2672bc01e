/**
 * Watches the links of one call: who speaks (speakers.ts), what each link and the processor carry (pressure.ts), what
 * a link loses (loss.ts), and gives every link its budget (budget.ts). Its time is counted in its own ticks, so a
 * page that slept has not seen everybody fall silent.
 *
 * Statistics are dear (3 ms each): one connection is asked at a time, each about once a second, and the answer tells how
 * loud the own voice is as well.
 */
import { type LinkBudget, budgetOf } from './budget';
import type { Clock } from './link-peer';
import { type Loss, noLoss, noteLoss } from './loss';
import { PatientReader } from './patient-reader';
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
  /** A call of two that others may join: who speaks then is of use to them. */
  readonly isGroup: boolean;
  /** What cannot be heard need not be listened to. */
  readonly isMuted: boolean;
  readonly links: ReadonlyMap<string, WatchedLink>;
}

/** What is known of one link. */
interface LinkHealth {
  /** Of this connection, and of no other that took its place. */
  readonly gauge: LinkGauge;
  readonly pressure: Pressure;
  readonly loss: Loss;
  readonly isProcessorShort: boolean;
  readonly readAtTick: number;
}

interface LinkToRead {
  readonly legId: string;
  readonly gauge: LinkGauge;
}

const { readEveryMs } = speakerTiming;
/** Who speaks is wanted soon, all the rest is not. */
const ticksPerReading = 5;

export class CallWatch {
  readonly #clock: Clock;
  readonly #call: () => WatchedCall | null;
  readonly #onSpeaking: (legIds: readonly string[]) => void;
  readonly #reader: PatientReader;
  #cancelAlarm: (() => void) | null = null;
  #ticks = 0;
  #processorAtTick = 0;
  #isReading = false;
  #isStopped = false;
  #voices: Voices = noVoices;
  #speaking: readonly string[] = [];
  #toldSpeaking: readonly string[] = [];
  #processor: Pressure = newPressure(0);
  #healths: ReadonlyMap<string, LinkHealth> = new Map();

  constructor(
    clock: Clock,
    call: () => WatchedCall | null,
    onSpeaking: (legIds: readonly string[]) => void,
  ) {
    this.#clock = clock;
    this.#call = call;
    this.#onSpeaking = onSpeaking;
    this.#reader = new PatientReader(clock);
  }

  isSpeaking(legId: string): boolean {
    return this.#speaking.includes(legId);
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
    this.#reader.stop();
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
    try {
      const ownLevel = await this.#readNextLink();
      await this.#readLevels(ownLevel);
    } finally {
      this.#isReading = false;
    }
    this.#pressProcessor();
    this.#spendBudget();
  }

  /** The link that has waited longest, where it has waited long enough; gives how loud the own voice is. */
  async #readNextLink(): Promise<number | null> {
    const links = this.#call()?.links ?? new Map<string, WatchedLink>();
    // A link starts afresh with every connection.
    this.#healths = new Map(
      [...this.#healths].filter(([legId, { gauge }]) => links.get(legId)?.gauge === gauge),
    );
    const [next] = [...links]
      .flatMap(([legId, { gauge }]) => (gauge ? [{ legId, gauge, at: this.#readAt(legId) }] : []))
      .filter(({ at }) => this.#ticks - at >= ticksPerReading)
      .sort((one, other) => one.at - other.at);
    if (!next) return null;
    const reading = await this.#reader.ask(next.gauge, (one) => one.reading());
    this.#healths = new Map(this.#healths).set(next.legId, this.#healthWith(next, reading));
    return reading?.ownLevel ?? null;
  }

  #readAt(legId: string): number {
    return this.#healths.get(legId)?.readAtTick ?? -Infinity;
  }

  async #readLevels(ownLevel: number | null): Promise<void> {
    const call = this.#call();
    const isHeard = call !== null && (call.isGroup || call.links.size > 1);
    const own = isHeard && !call.isMuted ? (ownLevel ?? (await this.#ownLevel(call))) : 0;
    // Whoever left meanwhile is not heard any more.
    const present = this.#call();
    this.#hear(isHeard && present ? levelsOf(present, own) : new Map());
  }

  async #ownLevel({ links }: WatchedCall): Promise<number> {
    const gauge = [...links.values()].find((link) => link.gauge)?.gauge;
    return (gauge && (await this.#reader.ask(gauge, (one) => one.ownLevel()))) ?? 0;
  }

  #hear(levels: Levels): void {
    if (this.#isStopped) return;
    this.#voices = hearLevels(this.#voices, levels, this.#now);
    this.#speaking = speakingLegs(this.#voices);
    // Two people need not be told which of them speaks.
    const told = levels.size > 2 ? this.#speaking : [];
    if (told.join() === this.#toldSpeaking.join()) return;
    this.#toldSpeaking = told;
    this.#onSpeaking(told);
  }

  #pressProcessor(): void {
    if (this.#ticks - this.#processorAtTick < ticksPerReading) return;
    this.#processorAtTick = this.#ticks;
    const isShort = [...this.#healths.values()].some((health) => health.isProcessorShort);
    this.#processor = pressProcessor(this.#processor, isShort, this.#now);
  }

  /** A link that owes its answer keeps what was known of it, and waits for its turn again. */
  #healthWith({ legId, gauge }: LinkToRead, reading: LinkReading | null): LinkHealth {
    const now = this.#now;
    const known = this.#healths.get(legId);
    const before = known ?? { pressure: newPressure(now), loss: noLoss, isProcessorShort: false };
    const here = { gauge, readAtTick: this.#ticks };
    if (!reading) return { ...before, ...here };
    // A full line loses too; what it does beside that is seen when it is not full any more.
    const loss = before.pressure.level > 0 ? noLoss : noteLoss(before.loss, reading, now);
    // What loses brings the browser's estimate down, however much room there is.
    const seen = loss.isLossy ? { ...reading, availableBitrate: null } : reading;
    const pressure = pressLink(before.pressure, seen, now);
    return { ...here, loss, pressure, isProcessorShort: reading.isProcessorShort };
  }

  #spendBudget(): void {
    const call = this.#call();
    if (!call) return;
    const facts = {
      participants: call.links.size + 1,
      isSpeaking: this.isSpeaking(call.ownLegId),
      strain: this.#processor.level,
    };
    for (const [legId, { shownHeight, ...link }] of call.links) {
      const health = this.#healths.get(legId);
      const room = health ? roomOf(health.pressure) : 'free';
      const isLossy = health?.loss.isLossy ?? false;
      link.setBudget(budgetOf(facts, { room, shownHeight, isLossy }));
    }
  }
}

function levelsOf({ ownLegId, links }: WatchedCall, own: number): Levels {
  const others = [...links].map(([legId, { gauge }]) => [legId, gauge?.heardLevel() ?? 0] as const);
  return new Map([[ownLegId, own], ...others]);
}

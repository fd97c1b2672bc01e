/**
 * Watches the links of one call: who speaks (speakers.ts), what each link and the processor carry (pressure.ts), what
 * a link loses (loss.ts), and gives every link its budget (budget.ts). Its time is counted in its own readings, so a
 * page that slept has not seen everybody fall silent.
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
  readonly pressure: Pressure;
  readonly loss: Loss;
}

const { readEveryMs } = speakerTiming;
/** Levels are cheap and wanted soon; statistics are neither. */
const levelsPerReading = 5;
/** Where no picture goes out, only the voice's reports tell anything, and they come every five seconds. */
const levelsPerQuietReading = 15;

export class CallWatch {
  readonly #clock: Clock;
  readonly #call: () => WatchedCall | null;
  readonly #onSpeaking: (legIds: readonly string[]) => void;
  readonly #reader: PatientReader;
  #cancelAlarm: (() => void) | null = null;
  #ticks = 0;
  #readAtTick = 0;
  #isPictureSent = true;
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
    await this.#readLevels();
    if (this.#isReadingDue) await this.#readLinks();
    this.#isReading = false;
    this.#spendBudget();
  }

  async #readLevels(): Promise<void> {
    const call = this.#call();
    const isHeard = call !== null && (call.isGroup || call.links.size > 1);
    const own = isHeard && !call.isMuted ? await this.#ownLevel(call) : 0;
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

  get #isReadingDue(): boolean {
    const wait = this.#isPictureSent ? levelsPerReading : levelsPerQuietReading;
    return this.#ticks - this.#readAtTick >= wait;
  }

  async #readLinks(): Promise<void> {
    this.#readAtTick = this.#ticks;
    const links = [...(this.#call()?.links ?? [])];
    const readings = await Promise.all(
      links.map(async ([legId, { gauge }]) => {
        const reading = gauge && (await this.#reader.ask(gauge, (one) => one.reading()));
        return { legId, isThere: gauge !== null, reading };
      }),
    );
    const known = readings.flatMap(({ reading }) => reading ?? []);
    this.#isPictureSent = known.length === 0 || known.some(({ isCameraSent }) => isCameraSent);
    const isShort = known.some(({ isProcessorShort }) => isProcessorShort);
    this.#processor = pressProcessor(this.#processor, isShort, this.#now);
    // A link without a connection has no health, and starts afresh when it has one; one that is slow keeps its own.
    const there = readings.filter(({ isThere }) => isThere);
    this.#healths = new Map(
      there.map(({ legId, reading }) => [legId, this.#healthWith(legId, reading)] as const),
    );
  }

  #healthWith(legId: string, reading: LinkReading | null): LinkHealth {
    const now = this.#now;
    const before = this.#healths.get(legId) ?? { pressure: newPressure(now), loss: noLoss };
    if (!reading) return before;
    return {
      pressure: pressLink(before.pressure, reading, now),
      loss: noteLoss(before.loss, reading, now),
    };
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

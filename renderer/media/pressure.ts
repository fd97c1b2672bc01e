/**
 * When to take less and when to try more again. Down at once where a voice suffers, after a few readings on end where it
 * soon might; up only after a long good time, since nothing measures what a link would carry that carries little: one
 * has to try. Each try that fails makes the next one wait twice as long.
 */
import { type LinkRoom, linkRooms, mostStrain } from './budget';
import type { LineReport } from './line-report';

export interface Pressure {
  /** Steps down: 0 is all there is. */
  readonly level: number;
  /** On end. */
  readonly badReadings: number;
  readonly lastBadAt: number;
  /** When the level last rose, or never. */
  readonly steppedAt: number | null;
  /** When the last try to take more began, or never. */
  readonly triedAt: number | null;
  readonly patienceMs: number;
}

interface PressureRule {
  readonly mostLevel: number;
  /** So many on end make a step. */
  readonly badReadings: number;
  /** What is read so soon after a step tells of the time before it. */
  readonly settlesMs: number;
  readonly firstPatienceMs: number;
}

const longestPatienceMs = 120_000;

const linkRule: PressureRule = {
  mostLevel: linkRooms.length - 1,
  badReadings: 1,
  settlesMs: 1_500,
  firstPatienceMs: 10_000,
};

const processorRule: PressureRule = {
  mostLevel: mostStrain,
  badReadings: 3,
  settlesMs: 0,
  firstPatienceMs: 20_000,
};

/** One reading of a link's statistics; null for what the browser does not say yet. */
export interface LinkReading extends LineReport {
  /** Bits per second. */
  readonly availableBitrate: number | null;
  /** A camera's picture is being sent. */
  readonly isCameraSent: boolean;
  /** The browser makes the picture smaller because the processor does not keep up. */
  readonly isProcessorShort: boolean;
  /** How loud the own voice is, 0 to 1. */
  readonly ownLevel: number;
}

/**
 * On a 100 kbit/s uplink the browser's estimate sat at 84,400 to 91,000 and never below, the sum of what it will not go under:
 * together with the headers that is more than such a line carries, for good.
 */
const floorBitrate = 95_000;
/** Packets that wait this long wait behind others: there it was 300 ms, and none with nothing too much on the line. */
const waitingMs = 150;
/** So long that it disturbs a talk, also where the line has room for all that wait and loses none. */
const longWaitMs = 500;
/** Loss alone says nothing of a full line: a bad radio loses as much and carries everything. */
const someLoss = 0.02;
const muchLoss = 0.1;

export function newPressure(now: number): Pressure {
  return {
    ...{ level: 0, badReadings: 0, lastBadAt: now },
    ...{ steppedAt: null, triedAt: null, patienceMs: 0 },
  };
}

export function pressLink(pressure: Pressure, reading: LinkReading, now: number): Pressure {
  return press(pressure, stepsDown(pressure.level, reading), now, linkRule);
}

export function pressProcessor(pressure: Pressure, isShort: boolean, now: number): Pressure {
  return press(pressure, isShort ? 1 : 0, now, processorRule);
}

export function roomOf(pressure: Pressure): LinkRoom {
  return linkRooms[pressure.level] ?? 'voice';
}

/** The voice has to wait behind something. */
export function isLate({ lateMs }: LinkReading): boolean {
  return (lateMs ?? 0) > waitingMs;
}

/** Where much is lost, all pictures go at once: a smaller one would cost seconds of voice more to be found too much. */
function stepsDown(level: number, reading: LinkReading): number {
  const { lateMs } = reading;
  const lostShare = reading.lostShare ?? 0;
  // Where a line is known to be narrow, a report that tells of no delay was lost on it with the rest.
  const isLateOrLost = isLate(reading) || (level > 0 && lateMs === null);
  const isFull =
    (isLateOrLost && lostShare > someLoss) ||
    (lateMs ?? 0) > longWaitMs ||
    isAtFloor(level, reading);
  if (!isFull) return 0;
  return lostShare > muchLoss ? 2 : 1;
}

/**
 * The estimate counts only while nothing is held back: what is sent under a limit is all that it can see. A bad radio
 * brings it down as well, but there what arrives is not late.
 */
function isAtFloor(level: number, reading: LinkReading): boolean {
  const isPunctual = reading.lateMs !== null && !isLate(reading);
  if (level > 0 || !reading.isCameraSent || isPunctual) return false;
  return (reading.availableBitrate ?? Infinity) <= floorBitrate;
}

function press(pressure: Pressure, steps: number, now: number, rule: PressureRule): Pressure {
  if (steps > 0) return pressDown({ ...pressure, lastBadAt: now }, steps, now, rule);
  const eased = { ...pressure, badReadings: 0 };
  const patienceMs = eased.patienceMs || rule.firstPatienceMs;
  if (eased.level === 0) return forgetOldTries(eased, now, patienceMs);
  const quietSince = Math.max(eased.lastBadAt, eased.triedAt ?? 0);
  return now - quietSince < patienceMs ? eased : { ...eased, level: eased.level - 1, triedAt: now };
}

function pressDown(pressure: Pressure, steps: number, now: number, rule: PressureRule): Pressure {
  if (pressure.steppedAt !== null && now - pressure.steppedAt < rule.settlesMs) return pressure;
  const badReadings = pressure.badReadings + 1;
  if (badReadings < rule.badReadings) return { ...pressure, badReadings };
  const patienceMs = pressure.patienceMs || rule.firstPatienceMs;
  const hasTryFailed = pressure.triedAt !== null && now - pressure.triedAt < patienceMs;
  return {
    level: Math.min(pressure.level + steps, rule.mostLevel),
    ...{ badReadings: 0, lastBadAt: now, steppedAt: now, triedAt: null },
    patienceMs: hasTryFailed ? Math.min(patienceMs * 2, longestPatienceMs) : patienceMs,
  };
}

/** A try that went well for as long as one waits for the next has nothing more to say. */
function forgetOldTries(pressure: Pressure, now: number, patienceMs: number): Pressure {
  if (pressure.triedAt === null || now - pressure.triedAt < patienceMs) return pressure;
  return { ...pressure, triedAt: null, patienceMs: 0 };
}

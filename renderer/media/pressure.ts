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
  /** So many on end make a step, where one alone may be an accident. */
  readonly badReadings: number;
  /** What is read so soon after a step tells of the time before it. */
  readonly settlesMs: number;
  readonly firstPatienceMs: number;
}

const longestPatienceMs = 120_000;

const linkRule: PressureRule = {
  mostLevel: linkRooms.length - 1,
  badReadings: 2,
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
  return press(pressure, judge(pressure.level, reading), now, linkRule);
}

export function pressProcessor(pressure: Pressure, isShort: boolean, now: number): Pressure {
  return press(pressure, { steps: isShort ? 1 : 0, isSure: false }, now, processorRule);
}

export function roomOf(pressure: Pressure): LinkRoom {
  return linkRooms[pressure.level] ?? 'voice';
}

/** The voice has to wait behind something. */
export function isLate({ lateMs }: LinkReading): boolean {
  return (lateMs ?? 0) > waitingMs;
}

/** What one reading says: how much less to take, and whether it is enough to go by. */
interface Verdict {
  readonly steps: number;
  readonly isSure: boolean;
}

function judge(level: number, reading: LinkReading): Verdict {
  const { lateMs } = reading;
  const lostShare = reading.lostShare ?? 0;
  const isLosing = lostShare > someLoss;
  const isSure = (isLate(reading) && isLosing) || isAtFloor(level, reading);
  // The other end's page may have been busy; and where a line is narrow, a report may have been lost on it with the rest.
  const mayBe = (lateMs ?? 0) > longWaitMs || (level > 0 && lateMs === null && isLosing);
  if (!isSure && !mayBe) return { steps: 0, isSure };
  // Where much is lost all pictures go at once: a smaller one would cost seconds of voice more to be found too much.
  return { steps: lostShare > muchLoss ? 2 : 1, isSure };
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

function press(pressure: Pressure, verdict: Verdict, now: number, rule: PressureRule): Pressure {
  if (verdict.steps > 0) return pressDown(pressure, verdict, now, rule);
  const eased = { ...pressure, badReadings: 0 };
  const patienceMs = eased.patienceMs || rule.firstPatienceMs;
  if (eased.level === 0) return forgetOldTries(eased, now, patienceMs);
  const quietSince = Math.max(eased.lastBadAt, eased.triedAt ?? 0);
  return now - quietSince < patienceMs ? eased : { ...eased, level: eased.level - 1, triedAt: now };
}

function pressDown(
  pressure: Pressure,
  { steps, isSure }: Verdict,
  now: number,
  rule: PressureRule,
): Pressure {
  const badReadings = pressure.badReadings + 1;
  if (!isSure && badReadings < rule.badReadings) return { ...pressure, badReadings };
  const bad = { ...pressure, badReadings: 0, lastBadAt: now };
  if (pressure.steppedAt !== null && now - pressure.steppedAt < rule.settlesMs) return bad;
  const patienceMs = pressure.patienceMs || rule.firstPatienceMs;
  const hasTryFailed = pressure.triedAt !== null && now - pressure.triedAt < patienceMs;
  return {
    ...{ ...bad, steppedAt: now, triedAt: null },
    level: Math.min(pressure.level + steps, rule.mostLevel),
    patienceMs: hasTryFailed ? Math.min(patienceMs * 2, longestPatienceMs) : patienceMs,
  };
}

/** A try that went well for as long as one waits for the next has nothing more to say. */
function forgetOldTries(pressure: Pressure, now: number, patienceMs: number): Pressure {
  if (pressure.triedAt === null || now - pressure.triedAt < patienceMs) return pressure;
  return { ...pressure, triedAt: null, patienceMs: 0 };
}

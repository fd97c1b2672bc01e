/**
 * When to take less and when to try more again. Down after a few bad readings on end, since a voice suffers meanwhile;
 * up only after a long good time, since nothing measures what a link would carry that carries little: one has to
 * try. Each try that fails makes the next one wait twice as long.
 */
import { type LinkRoom, linkRooms, mostStrain } from './budget';

export interface Pressure {
  /** Steps down: 0 is all there is. */
  readonly level: number;
  readonly badReadings: number;
  readonly lastBadAt: number;
  /** When the last try to take more began, or never. */
  readonly triedAt: number | null;
  readonly patienceMs: number;
}

interface PressureRule {
  readonly mostLevel: number;
  readonly badReadings: number;
  readonly firstPatienceMs: number;
}

const longestPatienceMs = 120_000;

const linkRule: PressureRule = {
  mostLevel: linkRooms.length - 1,
  badReadings: 2,
  firstPatienceMs: 10_000,
};

const processorRule: PressureRule = {
  mostLevel: mostStrain,
  badReadings: 3,
  firstPatienceMs: 20_000,
};

/** One reading of a link's statistics; null for what the browser does not say yet. */
export interface LinkReading {
  /** Bits per second. */
  readonly availableBitrate: number | null;
  readonly roundTripMs: number | null;
  /** Of what we sent since the reading before, between 0 and 1. */
  readonly lostShare: number | null;
  /** A camera's picture is being sent. */
  readonly isCameraSent: boolean;
  /** The browser makes the picture smaller because the processor does not keep up. */
  readonly isProcessorShort: boolean;
}

/**
 * On a 100 kbit/s uplink the browser's estimate sat at 84,400 and never below, the sum of what it will not go under:
 * together with the headers that is more than such a line carries, for good.
 */
const floorBitrate = 90_000;
/** There the round trip took 460 ms; the same line with nothing too much on it took 1. */
export const slowRoundTripMs = 300;
/** Loss alone says nothing of a full line: a bad radio loses as much and carries everything. */
const someLoss = 0.02;

export function newPressure(now: number): Pressure {
  return { level: 0, badReadings: 0, lastBadAt: now, triedAt: null, patienceMs: 0 };
}

export function pressLink(pressure: Pressure, reading: LinkReading, now: number): Pressure {
  return press(pressure, isLinkFull(pressure.level, reading), now, linkRule);
}

export function pressProcessor(pressure: Pressure, isShort: boolean, now: number): Pressure {
  return press(pressure, isShort, now, processorRule);
}

export function roomOf(pressure: Pressure): LinkRoom {
  return linkRooms[pressure.level] ?? 'voice';
}

/** The estimate counts only while nothing is held back: what is sent under a limit is all that it can see. */
function isLinkFull(level: number, reading: LinkReading): boolean {
  const { availableBitrate, roundTripMs, lostShare, isCameraSent } = reading;
  const isAtFloor =
    level === 0 && isCameraSent && availableBitrate !== null && availableBitrate <= floorBitrate;
  return isAtFloor || ((roundTripMs ?? 0) > slowRoundTripMs && (lostShare ?? 0) > someLoss);
}

function press(pressure: Pressure, isBad: boolean, now: number, rule: PressureRule): Pressure {
  if (isBad) return pressDown({ ...pressure, lastBadAt: now }, now, rule);
  const eased = { ...pressure, badReadings: 0 };
  const patienceMs = eased.patienceMs || rule.firstPatienceMs;
  if (eased.level === 0) return forgetOldTries(eased, now, patienceMs);
  const quietSince = Math.max(eased.lastBadAt, eased.triedAt ?? 0);
  return now - quietSince < patienceMs ? eased : { ...eased, level: eased.level - 1, triedAt: now };
}

function pressDown(pressure: Pressure, now: number, rule: PressureRule): Pressure {
  const badReadings = pressure.badReadings + 1;
  if (badReadings < rule.badReadings) return { ...pressure, badReadings };
  const patienceMs = pressure.patienceMs || rule.firstPatienceMs;
  const hasTryFailed = pressure.triedAt !== null && now - pressure.triedAt < patienceMs;
  return {
    level: Math.min(pressure.level + 1, rule.mostLevel),
    badReadings: 0,
    lastBadAt: now,
    triedAt: null,
    patienceMs: hasTryFailed ? Math.min(patienceMs * 2, longestPatienceMs) : patienceMs,
  };
}

/** A try that went well for as long as one waits for the next has nothing more to say. */
function forgetOldTries(pressure: Pressure, now: number, patienceMs: number): Pressure {
  if (pressure.triedAt === null || now - pressure.triedAt < patienceMs) return pressure;
  return { ...pressure, triedAt: null, patienceMs: 0 };
}

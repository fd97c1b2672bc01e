/**
 * What is heard in samples (-1 to 1): which tone is the loudest, and how loud a given one is. Pure.
 * Levels are dB relative to a full-scale sine, so that 0 is as loud as it gets.
 */
import { powerSpectrum } from '../../scripts/lib/likeness';

export interface Tone {
  readonly hz: number;
  readonly levelDb: number;
}

export const silentDb = -120;
/** About a third of a second at 48 kHz: tells tones 15 Hz apart and is shorter than a beat of the 3 Hz tremolo. */
const windowSamples = 16_384;
const lowestHz = 100;
const highestHz = 4_000;

/** The loudest tone of the loudest third of a second; null when there is nothing but a floor. */
export function dominantTone(
  samples: Float32Array,
  sampleRate: number,
  floorDb = -60,
): Tone | null {
  const part = loudestPart(samples);
  const coarse = loudest(part, sampleRate, { from: lowestHz, to: highestHz, step: 5 });
  const fine = loudest(part, sampleRate, { from: coarse.hz - 5, to: coarse.hz + 5, step: 1 });
  return fine.levelDb < floorDb ? null : fine;
}

/** How loud one tone is in the loudest third of a second, whatever else is heard. */
export function toneLevelDb(samples: Float32Array, sampleRate: number, hz: number): number {
  let best = silentDb;
  for (const part of parts(samples)) {
    best = Math.max(best, loudest(part, sampleRate, { from: hz - 4, to: hz + 4, step: 2 }).levelDb);
  }
  return best;
}

/** What the codec makes of a swelling tone lies close beside it. */
const lobeHz = 30;
/** A sine under a Hann window has a sixteenth of the square of its amplitude in its line. */
const lineOfSineDb = 10 * Math.log10(16);

/** Everything that is heard at once, loudest first: the peaks of the spectrum above the floor. */
export function tonesIn(samples: Float32Array, sampleRate: number, floorDb: number): Tone[] {
  const size = 2 ** Math.floor(Math.log2(Math.max(2, samples.length)));
  const power = powerSpectrum(samples.subarray(0, size));
  const lines = Array.from(power, (each, line) => ({
    hz: (line * sampleRate) / size,
    levelDb: Math.max(silentDb, 10 * Math.log10(each) + lineOfSineDb),
  }));
  const loud = lines.filter(({ hz, levelDb }) => hz >= lowestHz && levelDb > floorDb);
  const peaks: Tone[] = [];
  for (const line of loud.toSorted((a, b) => b.levelDb - a.levelDb)) {
    if (peaks.every(({ hz }) => Math.abs(hz - line.hz) > lobeHz)) peaks.push(line);
  }
  return peaks;
}

/** A window shorter than a swell of the tones that tests play, and longer than their slowest wave. */
const gapWindowMs = 100;

/** How long, in milliseconds, the tone stayed below a level at most, looked at in steps of 50 ms. */
export function longestGapMs(
  samples: Float32Array,
  sampleRate: number,
  { hz, belowDb }: { readonly hz: number; readonly belowDb: number },
): number {
  const size = Math.round((gapWindowMs / 1_000) * sampleRate);
  const range = { from: hz - 4, to: hz + 4, step: 4 };
  let longest = 0;
  let silentLooks = 0;
  for (let from = 0; from + size <= samples.length; from += size / 2) {
    const { levelDb } = loudest(samples.subarray(from, from + size), sampleRate, range);
    silentLooks = levelDb < belowDb ? silentLooks + 1 : 0;
    longest = Math.max(longest, silentLooks);
  }
  return longest === 0 ? 0 : ((longest + 1) * gapWindowMs) / 2;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

function loudest(samples: Float32Array, sampleRate: number, { from, to, step }: Range): Tone {
  const windowed = underHannWindow(samples);
  let best: Tone = { hz: from, levelDb: silentDb };
  for (let hz = from; hz <= to; hz += step) {
    const levelDb = goertzelDb(windowed, sampleRate, hz);
    if (levelDb > best.levelDb) best = { hz, levelDb };
  }
  return best;
}

/** By their length. Tests listen many times a second: a cosine for each sample would be most of their work. */
const hannWindows = new Map<number, Float32Array>();

function hannWindow(size: number): Float32Array {
  const known = hannWindows.get(size);
  if (known) return known;
  const turn = (2 * Math.PI) / Math.max(1, size - 1);
  const made = new Float32Array(size).map((_, i) => 0.5 - 0.5 * Math.cos(turn * i));
  hannWindows.set(size, made);
  return made;
}

function underHannWindow(samples: Float32Array): Float32Array {
  const factors = hannWindow(samples.length);
  return samples.map((sample, i) => sample * (factors[i] ?? 0));
}

/** One line of the spectrum of samples under a Hann window. */
function goertzelDb(windowed: Float32Array, sampleRate: number, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let previous = 0;
  let beforePrevious = 0;
  // By index: an iterator takes several times as long.
  for (let at = 0; at < windowed.length; at += 1) {
    const current = (windowed[at] ?? 0) + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = current;
  }
  const power = previous ** 2 + beforePrevious ** 2 - coefficient * previous * beforePrevious;
  // A Hann window halves the amplitude, a real sine splits into two lines: together a quarter.
  const amplitude = Math.sqrt(Math.max(0, power)) / (windowed.length / 4);
  return amplitude === 0 ? silentDb : Math.max(silentDb, 20 * Math.log10(amplitude));
}

function* parts(samples: Float32Array): Generator<Float32Array> {
  if (samples.length < windowSamples) yield samples;
  for (let from = 0; from + windowSamples <= samples.length; from += windowSamples / 2) {
    yield samples.subarray(from, from + windowSamples);
  }
}

function loudestPart(samples: Float32Array): Float32Array {
  let best = samples.subarray(0, windowSamples);
  for (const part of parts(samples)) if (energy(part) > energy(best)) best = part;
  return best;
}

function energy(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}

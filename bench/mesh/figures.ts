/** What a turn says: who got what, and what a delivered second of it cost. Pure. */
import { median } from '../lib/statistics';
import type { Received, Totals } from './page/stage-api';
import { picture, type Setup } from './setups';
import type { Turn } from './stage';

const samplesPerSecond = 48_000;

/** What one person got of one other, by the second. */
export interface StreamRate {
  readonly from: number;
  readonly to: number;
  readonly pictures: number;
  readonly width: number;
  readonly height: number;
  readonly pictureKbits: number;
  /** Seconds of voice, without what was made up for lost packets. */
  readonly voice: number;
  readonly concealed: number;
  readonly voiceKbits: number;
}

export function ratesOf({ before, after }: Pick<Turn, 'before' | 'after'>): StreamRate[] {
  return after.flatMap((totals, to) => {
    const earlier = before[to];
    const seconds = secondsBetween(earlier, totals);
    return totals.received.map((stream) => {
      const start = earlier?.received.find(({ from }) => from === stream.from);
      const grown = (key: keyof Received): number => (stream[key] - (start?.[key] ?? 0)) / seconds;
      return {
        ...{ from: stream.from, to, width: stream.width, height: stream.height },
        pictures: grown('pictures'),
        pictureKbits: (grown('pictureBytes') * 8) / 1_000,
        voice: grown('samples') / samplesPerSecond,
        concealed: grown('concealedSamples') / samplesPerSecond,
        voiceKbits: (grown('voiceBytes') * 8) / 1_000,
      };
    });
  });
}

/** What each person sends to all others together, headers and all. */
export function sentKbits({ before, after }: Pick<Turn, 'before' | 'after'>): number[] {
  return after.map((totals, person) => {
    const earlier = before[person];
    const bytes = totals.sentBytes - (earlier?.sentBytes ?? 0);
    return (bytes * 8) / 1_000 / secondsBetween(earlier, totals);
  });
}

export const cpuMsPerSecond = ({ cpuMs, elapsedMs }: Turn): number => (cpuMs / elapsedMs) * 1_000;

/** One turn of one contender. */
export interface Figures {
  /** Processor time, sender and receiver and all between, for a second of one stream that arrived. */
  readonly costMs: number;
  readonly cpuMsPerSecond: number;
  /** Seconds of stream that arrived in a second, of each that was sent: 1 is all. */
  readonly delivered: number;
  readonly seenMs: number | null;
  readonly heardMs: number;
  /** The worst stream's. */
  readonly fewestPictures: number;
  readonly sizes: readonly string[];
  readonly pictureKbits: number;
  readonly voiceKbits: number;
  readonly concealed: number;
  readonly sentKbits: number;
  readonly problems: readonly string[];
}

export function figuresOf({ kind, people }: Setup, turn: Turn): Figures {
  const rates = ratesOf(turn);
  const seconds = rates.map(({ pictures, voice }) =>
    kind === 'video' ? pictures / picture.frameRate : voice,
  );
  const arrived = seconds.reduce((sum, one) => sum + one, 0);
  const all = (key: 'pictureKbits' | 'voiceKbits' | 'concealed'): number =>
    median(rates.map((rate) => rate[key]));
  return {
    costMs: cpuMsPerSecond(turn) / arrived,
    cpuMsPerSecond: cpuMsPerSecond(turn),
    delivered: arrived / (people * (people - 1)),
    ...turn.arrival,
    fewestPictures: kind === 'video' ? Math.min(...rates.map(({ pictures }) => pictures)) : 0,
    sizes: kind === 'video' ? [...new Set(rates.map(sizeOf))].sort() : [],
    pictureKbits: all('pictureKbits'),
    voiceKbits: all('voiceKbits'),
    concealed: all('concealed'),
    sentKbits: median(sentKbits(turn)),
    problems: turn.after.flatMap(({ problems }) => problems),
  };
}

export const sizeOf = ({ width, height }: Pick<StreamRate, 'width' | 'height'>): string =>
  `${width}×${height}`;

/** A person's call stands once both are there. */
export const arrivedMs = ({ seenMs, heardMs }: Figures): number => Math.max(seenMs ?? 0, heardMs);

/** What two contenders may differ in and still have delivered the same. */
const tolerance = { delivered: 0.05, kbits: 0.15 };

export function areAlike(product: readonly Figures[], bare: readonly Figures[]): boolean {
  const share = (key: 'delivered' | 'pictureKbits' | 'voiceKbits'): number => {
    const [one, other] = [product, bare].map((turns) => median(turns.map((turn) => turn[key])));
    return one === other ? 0 : Math.abs((one ?? NaN) / (other ?? NaN) - 1);
  };
  const sizes = new Set([...product, ...bare].flatMap((turn) => turn.sizes));
  const hasOneSize = [...sizes].every((size) => size === sizeOf(picture));
  return (
    hasOneSize &&
    share('delivered') <= tolerance.delivered &&
    share('pictureKbits') <= tolerance.kbits &&
    share('voiceKbits') <= tolerance.kbits
  );
}

function secondsBetween(before: Totals | undefined, after: Totals): number {
  return (after.at - (before?.at ?? NaN)) / 1_000;
}

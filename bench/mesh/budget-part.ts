/** Four people with ordinary cameras, one of whom speaks: Peal with its budget, and the browser as it likes. */
import { median } from '../lib/statistics';
import type { Env } from '../../tests/support/child';
import { cpuMsPerSecond, ratesOf, sentKbits, sizeOf } from './figures';
import { hz, inputOf } from './input';
import type { Contender, Picture } from './page/stage-api';
import { type Timing, type Turn, openStage } from './stage';

export const budgetPeople = 4;
export const camera: Picture = { width: 640, height: 480, frameRate: 30 };
const speaker = 0;
/** With the budget the browser took 20 s to grow what it shrank at the start; a full machine does not get there. */
export const budgetTiming = { wholeWithinMs: 30_000 } as const;
/** As in a call window of the usual size. */
const tile = { width: 480, height: 270 };

/** Medians of all turns, by the second. */
export interface Spent {
  readonly cpuMs: number;
  /** The slowest turn: from the last arrival until no picture was held back for bits; null: not in time. */
  readonly wholeMs: number | null;
  readonly ofSpeaker: Shown;
  readonly ofListeners: Shown;
  /** Of the voice of who speaks, made up for what did not come in time: 0 to 1. */
  readonly concealed: number;
}

export interface Shown {
  /** The sizes that came and how many streams had them, the most frequent first. */
  readonly sizes: readonly Size[];
  /** By one person, to all others. */
  readonly sentKbits: number;
  /** Of the pixels a second that the camera gives: 0 to 1. */
  readonly pixels: number;
  readonly pictures: number;
  /** The worst stream of the worst turn. */
  readonly fewest: number;
}

export interface Size {
  readonly size: string;
  readonly streams: number;
}

export interface BudgetMeasured {
  readonly budget: Spent;
  readonly none: Spent;
}

export async function measureBudget(
  place: { readonly url: string; readonly env: Env },
  rounds: number,
  timing: Pick<Timing, 'settleMs' | 'measureMs'>,
): Promise<BudgetMeasured> {
  const stage = await openStage({
    ...{ ...place, people: budgetPeople, ...(await inputOf(camera)) },
    window: { width: tile.width * 2, height: tile.height * 2 },
    columns: 2,
    devices: { picture: camera, hz },
  });
  try {
    const turns: Record<Contender, Turn[]> = { peal: [], bare: [] };
    for (let round = 1; round <= rounds; round += 1) {
      console.log(`mesh: the budget, ${round} of ${rounds}`);
      for (const contender of ['peal', 'bare'] as const) {
        const speaks = (person: number): boolean => person === speaker;
        turns[contender].push(
          await stage.call(
            { contender, tile, limits: null },
            { ...timing, ...budgetTiming },
            speaks,
          ),
        );
      }
    }
    return { budget: spentIn(turns.peal), none: spentIn(turns.bare) };
  } finally {
    await stage.close();
  }
}

export function spentIn(turns: readonly Turn[]): Spent {
  const ofSpeaker = turns.flatMap((turn) => ratesOf(turn)).filter(({ from }) => from === speaker);
  const whole = turns.map(({ wholeMs }) => wholeMs ?? Infinity);
  return {
    cpuMs: median(turns.map(cpuMsPerSecond)),
    wholeMs: whole.includes(Infinity) ? null : Math.max(...whole),
    ofSpeaker: shownOf(turns, (person) => person === speaker),
    ofListeners: shownOf(turns, (person) => person !== speaker),
    concealed: median(ofSpeaker.map(({ concealed }) => concealed)),
  };
}

function shownOf(turns: readonly Turn[], isMeant: (person: number) => boolean): Shown {
  const rates = turns.flatMap((turn) => ratesOf(turn)).filter(({ from }) => isMeant(from));
  const pictures = rates.map((rate) => rate.pictures);
  const given = camera.width * camera.height * camera.frameRate;
  return {
    sizes: byFrequency(rates.map(sizeOf)),
    sentKbits: median(turns.flatMap((turn) => sentKbits(turn).filter((_, at) => isMeant(at)))),
    pixels: median(rates.map((rate) => (rate.width * rate.height * rate.pictures) / given)),
    pictures: median(pictures),
    fewest: Math.min(...pictures),
  };
}

function byFrequency(sizes: readonly string[]): Size[] {
  const counts = new Map<string, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return [...counts]
    .map(([size, streams]) => ({ size, streams }))
    .sort((a, b) => b.streams - a.streams);
}

/** All of one size is the rule; otherwise how many streams had which. */
export function sizeWords(sizes: readonly Size[]): string {
  if (sizes.length < 2) return sizes[0]?.size ?? '–';
  const all = sizes.reduce((sum, { streams }) => sum + streams, 0);
  return sizes.map(({ size, streams }) => `${size} (${streams} of ${all})`).join(', ');
}

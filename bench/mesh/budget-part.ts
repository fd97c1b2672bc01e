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
/** As in a call window of the usual size. */
const tile = { width: 480, height: 270 };

/** Medians of all turns, by the second. */
export interface Spent {
  readonly cpuMs: number;
  /** By one person, to all others. */
  readonly sentKbits: number;
  readonly ofSpeaker: Shown;
  readonly ofListeners: Shown;
  /** Of the voice of who speaks, made up for what did not come in time: 0 to 1. */
  readonly concealed: number;
}

export interface Shown {
  /** The sizes that came, the most frequent first. */
  readonly sizes: readonly string[];
  readonly pictures: number;
  /** The worst stream of the worst turn. */
  readonly fewest: number;
}

export interface BudgetMeasured {
  readonly budget: Spent;
  readonly none: Spent;
}

export async function measureBudget(
  place: { readonly url: string; readonly env: Env },
  rounds: number,
  timing: Timing,
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
        turns[contender].push(await stage.call({ contender, tile, limits: null }, timing, speaks));
      }
    }
    return { budget: spentIn(turns.peal), none: spentIn(turns.bare) };
  } finally {
    await stage.close();
  }
}

export function spentIn(turns: readonly Turn[]): Spent {
  const rates = turns.flatMap((turn) => ratesOf(turn));
  const ofSpeaker = rates.filter(({ from }) => from === speaker);
  const shown = (some: typeof rates): Shown => ({
    sizes: byFrequency(some.map(sizeOf)),
    pictures: median(some.map(({ pictures }) => pictures)),
    fewest: Math.min(...some.map(({ pictures }) => pictures)),
  });
  return {
    cpuMs: median(turns.map(cpuMsPerSecond)),
    sentKbits: median(turns.map(sentKbits)),
    ofSpeaker: shown(ofSpeaker),
    ofListeners: shown(rates.filter(({ from }) => from !== speaker)),
    concealed: median(ofSpeaker.map(({ concealed }) => concealed)),
  };
}

function byFrequency(sizes: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([size]) => size);
}

/**
 * Many histories in several worlds at once. A history is known by its seed: the same one plays the same script again,
 * though not in the same microseconds.
 */
import fc from 'fast-check';
import type { StorePlace } from '#server/store/open-store';
import { anyGroupHistory, playGroupHistory } from './group-sim';
import { GroupWorld } from './group-world';
import { anyHistory, playHistory } from './sim-history';
import { SimWorld } from './sim-world';

/** A sort of world, and what can happen in it. */
interface Sim<World> {
  start(place: StorePlace): Promise<World>;
  /** Rejects with what was wrong. */
  play(world: World, seed: number): Promise<ReadonlyMap<string, number>>;
  /** The script of this seed, for whoever looks for what was wrong. */
  script(seed: number): unknown;
}

function scriptOf<T>(any: fc.Arbitrary<T>, seed: number): T {
  const [history] = fc.sample(any, { seed, numRuns: 1 });
  if (history === undefined) throw new Error('no history was made');
  return history;
}

/** Three people with two devices each, who call one another. */
export const callsOfTwo: Sim<SimWorld> = {
  start: (place) => SimWorld.start(place),
  play: (world, seed) => playHistory(world, scriptOf(anyHistory, seed)),
  script: (seed) => scriptOf(anyHistory, seed),
};

/** Three to nine people in calls of several, with the product's own mesh. */
export const callsOfSeveral: Sim<GroupWorld> = {
  start: (place) => GroupWorld.start(place),
  play: (world, seed) => playGroupHistory(world, scriptOf(anyGroupHistory, seed)),
  script: (seed) => scriptOf(anyGroupHistory, seed),
};

interface OwnedPlace {
  readonly place: StorePlace;
  close(): void;
}

export interface RunOptions {
  readonly histories: number;
  readonly worlds: number;
  /** Of the first history; the others count up from it. */
  readonly seed: number;
  readonly makePlace: () => Promise<OwnedPlace>;
  readonly onProgress?: (done: number, failed: number) => void;
}

export interface Run {
  readonly histories: number;
  readonly seed: number;
  readonly seconds: number;
  /** What was met, how often. */
  readonly counts: Record<string, number>;
  /** Seed and reason of each history that was wrong. */
  readonly failures: string[];
}

export async function playAll<World extends { close(): Promise<void> }>(
  sim: Sim<World>,
  options: RunOptions,
): Promise<Run> {
  const startedAt = performance.now();
  const { histories, seed } = options;
  const waiting = Array.from({ length: histories }, (_, n) => seed + n);
  const counts: Record<string, number> = {};
  const failures: string[] = [];
  let done = 0;
  const worker = async (): Promise<void> => {
    const owned = await options.makePlace();
    const world = await sim.start(owned.place);
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const problem = await playOne(sim, world, { seed: next, counts });
        if (problem !== null) failures.push(problem);
        done += 1;
        options.onProgress?.(done, failures.length);
      }
    } finally {
      await world.close();
      owned.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.worlds, histories) }, worker));
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const sorted = Object.fromEntries(
    Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  return { histories, seed, seconds, counts: sorted, failures };
}

/** The seeds come first: whoever sees only the beginning of a report can play them again. */
export function expectNoneWrong({ failures }: Run): void {
  if (failures.length > 0) throw new Error(failures.join('\n'));
}

async function playOne<World>(
  sim: Sim<World>,
  world: World,
  { seed, counts }: { readonly seed: number; readonly counts: Record<string, number> },
): Promise<string | null> {
  try {
    for (const [what, times] of await sim.play(world, seed)) {
      counts[what] = (counts[what] ?? 0) + times;
    }
    return null;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return `seed ${String(seed)}: ${what}\n${JSON.stringify(sim.script(seed))}`;
  }
}

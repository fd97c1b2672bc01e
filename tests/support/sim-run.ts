/**
 * Many histories in several worlds at once. A history is known by its seed: the same one plays the same script again,
 * though not in the same microseconds.
 */
import fc from 'fast-check';
import type { StorePlace } from '#server/store/open-store';
import { anyHistory, playHistory } from './sim-history';
import { SimWorld } from './sim-world';

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

export async function playAll(options: RunOptions): Promise<Run> {
  const startedAt = performance.now();
  const { histories, seed } = options;
  const waiting = Array.from({ length: histories }, (_, n) => seed + n);
  const counts: Record<string, number> = {};
  const failures: string[] = [];
  let done = 0;
  const worker = async (): Promise<void> => {
    const owned = await options.makePlace();
    const world = await SimWorld.start(owned.place);
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const problem = await playOne(world, next, counts);
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
  const sorted = Object.fromEntries(Object.entries(counts).sort());
  return { histories, seed, seconds, counts: sorted, failures };
}

async function playOne(
  world: SimWorld,
  seed: number,
  counts: Record<string, number>,
): Promise<string | null> {
  const [history] = fc.sample(anyHistory, { seed, numRuns: 1 });
  if (!history) throw new Error('no history was made');
  try {
    for (const [what, times] of await playHistory(world, history)) {
      counts[what] = (counts[what] ?? 0) + times;
    }
    return null;
  } catch (error) {
    return `seed ${String(seed)}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

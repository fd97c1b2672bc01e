/** What an app takes of the machine's memory once it has come to rest. */
import { setTimeout as delay } from 'node:timers/promises';
import { allProcesses, processesOfSession, programOf, proportionalBytes } from '../lib/machine';

/** The pages, the network and the graphics of a window go on starting for a while after it can be used. */
const restMs = 4_000;

export interface AppMemory {
  readonly bytes: number;
  readonly processes: number;
  /** Processes of the same program that are not of this app: what they share with it counts for less. */
  readonly strangers: number;
}

/** All processes of the session that this one leads. */
export async function memoryAtRest(leader: number): Promise<AppMemory> {
  await delay(restMs);
  const pids = processesOfSession(leader);
  const bytes = pids.reduce((sum, pid) => sum + shareOf(pid), 0);
  return { bytes, processes: pids.length, strangers: strangersOf(leader, new Set(pids)) };
}

function shareOf(pid: number): number {
  try {
    return proportionalBytes(pid);
  } catch {
    // It ended meanwhile, or is a helper that has no memory of its own any more.
    return 0;
  }
}

function strangersOf(leader: number, own: ReadonlySet<number>): number {
  const program = programOf(leader);
  return allProcesses().filter((pid) => !own.has(pid) && programOf(pid) === program).length;
}

/** What a server keeps for people who are there and do nothing. */
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '../../tests/support/wait';
import { residentBytes } from '../lib/machine';
import type { Contender, Member } from './contender';
import { inTurns } from './in-turns';

export const connectionCounts = [1_000, 5_000] as const;

export interface MemorySample {
  readonly startBytes: number;
  /** Per connection, above the start, by number of connections. */
  readonly bytesPerConnection: Readonly<Record<number, number>>;
}

/** Come and gone before the first reading: what a server takes for having worked at all is not a connection's. */
const forerunners = 500;
const collections = 3;
const beatMs = 10_000;

export async function measureIdleMemory(contender: Contender): Promise<MemorySample> {
  const early: Member[] = [];
  await joinAll(contender, early, [800_000, 800_000 + forerunners]);
  for (const { socket } of early) socket.close();
  const startBytes = await residentAfterCollection(contender);
  const members: Member[] = [];
  const beats = setInterval(() => {
    for (const member of members) contender.beat(member);
  }, beatMs);
  try {
    return { startBytes, bytesPerConnection: await fill(contender, members, startBytes) };
  } finally {
    clearInterval(beats);
    for (const { socket } of members) socket.close();
  }
}

async function fill(
  contender: Contender,
  members: Member[],
  startBytes: number,
): Promise<MemorySample['bytesPerConnection']> {
  const bytesPerConnection: Record<number, number> = {};
  for (const count of connectionCounts) {
    await joinAll(contender, members, [members.length, count]);
    const bytes = (await residentAfterCollection(contender)) - startBytes;
    const open = members.filter(({ socket }) => socket.isOpen).length;
    if (open !== count) throw new Error(`${count - open} of ${count} connections were lost.`);
    bytesPerConnection[count] = bytes / count;
  }
  return bytesPerConnection;
}

async function joinAll(
  contender: Contender,
  members: Member[],
  [from, to]: readonly [number, number],
): Promise<void> {
  const users = Array.from({ length: to - from }, (_, n) => `user-${100_000 + from + n}`);
  await inTurns(users, async (user) => {
    const member = await contender.join(user);
    members.push(member);
    await contender.exchange(member);
  });
}

async function residentAfterCollection({ pid, process }: Contender): Promise<number> {
  for (let n = 0; n < collections; n += 1) {
    const before = collected(process.stderr());
    process.signal('SIGUSR2');
    await waitFor(() => collected(process.stderr()) > before, { what: 'collection', everyMs: 10 });
    // Freed pages go back to the system a moment later.
    await delay(150);
  }
  return residentBytes(pid);
}

const collected = (text: string): number => text.split('collected\n').length - 1;

/**
 * npm run bench -- server [turns]: what the server costs, beside a bare relay on ws and beside PeerServer.
 * Every turn starts each of them anew, one after the other, so that a slow minute of the machine meets all alike.
 */
import { buildIfNeeded } from '../scripts/build.mjs';
import { Cleanup } from '../tests/support/cleanup';
import { loadWithCalls } from './server/calls-load';
import { type Contender, type Member, type StartContender, pinLoad } from './server/contender';
import { measureIdleMemory } from './server/idle-memory';
import { startPeal } from './server/peal';
import { startBareWs, startPeerServer } from './server/plain-relay';
import { inTurns } from './server/in-turns';
import { RelayLoad } from './server/relay-load';
import { type Sample, type Samples, save, table } from './server/report';

/** In under four minutes on a quiet machine. */
const usualTurns = 4;
/** So many that none of them sends more than a client may (protocol/limits.ts, rates.all), bursts included. */
const pairCount = 240;
const relayTimes = { warmUpMs: 800, measuredMs: 1_500 };
const callTimes = { warmUpMs: 500, measuredMs: 1_500 };

export async function server([wanted]: readonly string[]): Promise<void> {
  const turns = Math.max(1, Number(wanted ?? usualTurns));
  await buildIfNeeded();
  await pinLoad();
  const samples: Samples[] = [];
  for (let turn = 1; turn <= turns; turn += 1) {
    console.log(`server: ${turn} of ${turns}`);
    samples.push(await oneTurn());
  }
  console.log(table(samples));
  console.log(`Kept in ${save(samples)}`);
}

async function oneTurn(): Promise<Samples> {
  return {
    peal: await measure(startPeal),
    bare: await measure(startBareWs),
    peer: await measure(startPeerServer),
  };
}

async function measure(start: StartContender): Promise<Sample> {
  const load = await withFresh(start, measureLoad);
  return { ...load, memory: await withFresh(start, measureIdleMemory) };
}

async function withFresh<T>(
  start: StartContender,
  measured: (contender: Contender) => Promise<T>,
): Promise<T> {
  const cleanup = new Cleanup();
  try {
    return await measured(await start(cleanup));
  } finally {
    await cleanup.close();
  }
}

async function measureLoad(contender: Contender): Promise<Omit<Sample, 'memory'>> {
  const users = Array.from({ length: 2 * pairCount }, (_, n) => `user-${n}`);
  const members = await inTurns(users, (user) => contender.join(user));
  const pairs = inPairs(members);
  const calls = await loadWithCalls(contender, pairs, callTimes);
  const load = new RelayLoad(contender);
  try {
    await inTurns(pairs, ([one, other]) => load.add(one, other));
    const few = await load.run(100, relayTimes);
    const many = await load.run(800, relayTimes);
    return { calls, relay: { few, many } };
  } finally {
    load.close();
  }
}

function inPairs(members: readonly Member[]): (readonly [Member, Member])[] {
  const half = members.length / 2;
  return members.slice(0, half).flatMap((one, index) => {
    const other = members[half + index];
    return other ? [[one, other] as const] : [];
  });
}

/**
 * npm run bench -- rings [calls | --quick]: from the click on "Audio call" until the card is on the other screen, in
 * whatever state that desktop is, beside a bare program that rings; and how long a second desk of the same person goes
 * on ringing after the first one answered, declined, or the caller gave up.
 */
import { randomInt } from 'node:crypto';
import { buildIfNeeded } from '../scripts/build.mjs';
import { ensureElectron } from '../scripts/ensure-electron.mjs';
import { CardWatch } from '../tests/support/card-watch';
import { Cleanup } from '../tests/support/cleanup';
import { openDesk } from '../tests/support/desk';
import { bao } from '../tests/support/people';
import type { Caller } from '../tests/support/rings/callers';
import { seeded } from '../tests/support/rings/random';
import { type RingScene, openRingScene, ringOnce } from '../tests/support/rings/run';
import { statesOf } from '../tests/support/rings/states';
import { type Ending, endings, stopsAtOther } from '../tests/support/rings/two-desks';
import { startBare } from './rings/bare';
import { startCaller } from './rings/peal';
import { type BareRing, type Pair, type StoppedRing, save, table } from './rings/report';

const usual = { calls: 100, stops: 20 };
const quick = { calls: 10, stops: 2 };

export async function rings([wanted]: readonly string[]): Promise<void> {
  const isQuick = wanted === '--quick';
  const { calls, stops } = isQuick ? quick : { ...usual, calls: Number(wanted ?? usual.calls) };
  await buildIfNeeded();
  const { version } = await ensureElectron();
  const seed = randomInt(2 ** 31);
  const cleanup = new Cleanup();
  try {
    const random = seeded(seed);
    const scene = cleanup.own(await openRingScene(random));
    const pairs = await ringInTurns(scene, calls, cleanup);
    const stopped = await stopInTurns(scene, stops, cleanup);
    const result = { pairs, stopped, seed };
    console.log(table(result));
    console.log(isQuick ? 'Not kept: too few.' : `Kept in ${save(result, version)}`);
  } finally {
    await cleanup.close();
  }
}

/** In turns, so that a slow minute of the machine is a slow minute for both. The first turn only warms up. */
async function ringInTurns(scene: RingScene, calls: number, cleanup: Cleanup): Promise<Pair[]> {
  const { random } = scene;
  const bare = await startBare(random, cleanup);
  const caller = await startCaller(scene.server, cleanup);
  const pairs: Pair[] = [];
  await pair(scene, { caller, bare }, 'hidden');
  for (const [at, state] of statesOf(calls, random).entries()) {
    console.log(`rings: ${at + 1} of ${calls}, ${state}`);
    pairs.push(await pair(scene, { caller, bare }, state));
  }
  return pairs;
}

async function pair(
  scene: RingScene,
  { caller, bare }: { readonly caller: Caller; readonly bare: { ring(): Promise<BareRing> } },
  state: Pair['peal']['state'],
): Promise<Pair> {
  const [other] = scene.callers.filter(({ name }) => name !== caller.name);
  if (!other) throw new Error('Nobody else calls.');
  return { peal: await ringOnce({ ...scene, other }, state, caller), bare: await bare.ring() };
}

async function stopInTurns(
  { server, callee, callers, random }: RingScene,
  turns: number,
  cleanup: Cleanup,
): Promise<StoppedRing[]> {
  const second = cleanup.own(await openDesk({ person: bao, toneHz: 620, shell: 'plain' }));
  await second.signIn(server);
  const watches = {
    first: callee.watch,
    second: cleanup.own(await CardWatch.start(second.display.name)),
  };
  const stopped: StoppedRing[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [at, how] of endings.entries()) {
      const caller = callers[(turn * endings.length + at) % callers.length];
      if (!caller) throw new Error('Nobody calls.');
      const isFirst = random() < 0.5;
      const desks = isFirst
        ? { acting: callee.desk, other: second, watch: watches.second }
        : { acting: second, other: callee.desk, watch: watches.first };
      console.log(`rings: ${how} at one desk, ${turn + 1} of ${turns}`);
      stopped.push({ how, ...(await stopsAtOther({ ...desks, caller }, how)) });
      await closeCallWindow(desks.acting, how);
    }
  }
  return stopped;
}

/** What it shows of the end of an answered call has been read. */
async function closeCallWindow(desk: { waitForNoCall(): Promise<void> }, how: Ending) {
  if (how === 'accept') await desk.waitForNoCall();
}

/**
 * npm run test:long – five thousand random histories of calls of 3 to 9 people over the real server, on both databases.
 * A part of them, or one of them again: PEAL_HISTORIES=50 PEAL_SEED=123. What was measured goes to docs/measured.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { writeMeasured } from '../support/measured';
import { type TestPostgres, hasPostgres, startPostgres } from '../support/postgres';
import { makeScratchDir } from '../support/scratch';
import {
  type Run,
  type RunOptions,
  callsOfSeveral,
  expectNoneWrong,
  playAll,
} from '../support/sim-run';

const histories = Number(process.env['PEAL_HISTORIES'] ?? 5_000);
const seed = Number(process.env['PEAL_SEED'] ?? randomInt(2 ** 31 - histories));
const worlds = { sqlite: 6, postgres: 4 };
const share = { sqlite: Math.ceil(histories * 0.8), postgres: Math.ceil(histories * 0.2) };
const limitMs = 3 * 60 * 60_000;

let postgres: TestPostgres | undefined;
const runs: Record<string, Run> = {};

beforeAll(async () => {
  if (hasPostgres) postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
  // Short runs are for looking at one history: they are not kept.
  if (histories < 4_000) return;
  const measured = 'random histories of calls of 3 to 9 people over the real server, with the mesh';
  writeMeasured('group-histories', measured, { worlds, runs });
});

async function play(name: keyof typeof share, makePlace: RunOptions['makePlace']): Promise<void> {
  const run = await playAll(callsOfSeveral, {
    ...{ histories: share[name], worlds: worlds[name], makePlace },
    seed: name === 'sqlite' ? seed : seed + share.sqlite,
    onProgress: (done, failed) => {
      if (done % 100 > 0) return;
      process.stdout.write(`groups, ${name}: ${String(done)}, ${String(failed)} wrong\n`);
    },
  });
  runs[name] = run;
  expectNoneWrong(run);
}

describe('random histories of groups', () => {
  it(
    'end with everybody agreed and linked on SQLite',
    () =>
      play('sqlite', () => {
        const folder = makeScratchDir('world');
        return Promise.resolve({ place: { data: folder.path }, close: () => folder.close() });
      }),
    limitMs,
  );

  it.skipIf(!hasPostgres)(
    'end with everybody agreed and linked on PostgreSQL',
    () =>
      play('postgres', async () => {
        const databaseUrl = await postgres!.makeDatabase();
        return { place: { databaseUrl }, close: () => undefined };
      }),
    limitMs,
  );
});

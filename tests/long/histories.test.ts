/**
 * npm run test:long – thousands of random histories over the real server, on both databases. A part of them, or one of
 * them again: PEAL_HISTORIES=50 PEAL_SEED=123 npm run test:long. What was measured goes to docs/measured.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { writeMeasured } from '../support/measured';
import { type TestPostgres, hasPostgres, startPostgres } from '../support/postgres';
import { makeScratchDir } from '../support/scratch';
import {
  type Run,
  type RunOptions,
  callsOfTwo,
  expectNoneWrong,
  playAll,
} from '../support/sim-run';
import { rowsReached } from '../support/sim-rows';
import { simTimes } from '../support/sim-world';

const histories = Number(process.env['PEAL_HISTORIES'] ?? 2_400);
const seed = Number(process.env['PEAL_SEED'] ?? randomInt(2 ** 31 - histories));
/** They mostly wait, so that many fit into one process. A PostgreSQL has a hundred connections for all of them. */
const worlds = { sqlite: 24, postgres: 8 };
const share = { sqlite: Math.ceil(histories * 0.8), postgres: Math.ceil(histories * 0.2) };

let postgres: TestPostgres | undefined;
const runs: Record<string, Run> = {};

beforeAll(async () => {
  if (hasPostgres) postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
  report();
});

async function play(name: keyof typeof share, makePlace: RunOptions['makePlace']): Promise<void> {
  const onProgress = (done: number, failed: number): void => {
    if (done % 100 === 0)
      process.stdout.write(`${name}: ${String(done)}, ${String(failed)} wrong\n`);
  };
  const first = name === 'sqlite' ? seed : seed + share.sqlite;
  const run = await playAll(callsOfTwo, {
    histories: share[name],
    worlds: worlds[name],
    seed: first,
    makePlace,
    onProgress,
  });
  runs[name] = run;
  expectNoneWrong(run);
}

describe('random histories', () => {
  it('end with everybody agreed on SQLite', () =>
    play('sqlite', () => {
      const folder = makeScratchDir('world');
      return Promise.resolve({ place: { data: folder.path }, close: () => folder.close() });
    }));

  it.skipIf(!hasPostgres)('end with everybody agreed on PostgreSQL', () =>
    play('postgres', async () => {
      const databaseUrl = await postgres!.makeDatabase();
      return { place: { databaseUrl }, close: () => undefined };
    }),
  );
});

/** Short runs are for looking at one history: they are not kept. */
function report(): void {
  const counts = Object.values(runs).map((run) => run.counts);
  const rows = rowsReached(counts);
  process.stdout.write(
    `rows reached: ${Object.entries(rows)
      .map((row) => row.join(' '))
      .join(', ')}\n`,
  );
  if (histories < 2_000) return;
  const measured = 'random histories of 1:1 calls over the real server';
  writeMeasured('histories', measured, { worlds, times: simTimes, rows, runs });
}

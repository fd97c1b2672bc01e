/**
 * Histories of calls of 3 to 9 people, over a real server and with the product's own mesh (tests/long plays thousands).
 * One of them again: PEAL_HISTORIES=1 PEAL_SEED=123.
 */
import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeScratchDir } from '../../support/scratch';
import { callsOfSeveral, playAll } from '../../support/sim-run';

const histories = Number(process.env['PEAL_HISTORIES'] ?? 300);
const seed = Number(process.env['PEAL_SEED'] ?? randomInt(2 ** 31 - histories));

it('leaves everybody agreed, linked and with one reason after three hundred histories of groups', async () => {
  const run = await playAll(callsOfSeveral, {
    ...{ histories, seed, worlds: 5 },
    makePlace: () => {
      const folder = makeScratchDir('world');
      return Promise.resolve({ place: { data: folder.path }, close: () => folder.close() });
    },
  });
  expect(run.failures).toEqual([]);
  if (histories < 100) return;
  for (const people of [2, 3, 4]) {
    expect(run.counts[`at rest with ${String(people)}`]).toBeGreaterThan(0);
  }
}, 240_000);

/**
 * Histories of calls of 3 to 9 people, over a real server and with the product's own mesh (tests/long plays thousands).
 * One of them again: PEAL_HISTORIES=1 PEAL_SEED=123.
 */
import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeScratchDir } from '../../support/scratch';
import { callsOfSeveral, expectNoneWrong, playAll } from '../../support/sim-run';

const histories = Number(process.env['PEAL_HISTORIES'] ?? 150);
const seed = Number(process.env['PEAL_SEED'] ?? randomInt(2 ** 31 - histories));

it('leaves everybody agreed, linked and with one reason after a hundred and fifty histories of groups', async () => {
  const run = await playAll(callsOfSeveral, {
    ...{ histories, seed, worlds: 5 },
    makePlace: () => {
      const folder = makeScratchDir('world');
      return Promise.resolve({ place: { data: folder.path }, close: () => folder.close() });
    },
  });
  expectNoneWrong(run);
  if (histories < 100) return;
  const met = (...what: readonly string[]): number =>
    what.reduce((sum, one) => sum + (run.counts[one] ?? 0), 0);
  const atRest = (people: number): string => `at rest with ${String(people)}`;
  for (const people of [2, 3, 4]) expect(met(atRest(people)), atRest(people)).toBeGreaterThan(0);
  expect(met(...[5, 6, 7, 8, 9].map(atRest)), 'at rest with more').toBeGreaterThan(0);
  for (const what of ['ringing', 'claim', 'join', 'leave', 'invite', 'extend', 'enter', 'video']) {
    expect(met(`accepted ${what}`), what).toBeGreaterThan(0);
  }
  for (const what of ['crash', 'cut']) expect(met(`happening ${what}`), what).toBeGreaterThan(0);
}, 240_000);

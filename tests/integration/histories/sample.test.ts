/** A few of the histories of tests/long in the gate: what breaks the model is seen before the long run. */
import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { callsOfTwo, expectNoneWrong, playAll } from '../../support/sim-run';
import { makeScratchDir } from '../../support/scratch';

it('leaves everybody agreed after thirty random histories', async () => {
  const run = await playAll(callsOfTwo, {
    histories: 30,
    worlds: 10,
    seed: randomInt(2 ** 31),
    makePlace: () => {
      const folder = makeScratchDir('world');
      return Promise.resolve({ place: { data: folder.path }, close: () => folder.close() });
    },
  });
  expectNoneWrong(run);
  expect(run.counts['connected']).toBeGreaterThan(0);
}, 120_000);

/**
 * npm run test:long – two hundred calls to somebody whose desktop is in states drawn at random. A part of them, or the
 * same again: PEAL_RINGS=40 PEAL_SEED=123 npm run test:long. What was measured goes to docs/measured.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { median, percentile } from '../../bench/lib/statistics';
import { writeMeasured } from '../support/measured';
import { Cleanup } from '../support/cleanup';
import { seeded } from '../support/rings/random';
import { type Ring, type RingScene, openRingScene, playRings } from '../support/rings/run';
import { stateNames } from '../support/rings/states';

const calls = Number(process.env['PEAL_RINGS'] ?? 200);
const seed = Number(process.env['PEAL_SEED'] ?? randomInt(2 ** 31));

describe('a person who is called', () => {
  const cleanup = new Cleanup();
  let scene: RingScene;
  beforeAll(async () => {
    scene = cleanup.own(await openRingScene(seeded(seed)));
  });
  afterAll(() => cleanup.close());

  it(`sees each of ${String(calls)} rings, and none after it (seed ${String(seed)})`, async () => {
    const rings = await playRings(scene, calls, (_ring, at) => {
      if (at % 20 === 19) process.stdout.write(`rings: ${String(at + 1)} of ${String(calls)}\n`);
    });
    expect(rings).toHaveLength(calls);
    report(rings);
  });
});

function report(rings: readonly Ring[]): void {
  const figures = (values: readonly number[]): object => ({
    calls: values.length,
    p50: Math.round(median(values)),
    p95: Math.round(percentile(values, 0.95)),
    most: Math.round(Math.max(...values)),
  });
  const inState = (state: Ring['state']): Ring[] => rings.filter((ring) => ring.state === state);
  writeMeasured(
    'rings-long',
    'calls in states drawn at random, from the caller’s command on the wire; all painted, none left over; ms',
    {
      seed,
      painted: Object.fromEntries(
        stateNames
          .filter((state) => inState(state).length > 0)
          .map((state) => [state, figures(inState(state).map(({ paintedMs }) => paintedMs))]),
      ),
      gone: figures(rings.map(({ goneMs }) => goneMs)),
    },
  );
}

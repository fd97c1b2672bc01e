/**
 * Calls to somebody whose desktop is in any state: the ring is on the screen each time, and nothing of it is left when
 * the caller gives up. Many more of them: npm run test:long; how fast: npm run bench -- rings.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cleanup } from '../support/cleanup';
import { seeded } from '../support/rings/random';
import { type RingScene, openRingScene, playRings } from '../support/rings/run';

const calls = 20;
const seed = Number(process.env['PEAL_SEED'] ?? randomInt(2 ** 31));

describe('a person who is called', () => {
  const cleanup = new Cleanup();
  let scene: RingScene;
  beforeAll(async () => {
    scene = cleanup.own(await openRingScene(seeded(seed)));
  });
  afterAll(() => cleanup.close());

  it(`sees each of ${String(calls)} rings, and none after it, in states drawn at random (seed ${String(seed)})`, async () => {
    const rings = await playRings(scene, calls);
    expect(rings).toHaveLength(calls);
    expect(scene.callee.watch.count).toBe(0);
  });
});

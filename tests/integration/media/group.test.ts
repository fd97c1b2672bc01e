/** Three meshes in a real Chromium: each hears exactly the others, sees who speaks, and sends what is seen. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Lab, type Name, openLab, tones } from './lab';

const limitMs = 10_000;
const names: readonly Name[] = ['a', 'b', 'c'];
const pairs = names.flatMap((one) =>
  names.filter((other) => other !== one).map((other) => [one, other] as const),
);

let lab: Lab;

beforeAll(async () => {
  lab = await openLab();
}, 60_000);

afterAll(() => lab.close());

beforeEach(async () => {
  await lab.do('reset');
  for (const name of names) await lab.do('join', name, tones[name]);
  for (const [listener, speaker] of pairs) {
    const ms = await lab.do('waitForSound', listener, speaker, limitMs);
    expect(ms, `${speaker} is not heard by ${listener}`).toBeGreaterThanOrEqual(0);
  }
});

const problems = async (): Promise<string[]> => lab.eventsOf('problem');

describe('a call of three', () => {
  it('lets each hear exactly the others, by one connection each, without a problem', async () => {
    for (const [listener, speaker] of pairs) {
      const hz = await lab.do('peakHz', listener, speaker);
      expect(Math.abs(hz - tones[speaker]), `${speaker} at ${listener}`).toBeLessThan(30);
    }
    for (const name of names) expect(await lab.do('connections', name)).toBe(2);
    expect(await problems()).toEqual([]);
  });

  it('names everybody who speaks, everywhere, and who fell silent no longer', async () => {
    for (const who of names) await lab.until({ who, what: 'speaking', detail: 'a,b,c' }, limitMs);
    const at = await lab.do('now');
    await lab.do('setVoice', 'b', false);
    for (const who of names) await lab.until({ at, who, what: 'speaking', detail: 'a,c' });
    expect(await problems()).toEqual([]);
  });

  it('sends no picture to who does not show it, goes on sending the voice, and sends it again', async () => {
    expect(await lab.do('countPictures', 'c', 'a', 1_000)).toBeGreaterThan(3);
    await lab.do('showAt', 'c', 'a', 0);
    await expect
      .poll(() => lab.do('countPictures', 'c', 'a', 500), { timeout: limitMs })
      .toBeLessThan(2);
    expect(await lab.do('countPictures', 'b', 'a', 1_000)).toBeGreaterThan(3);
    expect(await lab.do('waitForSound', 'c', 'a', limitMs)).toBeGreaterThanOrEqual(0);
    await lab.do('showAt', 'c', 'a', 360);
    await expect
      .poll(() => lab.do('countPictures', 'c', 'a', 500), { timeout: limitMs })
      .toBeGreaterThan(3);
    expect(await problems()).toEqual([]);
  });

  it('sends few pictures to who shows a stamp, and all to who shows more', async () => {
    await lab.do('showAt', 'c', 'a', 100);
    const seenBy = (listener: Name): Promise<number> =>
      lab.do('countPictures', listener, 'a', 1_000);
    await expect.poll(() => seenBy('c'), { timeout: limitMs }).toBeLessThan(8);
    expect(await seenBy('c')).toBeGreaterThan(1);
    await expect.poll(() => seenBy('b'), { timeout: limitMs }).toBeGreaterThan(8);
    expect(await problems()).toEqual([]);
  });
});

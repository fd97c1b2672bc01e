/**
 * The window of one side is killed in the middle of a call and made anew: the same leg, a page that knows nothing.
 * The other side has its old link, whose connection looks alive for seconds.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Lab, type Name, openLab } from './lab';

const backWithinMs = 3_000;
const other = { a: 'b', b: 'a', c: 'a' } as const;
const roles = [
  ['a', 'the answerer'],
  ['b', 'the offerer'],
] as const;

let lab: Lab;
const measured: string[] = [];

beforeAll(async () => {
  lab = await openLab();
}, 60_000);

afterAll(async () => {
  await lab.close();
  process.stdout.write(`${measured.join('\n')}\n`);
});

beforeEach(() => lab.do('reset'));

/** From now until both hear each other over tracks that are new at both ends. */
async function backAgain(since: number, what: string): Promise<void> {
  for (const who of ['a', 'b'] as const) {
    await lab.until({ at: since, who, what: 'track', detail: `${other[who]} voice` });
  }
  await lab.soundBothWays();
  const ms = (await lab.do('now')) - since;
  measured.push(`${what}: sound both ways after ${Math.round(ms)} ms`);
  expect(ms).toBeLessThan(backWithinMs);
}

const liveLinks = async (who: Name): Promise<number> => lab.do('connections', who);

describe('a page that was made anew', () => {
  it.each(roles)('as %s, %s, is heard and hears within three seconds', async (name, role) => {
    await lab.connectPair();
    const before = await lab.do('linkId', 'a', 'b');
    const since = await lab.do('now');
    await lab.do('reopen', name);
    await backAgain(since, `${role} anew`);
    expect(await lab.do('linkId', 'a', 'b')).not.toBe(before);
  });

  it.each(roles)('as %s, %s, makes one link, with one offer, and nothing twice', async (name) => {
    await lab.connectPair();
    const offers = (await lab.eventsOf('sent', 'b')).filter((type) => type === 'offer').length;
    const since = await lab.do('now');
    await lab.do('reopen', name);
    await backAgain(since, `only one link, ${name}`);
    expect(await liveLinks('a')).toBe(1);
    expect(await liveLinks('b')).toBe(1);
    const sent = await lab.eventsOf('sent');
    expect(sent.filter((type) => type === 'offer')).toHaveLength(offers + 1);
    expect((await lab.eventsOf('sent', 'a')).filter((type) => type === 'offer')).toEqual([]);
    expect(await lab.eventsOf('heard twice')).toEqual([]);
  });

  it('of both sides at once is heard within three seconds, in either order', async () => {
    await lab.connectPair();
    for (const order of [['a', 'b'] as const, ['b', 'a'] as const]) {
      const since = await lab.do('now');
      for (const name of order) await lab.do('reopen', name);
      await backAgain(since, `both anew, ${order.join(' first, then ')}`);
    }
    expect(await liveLinks('a')).toBe(1);
    expect(await lab.eventsOf('heard twice')).toEqual([]);
  });

  it('of the offerer comes while nobody is there to answer, and its offer is repeated soon', async () => {
    await lab.connectPair();
    await lab.do('setFault', { kind: 'cut' });
    const before = await lab.do('now');
    await lab.do('reopen', 'b');
    await lab.until({ at: before, who: 'b', what: 'sent', detail: 'offer' });
    await lab.do('setFault', null);
    const since = await lab.do('now');
    await lab.do('reopen', 'a');
    await backAgain(since, 'answerer anew after a lost offer');
  });

  it.each(roles)('as %s, %s, again and again, ends with one link', async (name) => {
    await lab.connectPair();
    await lab.do('reopen', name);
    await lab.do('reopen', name);
    const since = await lab.do('now');
    await lab.do('reopen', name);
    await backAgain(since, `${name} anew three times`);
    expect(await liveLinks('a')).toBe(1);
    expect(await liveLinks('b')).toBe(1);
    expect(await lab.eventsOf('heard twice')).toEqual([]);
  });

  it('hears what the other side says of its microphone and camera', async () => {
    await lab.connectPair();
    await lab.do('setState', 'a', { voiceMuted: true, cameraOff: true });
    const since = await lab.do('now');
    await lab.do('reopen', 'b');
    await lab.until({ at: since, who: 'b', what: 'state', detail: 'a muted off' });
  });
});

/** Links in a real Chromium: real sound, real pictures, real faults. Times are printed, and kept below five seconds. */
import { resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BuiltPage, buildPage } from '../../support/built-page';
import { type ChromiumPage, openChromiumPage } from '../../support/chromium-page';
import type { LabApi } from './page/lab-api';

const limitMs = 5_000;
const connectMs = 4_000;
const tones = { a: 440, b: 1000, c: 1700 } as const;
type Name = keyof typeof tones;

let built: BuiltPage;
let chromium: ChromiumPage;
const measured: string[] = [];

type Result<K extends keyof LabApi> = Awaited<ReturnType<LabApi[K]>>;

async function lab<K extends keyof LabApi>(
  verb: K,
  ...args: Parameters<LabApi[K]>
): Promise<Result<K>> {
  return chromium.page.evaluate<Result<K>>(`lab.${verb}(...${JSON.stringify(args)})`);
}

const join = (name: Name): Promise<void> => lab('join', name, tones[name]);

async function heard(listener: Name, speaker: Name, what: string): Promise<number> {
  const ms = await lab('waitForSound', listener, speaker, limitMs * 2);
  measured.push(`${what}, ${speaker} at ${listener}: ${Math.round(ms)} ms`);
  expect(ms, `${what}: ${speaker} is not heard by ${listener}`).toBeGreaterThanOrEqual(0);
  return ms;
}

/** Waits for the tone both ways and says how long the slower one took. */
async function heardBothWays(what: string): Promise<number> {
  return Math.max(...(await Promise.all([heard('a', 'b', what), heard('b', 'a', what)])));
}

async function connectedPair(): Promise<void> {
  await join('a');
  await join('b');
  await heardBothWays('connect');
}

const problems = async (): Promise<string[]> =>
  (await lab('events'))
    .filter((event) => event.what === 'problem')
    .map((event) => `${event.who}: ${event.detail}`);

const sent = async (who: Name, type: string): Promise<number> =>
  (await lab('events')).filter(
    (event) => event.what === 'sent' && event.who === who && event.detail === type,
  ).length;

beforeAll(async () => {
  built = await buildPage(resolve(import.meta.dirname, 'page'));
  chromium = await openChromiumPage(built.url);
}, 60_000);

afterAll(async () => {
  await chromium.close();
  await built.close();
  process.stdout.write(`${measured.join('\n')}\n`);
});

beforeEach(() => lab('reset'));

describe('a link', () => {
  it('carries sound and a moving picture both ways, and offers come from the later joiner only', async () => {
    await join('a');
    await join('b');
    expect(await heardBothWays('connect')).toBeLessThan(connectMs);
    expect(Math.abs((await lab('peakHz', 'a', 'b')) - tones.b)).toBeLessThan(30);
    expect(Math.abs((await lab('peakHz', 'b', 'a')) - tones.a)).toBeLessThan(30);
    await lab('waitForEvent', { who: 'a', what: 'track', detail: 'b camera' }, limitMs);
    await lab('waitForEvent', { who: 'b', what: 'track', detail: 'a camera' }, limitMs);
    expect(await lab('countPictures', 'a', 'b', 1_000)).toBeGreaterThan(3);
    expect(await lab('countPictures', 'b', 'a', 1_000)).toBeGreaterThan(3);
    expect(await sent('a', 'offer')).toBe(0);
    expect(await sent('b', 'offer')).toBe(1);
    expect(await problems()).toEqual([]);
  });

  it('announces voice and camera once each, and no screen that nobody shares', async () => {
    await connectedPair();
    await lab('waitForEvent', { who: 'a', what: 'track', detail: 'b camera' }, limitMs);
    await lab('repeatSnapshot');
    await lab('setVoice', 'b', false);
    await lab('waitForSilence', 'a', 'b', limitMs);
    await lab('setVoice', 'b', true);
    await heard('a', 'b', 'voice replaced');
    const tracks = (await lab('events')).filter((event) => event.what === 'track');
    expect(
      tracks
        .filter((event) => event.who === 'a')
        .map((event) => event.detail)
        .sort(),
    ).toEqual(['b camera', 'b voice']);
    expect(await sent('b', 'offer')).toBe(1);
  });

  it('tells the media state to the other side, also to one that joins later', async () => {
    await join('a');
    await lab('setState', 'a', { voiceMuted: true, cameraOff: true });
    await join('b');
    const muted = { who: 'b', what: 'state', detail: 'a muted off' } as const;
    expect(await lab('waitForEvent', muted, limitMs)).toBeGreaterThanOrEqual(0);
    await lab('setState', 'a', { voiceMuted: false, cameraOff: true });
    const open = { who: 'b', what: 'state', detail: 'a open off' } as const;
    expect(await lab('waitForEvent', open, limitMs)).toBeGreaterThanOrEqual(0);
  });

  it('connects after its first offer was lost', async () => {
    await join('a');
    await lab('setFault', { kind: 'lose', type: 'offer', times: 1 });
    await join('b');
    expect(await heardBothWays('offer lost')).toBeLessThan(limitMs);
    expect(await sent('b', 'offer')).toBe(2);
  });

  it('connects after the answer was lost', async () => {
    await join('a');
    await lab('setFault', { kind: 'lose', type: 'answer', times: 1 });
    await join('b');
    expect(await heardBothWays('answer lost')).toBeLessThan(limitMs);
  });

  it('connects within five seconds after the signal path came back', async () => {
    await join('a');
    await lab('setFault', { kind: 'cut' });
    await join('b');
    const secondOffer = { who: 'a', what: 'sent', detail: 'link.request' } as const;
    await lab('waitForEvent', secondOffer, limitMs);
    await lab('setFault', null);
    expect(await heardBothWays('signals cut')).toBeLessThan(limitMs);
  });

  it('takes a signal that overtook the snapshot of its sender', async () => {
    await join('a');
    await lab('holdSnapshots', 'a');
    await join('b');
    await lab('waitForEvent', { who: 'b', what: 'sent', detail: 'candidate' }, limitMs);
    await lab('releaseSnapshots', 'a');
    expect(await heardBothWays('early offer')).toBeLessThan(connectMs);
    expect(await sent('b', 'offer')).toBe(1);
  });
});

describe('a live link', () => {
  it.each([
    ['a junk candidate', '{"type":"candidate","candidate":"candidate:junk","mid":"0","line":0}'],
    [
      'a candidate of no section',
      '{"type":"candidate","candidate":"candidate:1 1 udp 1 127.0.0.1 9 typ host","mid":"x","line":9}',
    ],
    ['no JSON', 'v=0'],
    ['an offer without sdp', '{"type":"offer","n":2,"fresh":true}'],
    ['an offer of junk', '{"type":"offer","n":2,"fresh":true,"sdp":"v=0\\r\\njunk"}'],
    ['an answer nobody asked for', '{"type":"answer","n":1,"sdp":"v=0\\r\\n"}'],
  ])('goes on without a gap after %s', async (what, payload) => {
    await connectedPair();
    const since = await lab('now');
    await lab('forge', 'b', 'a', { payload });
    await lab('forge', 'a', 'b', { payload });
    const problem = { at: since, what: 'problem' } as const;
    expect(await lab('waitForEvent', problem, limitMs)).toBeGreaterThanOrEqual(0);
    await stillHeard(since, what);
  });

  it('drops what names another link, and an offer of the side that never offers', async () => {
    await connectedPair();
    const since = await lab('now');
    const offer = '{"type":"offer","n":9,"fresh":true,"sdp":"v=0\\r\\n"}';
    await lab('forge', 'b', 'a', { linkId: 'forged', payload: '{"type":"channel","id":7}' });
    await lab('forge', 'a', 'b', { linkId: 'forged', payload: offer });
    await lab('forge', 'a', 'b', { payload: offer });
    await lab('forge', 'b', 'a', { linkId: 'forged', payload: offer });
    await stillHeard(since, 'forged link id');
    expect(await lab('connections', 'a')).toBe(1);
    expect(await problems()).toEqual([
      'a: b stale-signal',
      'b: a stale-signal',
      'b: a stale-signal',
      'a: b bad-description',
    ]);
  });

  it.each(['a', 'b'] as const)(
    'keeps its sound while the data channel is closed by %s, and its state flows again',
    async (closer) => {
      await connectedPair();
      const since = await lab('now');
      await lab('closeChannel', closer);
      const moved = { at: since, what: 'sent', detail: 'channel' } as const;
      expect(await lab('waitForEvent', moved, limitMs)).toBeGreaterThanOrEqual(0);
      for (const [from, to] of [
        ['a', 'b'],
        ['b', 'a'],
      ] as const) {
        await lab('setState', from, { voiceMuted: false, cameraOff: true });
        const told = { at: since, who: to, what: 'state', detail: `${from} open off` } as const;
        expect(await lab('waitForEvent', told, limitMs)).toBeGreaterThanOrEqual(0);
      }
      await stillHeard(since, `data channel closed by ${closer}`);
      expect(await sent('b', 'offer')).toBe(1);
    },
  );

  it('finds fresh routes when told that the network changed, by either side, without a gap', async () => {
    await connectedPair();
    const since = await lab('now');
    await lab('refresh', 'b');
    await lab('waitForEvent', { at: since, who: 'a', what: 'sent', detail: 'answer' }, limitMs);
    const later = await lab('now');
    await lab('refresh', 'a');
    await lab('waitForEvent', { at: later, who: 'b', what: 'sent', detail: 'offer' }, limitMs);
    await stillHeard(since, 'refresh');
    expect(await lab('connections', 'b')).toBe(1);
  });

  it.each(['offer', 'answer'] as const)(
    'restarts without a gap although the %s of the restart was lost',
    async (type) => {
      await connectedPair();
      const since = await lab('now');
      await lab('setFault', { kind: 'lose', type, times: 1 });
      await lab('refresh', 'b');
      await lab('waitForEvent', { at: since, who: 'b', what: 'sent', detail: 'offer' }, limitMs);
      const second = (await lab('now')) + 1_000;
      await lab('waitForEvent', { at: second, who: 'b', what: 'sent', detail: 'offer' }, limitMs);
      await lab('waitForEvent', { at: second, who: 'a', what: 'sent', detail: 'answer' }, limitMs);
      await stillHeard(second, `${type} of a restart lost`);
      await stillHeard(since, `${type} of a restart lost, from the start`);
      expect(await lab('connections', 'a')).toBe(1);
      expect((await lab('events')).filter(({ what }) => what === 'link')).toHaveLength(2);
    },
  );

  it('is rebuilt under a new id when the answerer asks, and its new tracks are announced', async () => {
    await connectedPair();
    const before = await lab('linkId', 'a', 'b');
    const since = await lab('now');
    await lab('forge', 'a', 'b', { payload: '{"type":"link.request","want":"rebuild"}' });
    await lab('waitForEvent', { at: since, who: 'a', what: 'track', detail: 'b voice' }, limitMs);
    await lab('waitForEvent', { at: since, who: 'b', what: 'track', detail: 'a voice' }, limitMs);
    await heardBothWays('rebuilt');
    const ms = (await lab('now')) - since;
    measured.push(`rebuilt, from the request to the sound: ${Math.round(ms)} ms`);
    expect(ms).toBeLessThan(limitMs);
    expect(await lab('linkId', 'a', 'b')).not.toBe(before);
    expect(await lab('connections', 'a')).toBe(1);
    expect(await lab('connections', 'b')).toBe(1);
  });
});

/** The browser of the other side says nothing for about six seconds, and the link gives it two more. */
const noticedMs = 10_000;

describe('a connection that died under its link', () => {
  it.each([
    ['a', 'the answerer'],
    ['b', 'the offerer'],
  ] as const)('of %s, %s, is replaced and heard again', async (victim, _role) => {
    await connectedPair();
    const before = await lab('linkId', 'a', 'b');
    const since = await lab('now');
    await lab('killConnection', victim);
    const newTrack = { at: since, what: 'track' } as const;
    await lab('waitForEvent', { ...newTrack, who: 'a', detail: 'b voice' }, 3 * limitMs);
    await lab('waitForEvent', { ...newTrack, who: 'b', detail: 'a voice' }, 3 * limitMs);
    await heardBothWays(`connection of ${victim} died`);
    const ms = (await lab('now')) - since;
    measured.push(`connection of ${victim} died, from then to the sound: ${Math.round(ms)} ms`);
    expect(ms).toBeLessThan(noticedMs);
    expect(await lab('linkId', 'a', 'b')).not.toBe(before);
    expect(await lab('connections', 'a')).toBe(1);
    expect(await lab('connections', 'b')).toBe(1);
  });
});

/** Nothing was heard to stop since then, and a little beyond. */
async function stillHeard(since: number, what: string): Promise<void> {
  for (const [listener, speaker] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    await chromium.page.waitForFunction(
      `lab.longestSilence('${listener}', '${speaker}', ${since}).samples > 50`,
    );
    const { ms } = await lab('longestSilence', listener, speaker, since);
    measured.push(`${what}, longest silence of ${speaker} at ${listener}: ${Math.round(ms)} ms`);
    expect(ms).toBeLessThan(250);
  }
}

describe('a mesh of three', () => {
  it('links a late joiner to both, and closes only the links of who leaves', async () => {
    await connectedPair();
    await join('c');
    const ms = await Promise.all(
      (['a', 'b'] as const).flatMap((other) => [
        heard('c', other, 'late joiner'),
        heard(other, 'c', 'late joiner'),
      ]),
    );
    expect(Math.max(...ms)).toBeLessThan(limitMs);
    const both = { who: 'c', what: 'live', detail: 'a,b' } as const;
    expect(await lab('waitForEvent', both, limitMs)).toBeGreaterThanOrEqual(0);
    const since = await lab('now');
    await lab('leave', 'c');
    const alone = { at: since, who: 'a', what: 'live', detail: 'b' } as const;
    expect(await lab('waitForEvent', alone, limitMs)).toBeGreaterThanOrEqual(0);
    await stillHeard(since, 'third one left');
  });
});

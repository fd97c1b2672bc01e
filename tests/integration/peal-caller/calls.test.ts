/**
 * The documented sample, unchanged, in plain pages in real Chromium, over a real server. Anna calls with the sample; Bao
 * is a page too, except in tests/e2e/peal-caller.test.ts, where he has the desktop app.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EndReason } from '#protocol/end-reason';
import { signAppToken } from '#server/auth/web-tokens';
import {
  type CallerPage,
  type PageServer,
  openCallerPage,
  servePage,
} from '../../support/caller-page';
import { Cleanup } from '../../support/cleanup';
import { startFaultyProxy } from '../../support/faulty-proxy';
import { heardInPage } from '../../support/listen';
import { pictureFile, toneFile } from '../../support/media-files';
import { WireServer, appSecret } from '../../support/wire-server';
import { waitFor } from '../../support/wait';

const hz = { anna: 1000, bao: 440 } as const;
const success = 10_000;

const cleanup = new Cleanup();
let pages: PageServer;
let server: WireServer;
let anna: CallerPage;
let bao: CallerPage;

const token = (userId: string): Promise<string> =>
  signAppToken({ userId, name: userId }, appSecret, Date.now() + 60_000);

async function signIn(
  page: CallerPage,
  userId: string,
  more: { readonly url?: string; readonly deviceId?: string } = {},
): Promise<void> {
  const options = { url: server.url, token: await token(userId), ...more };
  expect(await page.lab('signIn', userId, options)).toBe('ok');
}

async function open(name: 'anna' | 'bao'): Promise<CallerPage> {
  const flags = [
    `--use-file-for-fake-audio-capture=${await toneFile(hz[name])}`,
    `--use-file-for-fake-video-capture=${await pictureFile(name === 'anna' ? 'orange' : 'blue')}`,
  ];
  return cleanup.own(await openCallerPage(pages, { flags }));
}

beforeAll(async () => {
  pages = cleanup.own(await servePage());
  server = await WireServer.start({ allowedOrigins: [pages.origin] });
  cleanup.add(() => server.stop());
  [anna, bao] = await Promise.all([open('anna'), open('bao')]);
  await Promise.all([signIn(anna, 'anna'), signIn(bao, 'bao')]);
}, 120_000);

afterAll(() => cleanup.close());

afterEach(async () => {
  for (const [page, name] of [
    [anna, 'anna'],
    [bao, 'bao'],
  ] as const) {
    // A failed test leaves its call behind; a call that is over answers 10000 all the same.
    await page.lab('hungup', name).catch(() => undefined);
    await page.lab('forget', name);
    await page.lab('removeVideos');
    expect(await page.lab('faults')).toEqual([]);
  }
});

/** Anna calls Bao with the sample, and it rings at Bao. */
async function ring(mediaType: 1 | 2 = 1): Promise<void> {
  const call = { targetId: 'bao', mediaType, userId: 'bao' } as const;
  expect(await anna.lab('callBySample', 'anna', call)).toEqual({ code: success, hasSession: true });
  await bao.waitToHear('bao', { what: 'session' });
  await anna.waitToHear('anna', { what: 'ringing', userId: 'bao' });
}

async function connect(mediaType: 1 | 2 = 1): Promise<void> {
  await ring(mediaType);
  expect(await bao.lab('accept', 'bao')).toBe(success);
  await anna.waitToHear('anna', { what: 'accept', userId: 'bao' });
  await anna.waitToHear('anna', { what: 'played', kind: 'audio', isLocal: false, code: success });
  await bao.waitToHear('bao', { what: 'played', kind: 'audio', isLocal: false, code: success });
}

const count = async (page: CallerPage, name: string, what: string): Promise<number> =>
  (await page.lab('heard', name)).filter((heard) => heard.what === what).length;

async function hears(page: CallerPage, wanted: number): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    Math.abs(((await heardInPage(page.page))?.hz ?? 0) - wanted) <= 15;
  await waitFor(isThere, { what: `${wanted} Hz in the page`, withinMs: 15_000 });
}

describe('the documented sample', () => {
  it('calls another page with sound both ways, and its hang-up ends the call at both', async () => {
    await connect();
    await Promise.all([hears(anna, hz.bao), hears(bao, hz.anna)]);
    expect(await anna.lab('hungupBySample', 'anna')).toBe(success);
    await bao.waitToHear('bao', {
      what: 'hungup',
      userId: 'anna',
      reason: EndReason.REMOTE_HANGUP,
    });
    await bao.waitToHear('bao', { what: 'close', reason: EndReason.REMOTE_HANGUP });
    await anna.waitToHear('anna', { what: 'close', reason: EndReason.HANGUP });
    const order = (await anna.lab('heard', 'anna')).map(({ what }) => what);
    expect(order.indexOf('ringing')).toBeLessThan(order.indexOf('accept'));
    expect(order.filter((what) => what === 'close')).toHaveLength(1);
    expect(order.at(-1)).toBe('close');
    expect(await count(anna, 'anna', 'ringing')).toBe(1);
    expect(await count(anna, 'anna', 'accept')).toBe(1);
  });

  it('hands the very session that call() gave to each callback but that of the own tracks', async () => {
    await connect();
    const heard = await anna.lab('heard', 'anna');
    const own = heard.filter(({ what, isLocal }) => what === 'track' && isLocal);
    expect(own.map(({ isSameSession }) => isSameSession)).toEqual([undefined]);
    const rest = heard.filter((one) => !own.includes(one) && one.what !== 'played');
    expect(rest.length).toBeGreaterThanOrEqual(3);
    expect(rest.every(({ isSameSession }) => isSameSession === true)).toBe(true);
  });

  it('shows the picture of a video call in the element that it names', async () => {
    await anna.lab('addVideo', 'videobao');
    await connect(2);
    await anna.waitToHear('anna', { what: 'played', kind: 'video', isLocal: false, code: success });
    await waitFor(async () => (await anna.lab('pictureWidth', 'videobao')) > 0, {
      what: 'a picture in the element',
    });
  });

  it('goes on without that element: play() answers 53021 and nothing throws', async () => {
    await connect(2);
    await anna.waitToHear('anna', { what: 'played', kind: 'video', isLocal: true, code: 53_021 });
    await anna.waitToHear('anna', { what: 'played', kind: 'video', isLocal: false, code: 53_021 });
    expect(await anna.lab('hungupBySample', 'anna')).toBe(success);
  });

  it('cancels while it rings: 11 at the other', async () => {
    await ring();
    expect(await anna.lab('hungupBySample', 'anna')).toBe(success);
    await bao.waitToHear('bao', {
      what: 'hungup',
      userId: 'anna',
      reason: EndReason.REMOTE_CANCEL,
    });
    await bao.waitToHear('bao', { what: 'close', reason: EndReason.REMOTE_CANCEL });
    await anna.waitToHear('anna', { what: 'close', reason: EndReason.CANCEL });
  });

  it('hears that the other one refused: 12', async () => {
    await ring();
    expect(await bao.lab('hungup', 'bao')).toBe(success);
    await anna.waitToHear('anna', {
      what: 'hungup',
      userId: 'bao',
      reason: EndReason.REMOTE_REJECT,
    });
    await anna.waitToHear('anna', { what: 'close', reason: EndReason.REMOTE_REJECT });
    await bao.waitToHear('bao', { what: 'close', reason: EndReason.REJECT });
  });

  it('hears that the other one hung up: 13', async () => {
    await connect();
    expect(await bao.lab('hungup', 'bao')).toBe(success);
    await anna.waitToHear('anna', {
      what: 'hungup',
      userId: 'bao',
      reason: EndReason.REMOTE_HANGUP,
    });
    await anna.waitToHear('anna', { what: 'close', reason: EndReason.REMOTE_HANGUP });
  });

  it('is connected with the page that calls this one while its microphone opens', async () => {
    await bao.lab('holdDevices');
    const toAnna = { targetId: 'anna', mediaType: 1, userId: 'anna' } as const;
    const called = bao.lab('callBySample', 'bao', toAnna);
    await waitFor(async () => (await bao.lab('heldDevices')) > 0, { what: 'a held microphone' });
    const toBao = { targetId: 'bao', mediaType: 1, userId: 'bao' } as const;
    expect(await anna.lab('callBySample', 'anna', toBao)).toEqual({
      code: success,
      hasSession: true,
    });
    // Anna's invitation has reached Bao's page before that page sends its own.
    await anna.waitToHear('anna', { what: 'ringing', userId: 'bao' });
    await bao.lab('releaseDevices');
    expect(await called).toEqual({ code: success, hasSession: true });
    await anna.waitToHear('anna', { what: 'accept', userId: 'bao' });
    await bao.waitToHear('bao', { what: 'accept', userId: 'anna' });
    await Promise.all([hears(anna, hz.bao), hears(bao, hz.anna)]);
    expect(await count(bao, 'bao', 'session')).toBe(0);
  });

  it('hears of muting and un-muting, of voice and of picture', async () => {
    await connect(2);
    await bao.lab('setVoice', 'bao', false);
    await anna.waitToHear('anna', { what: 'audio-mute', userId: 'bao', muted: true });
    await bao.lab('setVoice', 'bao', true);
    await anna.waitToHear('anna', { what: 'audio-mute', userId: 'bao', muted: false });
    expect(await bao.lab('setCamera', 'bao', false)).toBe(success);
    await anna.waitToHear('anna', { what: 'video-mute', userId: 'bao', muted: true });
    expect(await bao.lab('setCamera', 'bao', true)).toBe(success);
    await anna.waitToHear('anna', { what: 'video-mute', userId: 'bao', muted: false });
  });

  it('hears that the other one made an audio call of it', async () => {
    await connect(2);
    expect(await bao.lab('descend', 'bao')).toBe(success);
    await anna.waitToHear('anna', { what: 'media', userId: 'bao', mediaType: 1 });
    await hears(anna, hz.bao);
  });
});

describe('connect()', () => {
  it('says in a code what is wrong, and rejects only for options that are none', async () => {
    const { url } = server;
    const refused = { url, token: 'no token' };
    expect(await anna.lab('signIn', 'x', refused)).toBe('bad-credentials');
    const elsewhere = { url: 'ws://phone.example', token: 'x' };
    expect(await anna.lab('signIn', 'x', elsewhere)).toBe('bad-address');
    const nobody = { url: 'ws://127.0.0.1:9', token: 'x' };
    expect(await anna.lab('signIn', 'x', nobody)).toBe('unreachable');
    const nothing = { url, token: '', deviceId: 'a b' };
    expect(await anna.lab('signIn', 'x', nothing)).toMatch(/^rejected: .*token.*deviceId/);
  });

  it('lets two users live in one page and call each other', async () => {
    for (const name of ['carla', 'dan']) await signIn(anna, name);
    const call = { targetId: 'dan', mediaType: 1, userId: 'dan' } as const;
    expect((await anna.lab('callBySample', 'carla', call)).code).toBe(success);
    await anna.waitToHear('dan', { what: 'session' });
    expect(await anna.lab('accept', 'dan')).toBe(success);
    await anna.waitToHear('carla', { what: 'accept', userId: 'dan' });
    await anna.waitToHear('dan', { what: 'played', kind: 'audio', isLocal: false, code: success });
    await anna.lab('signOut', 'carla');
    await anna.waitToHear('carla', { what: 'close', reason: EndReason.HANGUP });
    await anna.waitToHear('dan', { what: 'close', reason: EndReason.REMOTE_HANGUP });
    expect(await count(anna, 'dan', 'close')).toBe(1);
    await anna.lab('signOut', 'dan');
    // Neither of them is heard of by the other user of this page.
    expect(await anna.lab('heard', 'anna')).toEqual([]);
  });

  it('tells of a call that came while nobody was there, once', async () => {
    const call = { targetId: 'erin', mediaType: 1, userId: 'erin' } as const;
    await signIn(bao, 'erin');
    await bao.lab('signOut', 'erin');
    expect((await anna.lab('callBySample', 'anna', call)).code).toBe(success);
    expect(await anna.lab('hungupBySample', 'anna')).toBe(success);
    await anna.waitToHear('anna', { what: 'close', reason: EndReason.CANCEL });
    await signIn(bao, 'erin');
    const { REMOTE_CANCEL } = EndReason;
    await bao.waitToHear('erin', { what: 'record', userId: 'anna', reason: REMOTE_CANCEL });
    await bao.lab('signOut', 'erin');
    await bao.lab('forget', 'erin');
    await signIn(bao, 'erin');
    await ringErin();
    expect(await count(bao, 'erin', 'record')).toBe(0);
    await bao.lab('signOut', 'erin');
  });

  it('comes back by itself when the line was cut, and is called again', async () => {
    const line = await startFaultyProxy(server.url);
    await signIn(bao, 'erin', { url: line.url });
    await bao.lab('forget', 'erin');
    line.cut();
    await bao.waitToHear('erin', { what: 'connection', state: 'offline' });
    line.restore();
    await bao.waitToHear('erin', { what: 'connection', state: 'online' });
    await ringErin();
    await bao.lab('signOut', 'erin');
    const ends = (await bao.lab('heard', 'erin')).filter(({ state }) => state === 'ended');
    expect(ends).toEqual([{ what: 'connection', state: 'ended' }]);
    await line.close();
  });

  it('ends with a word when another page signs in as the same device', async () => {
    await signIn(bao, 'erin', { deviceId: 'kiosk' });
    await signIn(anna, 'erin', { deviceId: 'kiosk' });
    await bao.waitToHear('erin', { what: 'connection', state: 'ended', problem: 'replaced' });
    await anna.lab('signOut', 'erin');
  });

  it('goes on with its call in a page that was loaded anew as the same device', async () => {
    await bao.lab('signOut', 'bao');
    await signIn(bao, 'bao', { deviceId: 'bao-page' });
    await connect();
    await bao.page.reload();
    await signIn(bao, 'bao', { deviceId: 'bao-page' });
    await bao.waitToHear('bao', { what: 'session' });
    expect(await bao.lab('accept', 'bao')).toBe(success);
    await Promise.all([hears(anna, hz.bao), hears(bao, hz.anna)]);
    expect(await count(anna, 'anna', 'hungup')).toBe(0);
    await anna.lab('hungupBySample', 'anna');
    await bao.waitToHear('bao', { what: 'close', reason: EndReason.REMOTE_HANGUP });
  });

  it('leaves its call at once when the page is closed', async () => {
    await bao.lab('signOut', 'bao');
    await signIn(bao, 'bao');
    await connect();
    await bao.page.reload();
    await anna.waitToHear('anna', { what: 'close', reason: EndReason.REMOTE_HANGUP });
    await signIn(bao, 'bao');
  });

  /** A later call has arrived: everything that the sign-in brought has been told by then. */
  async function ringErin(): Promise<void> {
    const call = { targetId: 'erin', mediaType: 1, userId: 'erin' } as const;
    await anna.lab('callBySample', 'anna', call);
    await bao.waitToHear('erin', { what: 'session' });
    await anna.lab('hungupBySample', 'anna');
    await bao.waitToHear('erin', { what: 'close', reason: EndReason.REMOTE_CANCEL });
  }
});

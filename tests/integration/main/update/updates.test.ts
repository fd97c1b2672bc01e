/** What becomes of a newer version: announced on Linux, fetched and offered elsewhere. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { UpdateState } from '#common/ipc';
import { type UpdateMemory, Updates, type UpdatesOptions } from '#main/update/updates';
import {
  type Answer,
  type FeedServer,
  cutOff,
  endless,
  makeSigningKey,
  redirect,
  send,
  silent,
  startFeedServer,
} from '../../../support/feed-server';
import { type ScratchDir, makeScratchDir } from '../../../support/scratch';
import { KeptLog } from '../../../unit/main/silent-log';

const key = makeSigningKey();
const body = Buffer.alloc(300_000, 'peal');
const notes = { en: ['Rings louder.'], 'zh-CN': ['铃声更响。'] };

let server: FeedServer;
let scratch: ScratchDir;

beforeAll(async () => {
  server = await startFeedServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.answers = { '/peal.exe': send(body) };
  server.asked = [];
  scratch = makeScratchDir('update');
});
afterEach(() => scratch.close());

const file = {
  ...{ platform: 'win32', arch: 'x64', url: 'peal.exe', size: body.length },
  sha512: createHash('sha512').update(body).digest('base64'),
};
const feed = {
  ...{ product: 'peal', format: 1, version: '1.2.0', signedAt: 1_000, notes },
  ...{ page: 'https://127.0.0.1/new', files: [file] },
};

interface Timer {
  readonly minutes: number;
  readonly run: () => void;
}

function updates(over: Partial<UpdatesOptions> = {}) {
  let memory: UpdateMemory = {};
  const timers: Timer[] = [];
  const done: string[] = [];
  const states: UpdateState[] = [];
  const log = new KeptLog();
  const made = new Updates({
    source: { feed: server.feedAddress, keys: [key.publicKey] },
    ...{ version: '1.1.0', platform: 'win32', arch: 'x64', folder: join(scratch.path, 'updates') },
    fetch,
    clock: {
      nowMs: () => 0,
      after: (ms, run) => {
        const timer = { minutes: ms / 60_000, run };
        timers.push(timer);
        return () => timers.splice(0, timers.length, ...timers.filter((one) => one !== timer));
      },
    },
    random: () => 0,
    log,
    memory: { get: () => memory, set: (next) => (memory = next) },
    isInCall: () => false,
    openPage: (address) => done.push(address),
    openFile: (path) => {
      done.push(path);
      return Promise.resolve('');
    },
    quit: () => done.push('quit'),
    onChanged: (state) => states.push(state),
    limitMs: 20_000,
    ...over,
  });
  const step = () => made.state.news?.step;
  /** Looks, and waits until nothing is fetched any more. */
  const checkAndFetch = async (): Promise<void> => {
    expect(await made.check()).toBe(true);
    await expect.poll(step, soon).not.toBe('fetching');
  };
  return { made, done, states, log, timers, step, checkAndFetch, memory: () => memory };
}

/** On a busy machine. */
const soon = { timeout: 10_000 };

const folder = (): string => join(scratch.path, 'updates');
const inFolder = (): string[] => (existsSync(folder()) ? readdirSync(folder()) : []);

it('on Linux announces a version, opens its page, and fetches nothing', async () => {
  server.publish(feed, key);
  const { made, done } = updates({ platform: 'linux' });
  expect(await made.check()).toBe(true);
  const news = { version: '1.2.0', notes, hasPage: true, step: 'announced' };
  expect(made.state).toEqual({ isOn: true, news });
  made.openPage();
  expect(done).toEqual(['https://127.0.0.1/new']);
  expect(server.asked).toEqual(['/feed.json.sig', '/feed.json']);
  expect(await made.install()).toEqual({ ok: false, error: 'failed' });
});

it('is silent about a version that was put aside, until the person asks or there is another', async () => {
  server.publish(feed, key);
  const { made, states, memory } = updates({ platform: 'linux' });
  await made.check();
  made.dismiss('1.2.0');
  expect(states.at(-1)?.news).toBeNull();
  expect(memory()).toEqual({ newestSignedAt: 1_000, dismissed: '1.2.0' });
  server.publish({ ...feed, version: '1.3.0', signedAt: 2_000 }, key);
  await made.check();
  expect(states.at(-1)?.news?.version).toBe('1.3.0');
  made.dismiss('1.3.0');
  await made.check();
  expect(states.at(-1)?.news?.version).toBe('1.3.0');
});

it('no longer tells of a version that was withdrawn', async () => {
  server.publish(feed, key);
  const { made } = updates({ platform: 'linux' });
  await made.check();
  server.publish({ ...feed, version: '1.1.0', signedAt: 2_000 }, key);
  await made.check();
  expect(made.state.news).toBeNull();
});

it('elsewhere announces the version first, fetches its installer by itself, and offers it once it is checked', async () => {
  server.publish(feed, key);
  const { made, done, states, step } = updates();
  let letGo = (): void => undefined;
  server.answers['/peal.exe'] = (_request, response) => (letGo = () => void response.end(body));
  // Whoever asked has the answer while the file is still on its way.
  expect(await made.check()).toBe(true);
  expect(made.state.news).toMatchObject({ version: '1.2.0', notes, step: 'fetching' });
  expect(await made.install()).toEqual({ ok: false, error: 'failed' });
  await expect.poll(() => server.asked, soon).toContain('/peal.exe');
  letGo();
  await expect.poll(step, soon).toBe('ready');
  expect(states.at(-1)).toEqual(made.state);
  const path = join(folder(), 'Peal-1.2.0.exe');
  expect(readFileSync(path).equals(body)).toBe(true);
  expect(inFolder()).toEqual(['Peal-1.2.0.exe']);
  // A second click while the file is read again starts nothing twice.
  const clicks = await Promise.all([made.install(), made.install()]);
  expect(clicks).toEqual(Array(2).fill({ ok: true, value: null }));
  expect(done).toEqual([path, 'quit']);
});

it('goes on with a download when it is asked again meanwhile', async () => {
  server.publish(feed, key);
  const { made, step } = updates();
  await Promise.all([made.check(), made.check()]);
  await made.check();
  await expect.poll(step, soon).toBe('ready');
  expect(server.asked.filter((path) => path === '/peal.exe')).toHaveLength(1);
});

it('ends a download whose version was withdrawn or followed by another, or when the app ends', async () => {
  server.publish(feed, key);
  const { made, step, log } = updates();
  const gone: string[] = [];
  const hanging: Answer = (request, response) => {
    response.on('close', () => gone.push(request.url ?? ''));
    response.write('p');
  };
  server.answers['/peal.exe'] = hanging;
  server.answers['/next.exe'] = hanging;
  await made.check();
  await expect.poll(() => server.asked, soon).toContain('/peal.exe');
  const nextFile = { ...file, url: 'next.exe', sha512: file.sha512.replace(/^./, 'A') };
  server.publish({ ...feed, version: '1.3.0', signedAt: 2_000, files: [nextFile] }, key);
  await made.check();
  await expect.poll(() => gone, soon).toEqual(['/peal.exe']);
  expect(made.state.news).toMatchObject({ version: '1.3.0', step: 'fetching' });
  await expect.poll(() => server.asked, soon).toContain('/next.exe');
  server.publish({ ...feed, version: '1.1.0', signedAt: 3_000 }, key);
  await made.check();
  await expect.poll(() => gone, soon).toEqual(['/peal.exe', '/next.exe']);
  await expect.poll(inFolder, soon).toEqual([]);
  server.publish({ ...feed, signedAt: 4_000 }, key);
  await made.check();
  await expect.poll(() => server.asked.filter((path) => path === '/peal.exe').length, soon).toBe(2);
  made.stop();
  await expect.poll(() => gone, soon).toEqual(['/peal.exe', '/next.exe', '/peal.exe']);
  // Ended on purpose: no failure, and nothing for the log.
  expect([step(), log.lines]).toEqual(['announced', []]);
});

it('does not fetch again what a former run has fetched', async () => {
  server.publish(feed, key);
  await updates().checkAndFetch();
  const { checkAndFetch, step } = updates();
  await checkAndFetch();
  expect(step()).toBe('ready');
  expect(server.asked.filter((path) => path === '/peal.exe')).toHaveLength(1);
});

it('leaves nothing of an installer whose version runs by now', async () => {
  server.publish(feed, key);
  await updates().checkAndFetch();
  expect(inFolder()).toHaveLength(1);
  expect(await updates({ version: '1.2.0' }).made.check()).toBe(true);
  await expect.poll(() => existsSync(folder()), soon).toBe(false);
});

it('waits with the download for the end of a call, which is no failure', async () => {
  server.publish(feed, key);
  let isInCall = true;
  const { made, step, log, timers } = updates({ isInCall: () => isInCall });
  expect(await made.check()).toBe(true);
  const waits = (): Timer[] => timers.filter(({ minutes }) => minutes === 1);
  expect([step(), waits().length]).toEqual(['waiting', 1]);
  // Still in the call: it waits on, however long.
  waits().at(-1)?.run();
  expect([step(), waits().length]).toEqual(['waiting', 2]);
  expect(server.asked).not.toContain('/peal.exe');
  isInCall = false;
  waits().at(-1)?.run();
  await expect.poll(step, soon).toBe('ready');
  expect(log.lines).toEqual([]);
});

it.each([
  ['before the click', 1, []],
  ['while the file is checked', 2, []],
  ['while the system starts the installer', 3, ['Peal-1.2.0.exe']],
])('never cuts a call that begins %s', async (_when, look, opened) => {
  server.publish(feed, key);
  let looks = Number.NEGATIVE_INFINITY;
  const { made, checkAndFetch, done, step } = updates({
    isInCall: () => {
      looks += 1;
      return looks >= look;
    },
  });
  await checkAndFetch();
  looks = 0;
  expect(await made.install()).toEqual({ ok: false, error: 'in-call' });
  expect(done.map((path) => basename(path))).toEqual(opened);
  expect(step()).toBe('ready');
  // … and after the call it is still there.
  looks = Number.NEGATIVE_INFINITY;
  expect(await made.install()).toEqual({ ok: true, value: null });
  expect(done.at(-1)).toBe('quit');
});

it('starts no installer that was changed on the disk since', async () => {
  server.publish(feed, key);
  const { made, done, checkAndFetch, step } = updates();
  await checkAndFetch();
  writeFileSync(join(folder(), 'Peal-1.2.0.exe'), Buffer.alloc(body.length, 'evil'));
  expect(await made.install()).toEqual({ ok: false, error: 'failed' });
  expect([done, step()]).toEqual([[], 'announced']);
  // … and fetches it anew at the next look.
  await checkAndFetch();
  expect(await made.install()).toEqual({ ok: true, value: null });
});

it('no longer offers an installer that the system does not start', async () => {
  server.publish(feed, key);
  const { made, done, checkAndFetch, step } = updates({ openFile: () => Promise.resolve('no') });
  await checkAndFetch();
  expect(await made.install()).toEqual({ ok: false, error: 'failed' });
  expect([done, step()]).toEqual([[], 'announced']);
});

it.each<[string, Answer]>([
  ['shorter', send(body.subarray(1))],
  ['longer', send(Buffer.concat([body, body]))],
  ['another one', send(Buffer.alloc(body.length, 'evil'))],
  ['cut off on the way', cutOff(body)],
  ['endless', endless],
  ['stuck', silent],
  ['elsewhere', redirect('/other.exe')],
])('leaves nothing of a download that is %s, and only announces', async (_what, answer) => {
  server.publish(feed, key);
  server.answers['/other.exe'] = send(body);
  server.answers['/peal.exe'] = answer;
  // Long enough for the feed; only what is stuck has to wait for it.
  const { made, checkAndFetch, log } = updates(answer === silent ? { limitMs: 2_000 } : {});
  await checkAndFetch();
  expect([inFolder(), made.state.news?.step, log.lines.length]).toEqual([[], 'announced', 1]);
});

it('tries a download again an hour later, and gives it up after the third failure', async () => {
  server.publish(feed, key);
  server.answers['/peal.exe'] = cutOff(body);
  const { made, timers, checkAndFetch, step } = updates();
  const waited: unknown[] = [];
  for (let look = 0; look < 4; look += 1) {
    await checkAndFetch();
    // One look is ahead, never two.
    waited.push(timers.map(({ minutes }) => minutes));
  }
  expect(waited).toEqual([[60], [60], [20 * 60], [20 * 60]]);
  expect([made.state.news?.version, step()]).toEqual(['1.2.0', 'announced']);
  expect(server.asked.filter((path) => path === '/peal.exe')).toHaveLength(3);
});

it('announces a version that has no installer for this computer', async () => {
  server.publish(feed, key);
  const { made } = updates({ arch: 'arm64' });
  await made.check();
  expect(made.state.news).toMatchObject({ version: '1.2.0', step: 'announced' });
});

it('does nothing at all where updates are off', async () => {
  const { made } = updates({ source: null });
  made.start();
  expect(await made.check()).toBe(false);
  expect(made.state).toEqual({ isOn: false, news: null });
  expect(server.asked).toEqual([]);
});

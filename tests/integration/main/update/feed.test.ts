/** The feed of new versions on a real socket: the good one, and every bad one. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { UpdateChecker } from '#main/update/checker';
import type { UpdateFeed } from '#main/update/feed';
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
import { KeptLog } from '../../../unit/main/silent-log';

const good = makeSigningKey();
const other = makeSigningKey();

let server: FeedServer;

beforeAll(async () => {
  server = await startFeedServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.answers = {};
  server.asked = [];
});

const feed: UpdateFeed = {
  ...{ product: 'peal', format: 1, version: '1.2.0', signedAt: 1_000 },
  notes: { en: ['Rings louder.'], 'zh-CN': ['铃声更响。'] },
  ...{ page: 'https://127.0.0.1/new', files: [] },
};

interface CheckerOptions {
  readonly version?: string;
  readonly seen?: number;
  readonly keys?: readonly string[];
  readonly limitMs?: number;
}

function checker(over: CheckerOptions = {}) {
  let seen = over.seen ?? 0;
  const log = new KeptLog();
  const timers: { minutes: number; run: () => void }[] = [];
  const news: (UpdateFeed | null)[] = [];
  const made = new UpdateChecker({
    source: { feed: server.feedAddress, keys: over.keys ?? [good.publicKey] },
    version: over.version ?? '1.1.9',
    fetch,
    clock: {
      nowMs: () => 0,
      after: (ms, run) => {
        timers.push({ minutes: ms / 60_000, run });
        return () => undefined;
      },
    },
    random: () => 0.5,
    limitMs: over.limitMs ?? 20_000,
    log,
    newestSeen: { get: () => seen, set: (at) => (seen = at) },
    onSeen: (found) => news.push(found),
  });
  return { made, log, timers, news, seen: () => seen };
}

it('tells of a newer version once its signature is right', async () => {
  server.publish(feed, good);
  const { made, seen } = checker();
  expect(await made.look()).toEqual({ ok: true, value: feed });
  expect(seen()).toBe(1_000);
});

it('takes the signature of any of its keys, so that a key can be replaced', async () => {
  server.publish(feed, good);
  const { made } = checker({ keys: [other.publicKey, good.publicKey] });
  expect((await made.look()).ok).toBe(true);
});

it('reads a feed of later times that says more than it knows', async () => {
  server.publish({ ...feed, later: true }, good);
  expect((await checker().made.look()).ok).toBe(true);
});

it.each(['1.2.0', '1.2.1', '2.0.0', '1.10.0'])('is no news to version %s', async (version) => {
  server.publish(feed, good);
  expect(await checker({ version }).made.look()).toEqual({ ok: true, value: null });
});

it('refuses a feed that another key signed', async () => {
  server.publish(feed, other);
  expect(await checker().made.look()).toEqual({ ok: false, error: 'bad-signature' });
});

it.each<[string, (bytes: Buffer) => Buffer]>([
  ['changed by one letter', (bytes) => Buffer.from(bytes.toString().replace('1.2.0', '1.3.0'))],
  ['cut short', (bytes) => bytes.subarray(0, -1)],
  ['longer by a blank', (bytes) => Buffer.concat([bytes, Buffer.from(' ')])],
  ['no JSON at all', () => Buffer.from('}')],
])('reads nothing of a signed feed that is %s', async (_what, change) => {
  server.answers['/feed.json'] = send(change(server.publish(feed, good)));
  const { made, seen } = checker();
  expect(await made.look()).toEqual({ ok: false, error: 'bad-signature' });
  expect(seen()).toBe(0);
});

it.each(['', 'nonsense', '*'.repeat(88), 'A'.repeat(86)])(
  'refuses the signature %j',
  async (text) => {
    server.publish(feed, good);
    server.answers['/feed.json.sig'] = send(text);
    expect(await checker().made.look()).toEqual({ ok: false, error: 'bad-signature' });
  },
);

it('refuses a feed that is older than one seen before, however new its version is', async () => {
  server.publish({ ...feed, version: '9.0.0', signedAt: 999 }, good);
  const { made, seen } = checker({ seen: 1_000 });
  expect(await made.look()).toMatchObject({ ok: false, error: /older/ });
  expect(seen()).toBe(1_000);
});

it.each<[string, object]>([
  ['a page of another host', { page: 'https://elsewhere.example/new' }],
  ['a page without TLS', { page: 'http://127.0.0.1/new' }],
  ['a page that is a file', { page: 'file:///etc/passwd' }],
  ['a version of another form', { version: '1.2.0-beta' }],
  ['another product', { product: 'other' }],
  ['notes that are no lines', { notes: { en: ['a\nb'], 'zh-CN': [] } }],
  [
    'a file elsewhere',
    {
      files: [
        {
          ...{ platform: 'win32', arch: 'x64', url: 'https://elsewhere.example/a.exe', size: 1 },
          sha512: `${'A'.repeat(86)}==`,
        },
      ],
    },
  ],
])('refuses a feed with %s, although it is signed', async (_what, over) => {
  server.publish({ ...feed, ...over }, good);
  expect(await checker().made.look()).toEqual({ ok: false, error: 'bad-feed' });
});

it.each<[string, Answer, RegExp]>([
  ['says nothing any more', silent, /too long/],
  ['never ends', endless, /larger/],
  ['is cut off', cutOff(Buffer.alloc(1_000, 'x')), /./],
  ['leads elsewhere', redirect('/other.json'), /./],
  ['is an error', (_request, response) => response.writeHead(500).end(), /500/],
])('gives up an answer that %s', async (_what, answer, error) => {
  server.answers['/other.json'] = send(server.publish(feed, good));
  server.answers['/feed.json'] = answer;
  // Only what is stuck has to wait for it.
  const limitMs = answer === silent ? 500 : 20_000;
  expect(await checker({ limitMs }).made.look()).toMatchObject({ ok: false, error });
  expect(server.asked).not.toContain('/other.json');
});

it('comes minutes after the start, then daily, sooner after a failure, which is one line', async () => {
  const { made, timers, log, news } = checker();
  made.start();
  expect(server.asked).toEqual([]);
  expect(timers.map(({ minutes }) => minutes)).toEqual([2.5]);
  timers[0]?.run();
  await expect.poll(() => timers.length).toBe(2);
  expect([log.lines, timers[1]?.minutes]).toEqual([['warn update: the answer was 404'], 75]);
  server.publish(feed, good);
  timers[1]?.run();
  await expect.poll(() => timers.length).toBe(3);
  expect([news, log.lines.length, timers[2]?.minutes]).toEqual([[feed], 1, 25 * 60]);
});

it('looks once when it is asked for twice, and not any more once it is stopped', async () => {
  server.publish(feed, good);
  const { made, timers, news } = checker();
  expect(await Promise.all([made.checkNow(), made.checkNow()])).toEqual([true, true]);
  expect(news).toHaveLength(1);
  made.stop();
  await made.checkNow();
  expect(timers).toHaveLength(1);
});

/**
 * Malformed messages over real sockets, while two other people talk: each one gets a coded error or ends its
 * connection in order, and nobody else notices.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import { clientSchemas } from '#protocol/messages';
import { HonestCall, sdpMark } from '../../support/honest-call';
import { secretMark, spoil } from '../../support/junk';
import type { RawClient } from '../../support/raw-client';
import { fits, fitting, isTextOf, unfitting } from '../../support/schema-values';
import { WireServer, appSecret } from '../../support/wire-server';

const bySignedIn = 2_500;
const byStrangers = 1_500;
/** Below the burst of one connection, so that the parser is what refuses. */
const perConnection = 250;
const attackers = 4;
const pulseMs = 50;

/** 'refused' with a code, 'closed' in order, or 'obeyed' because it was a good message by chance. */
type Fate = 'refused' | 'closed' | 'obeyed';

const schemas = Object.values(clientSchemas) as object[];

/**
 * Texts and frames; most have an id of their own, to know the reply by. What has none ends its connection, and
 * sign-ins have a rate as well: `shapes` is how many of them are wrong in their shape only.
 */
const malformed = (shapes: number) =>
  fc
    .oneof<fc.MaybeWeightedArbitrary<string | Buffer>[]>(
      {
        weight: shapes,
        arbitrary: fc
          .tuple(fc.oneof(...schemas.map((schema) => unfitting(schema))), fc.uuid())
          .map(([value, id]) => JSON.stringify(withOwnId(value, id))),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.oneof(...schemas.map((schema) => fitting(schema))), fc.uuid(), spoil)
          .map(([value, id, by]) => by(JSON.stringify(withOwnId(value, id)))),
      },
      {
        weight: 1,
        arbitrary: fc.oneof(
          fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
          fc.constant(Buffer.alloc(0)),
          fc.string({ unit: 'binary' }),
        ),
      },
    )
    .filter((text) => typeof text !== 'string' || !isTextOf(schemas, text));

/** With the id the sender can be told; one in ten keeps whatever it has in its place. */
function withOwnId(value: unknown, id: string): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !id.startsWith('0') ? { ...value, id } : value;
}

function idIn(text: string | Buffer): string | null {
  if (typeof text !== 'string') return null;
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject || !('id' in value) || typeof value.id !== 'string') return null;
    return /^[A-Za-z0-9_:-]{1,64}$/.test(value.id) ? value.id : null;
  } catch {
    return null;
  }
}

/** Sends one and waits for what becomes of it. */
async function provoke(client: RawClient, text: string | Buffer): Promise<Fate> {
  const id = idIn(text);
  client.sendText(text);
  const closed = client.waitForClose().then((code) => {
    expect([1007, 1009, 4400, 4401]).toContain(code);
    return 'closed' as const;
  });
  if (id === null) return closed;
  const replied = client.replyTo(id).then((reply) => (reply.ok ? 'obeyed' : 'refused'));
  return Promise.race([replied, closed]);
}

let server: WireServer;
let log: string[];
let honest: HonestCall;

beforeEach(async () => {
  log = [];
  server = await WireServer.start({
    log: (level, message, fields) => log.push(JSON.stringify({ level, message, ...fields })),
  });
  honest = await HonestCall.begin(server);
});
afterEach(() => server.stop());

/** A share of the junk, over as many connections as it takes. */
async function attack(
  texts: readonly (string | Buffer)[],
  open: () => Promise<RawClient>,
  calm: (client: RawClient) => Promise<unknown>,
): Promise<Record<Fate, number>> {
  const fates = { refused: 0, closed: 0, obeyed: 0 };
  let client = await open();
  let sent = 0;
  for (const text of texts) {
    if (client.closeCode !== null || sent >= perConnection) {
      await client.cut();
      client = await open();
      sent = 0;
    }
    fates[await provoke(client, text)] += 1;
    sent += 2;
    // Three in a row would close it: a good one in between keeps it open for the next ones.
    if (client.closeCode === null && sent % 4 === 0) await calm(client);
  }
  await client.cut();
  return fates;
}

function shares<T>(all: readonly T[]): T[][] {
  return Array.from({ length: attackers }, (_, n) => all.filter((_one, i) => i % attackers === n));
}

function sum(fates: readonly Record<Fate, number>[]): Record<Fate, number> {
  const of = (fate: Fate): number => fates.reduce((total, one) => total + one[fate], 0);
  return { refused: of('refused'), closed: of('closed'), obeyed: of('obeyed') };
}

/** Pulses of the honest call for as long as the work goes on. */
async function meanwhile<T>(work: Promise<T>): Promise<{ result: T; pulses: number }> {
  const over = new AbortController();
  let pulses = 0;
  const pulsing = (async () => {
    while (!over.signal.aborted) {
      await honest.expectFlows();
      pulses += 1;
      // Slower than the rate at which its own connection would be closed.
      await delay(pulseMs);
    }
  })();
  // Awaited below, also when the work fails first.
  pulsing.catch(() => undefined);
  try {
    return { result: await work, pulses };
  } finally {
    over.abort();
    await pulsing;
  }
}

async function expectUnharmed(): Promise<void> {
  await honest.expectFlows();
  const health = await fetch(`${server.url.replace('ws:', 'http:')}/healthz`);
  expect(await health.json()).toEqual({ status: 'ok' });
  const ended = await honest.end();
  expect(ended.legs.map(({ reason }) => reason)).toEqual([3, 13]);
  await server.halt();
  const text = log.join('\n');
  for (const secret of [secretMark, sdpMark, appSecret, 'eyJ']) expect(text).not.toContain(secret);
  expect(log.filter((line) => line.startsWith('{"level":"error"'))).toEqual([]);
  expect(text).toContain('"message.bad":');
}

function heapMiB(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

describe('malformed messages', () => {
  it('of a signed-in client are refused one by one', async () => {
    const texts = fc.sample(malformed(20), bySignedIn);
    const before = heapMiB();
    let mallories = 0;
    const open = async (): Promise<RawClient> => {
      mallories += 1;
      // Few users, many devices: a new one for each connection.
      const userId = `mallory-${mallories % 200}`;
      const credential = await server.appToken(userId);
      return (await server.joinWith(credential, `device-${mallories}`)).client;
    };
    const calm = (client: RawClient): Promise<unknown> =>
      client.request('heartbeat', { calls: {}, live: {} });
    const work = Promise.all(shares(texts).map((share) => attack(share, open, calm)));
    const { result, pulses } = await meanwhile(work);
    const fates = sum(result);
    expect(fates.refused + fates.closed).toBe(bySignedIn);
    expect(fates.refused).toBeGreaterThan(bySignedIn / 2);
    expect(pulses).toBeGreaterThan(10);
    await expectUnharmed();
    expect(heapMiB() - before).toBeLessThan(100);
  }, 150_000);

  it('of a stranger end the connection at the third', async () => {
    const texts = fc.sample(malformed(4), byStrangers);
    const open = (): Promise<RawClient> => server.connect();
    const work = Promise.all(
      shares(texts).map((share) => attack(share, open, () => Promise.resolve())),
    );
    const { result } = await meanwhile(work);
    const fates = sum(result);
    expect(fates.refused + fates.closed).toBe(byStrangers);
    await expectUnharmed();
  }, 150_000);

  it('that are too large end the connection before they are read', async () => {
    const client = await server.join('mallory');
    client.sendText('x'.repeat(limits.messageBytes + 1));
    expect(await client.waitForClose()).toBe(1009);
    await honest.expectFlows();
  });

  it('that fit are answered, so that the others are refused for what is wrong with them', async () => {
    const client = await server.join('mallory');
    const harmless = [
      ...(['heartbeat', 'directory.search', 'presence.watch', 'presence.report'] as const),
      ...(['picture.get', 'records.seen'] as const),
    ];
    const good = fc.oneof(...harmless.map((type) => fitting(clientSchemas[type])));
    for (const value of fc.sample(good, 200)) {
      expect(schemas.some((schema) => fits(schema, value))).toBe(true);
      const text = JSON.stringify(withOwnId(value, crypto.randomUUID()));
      client.sendText(text);
      const reply = await client.replyTo(idIn(text)!);
      if (!reply.ok) expect(reply.error.code).toBe('rate-limited');
    }
  });
});

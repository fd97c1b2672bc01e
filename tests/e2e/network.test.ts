/** What a bad network does to a call: the sound is back within 5 s after the path is. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Cleanup } from '../support/cleanup';
import {
  startFaultyProxy,
  type Choice,
  type FaultyProxy,
  type PassingMessage,
} from '../support/faulty-proxy';
import { closeDataChannels } from '../support/listen';
import { canMakeNetworks, startNetwork, type Network } from '../support/netns';
import { bao } from '../support/people';
import { annaHz, baoHz, openPair, type Pair } from './calls/pair';
import { bothHear as hearEachOther } from './calls/team';

const backWithinMs = 5_000;

const voices = { from: annaHz, to: baoHz };

/** Waits until both hear each other. */
function bothHear({ anna, bao: other }: Pair, withinMs?: number): Promise<void> {
  return hearEachOther(anna, other, voices, withinMs);
}

async function bothSilent(pair: Pair): Promise<void> {
  await Promise.all([
    pair.anna.sound.waitForToneGone(baoHz),
    pair.bao.sound.waitForToneGone(annaHz),
  ]);
}

describe('a bad line to the server', () => {
  const cleanup = new Cleanup();
  let proxy: FaultyProxy;
  let pair: Pair;
  beforeAll(async () => {
    pair = cleanup.own(
      await openPair({
        addresses: async (server) => {
          proxy = cleanup.own(await startFaultyProxy(server.url));
          return { anna: proxy.url, bao: server.url };
        },
      }),
    );
  });
  afterEach(async () => {
    proxy.behave();
    proxy.restore();
    await pair.endCalls();
  });
  afterAll(async () => {
    await cleanup.close();
  });

  it.each(['offer', 'answer'])('the sound is there within 5 s after a lost %s', async (kind) => {
    const loss = proxy.lose(signal(kind));
    await pair.anna.call(bao, 'Audio call');
    await pair.bao.accept();
    await loss.waitUntilLost();
    await bothHear(pair, backWithinMs);
  });

  it('candidates that are no candidates do no harm', async () => {
    const junk = { type: 'candidate', candidate: 'candidate:junk', mid: '0', line: 0 };
    const addition = proxy.add(signal('candidate'), (message) => ({
      ...message,
      payload: JSON.stringify(junk),
    }));
    for (const desk of [pair.anna, pair.bao]) {
      desk.app.expectProblem(/candidate:junk|AddIceCandidate: Candidate is null/);
    }
    const calling = await pair.anna.call(bao, 'Audio call');
    await pair.bao.accept();
    await bothHear(pair);
    expect(addition.added()).toBeGreaterThan(0);
    expect(calling.isClosed()).toBe(false);
  });

  it('a data channel that closes does not end the call', async () => {
    const calling = await pair.anna.call(bao, 'Audio call');
    await pair.bao.accept();
    await bothHear(pair);
    expect(await closeDataChannels(calling)).toBe(1);
    // Long enough for an end that would follow from it.
    await delay(1_000);
    await bothHear(pair, backWithinMs);
    expect(calling.isClosed()).toBe(false);
  });

  it('a call goes on while the connection to the server is gone', async () => {
    await pair.anna.call(bao, 'Audio call');
    await pair.bao.accept();
    await bothHear(pair);
    proxy.cut();
    await delay(3_000);
    await bothHear(pair, 1_000);
  });
});

describe.skipIf(!canMakeNetworks)('a path that breaks', () => {
  const cleanup = new Cleanup();
  let network: Network;
  let pair: Pair;
  beforeAll(async () => {
    network = cleanup.own(await startNetwork());
    pair = cleanup.own(
      await openPair({
        places: { anna: { network, desk: 'a' }, bao: { network, desk: 'b' } },
        addresses: async ({ port }) => ({
          anna: `ws://127.0.0.1:${await network.reachFromDesk('a', port)}`,
          bao: `ws://127.0.0.1:${await network.reachFromDesk('b', port)}`,
        }),
      }),
    );
  });
  afterEach(async () => {
    await network.mend();
    await pair.endCalls();
  });
  afterAll(async () => {
    await cleanup.close();
  });

  it.each(['media', 'everything'] as const)(
    'the sound is back within 5 s after a cut of 10 s (%s)',
    async (what) => {
      await pair.anna.call(bao, 'Audio call');
      await pair.bao.accept();
      await bothHear(pair);
      await network.cut(what);
      const cut = delay(10_000);
      await bothSilent(pair);
      await cut;
      await network.mend();
      await bothHear(pair, backWithinMs);
    },
  );
});

function signal(kind: string): Choice {
  return (message) => message.type === 'peer.signal' && payloadType(message) === kind;
}

function payloadType({ payload }: PassingMessage): unknown {
  return (JSON.parse(payload ?? '{}') as { type?: unknown }).type;
}

/** What a bad network does to a call: the sound is back within 5 s after the path is. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../support/desk';
import {
  startFaultyProxy,
  type Choice,
  type FaultyProxy,
  type PassingMessage,
} from '../support/faulty-proxy';
import { closeDataChannels } from '../support/listen';
import { canMakeNetworks, startNetwork, type Network } from '../support/netns';
import { bao } from '../support/people';
import { inNetwork } from './calls/in-network';
import { bothHear, voiceOf } from './calls/team';
import { useTeam } from './calls/use-team';

const backWithinMs = 5_000;

const voices = { from: voiceOf('anna'), to: voiceOf('bao') };

describe('a bad line to the server', () => {
  let proxy: FaultyProxy;
  const team = useTeam(['anna', 'bao'], (cleanup) => ({
    addressOf: async (seat, server) => {
      if (seat !== 'anna') return server.url;
      proxy = cleanup.own(await startFaultyProxy(server.url));
      return proxy.url;
    },
  }));
  let annas: Desk;
  let baos: Desk;
  beforeAll(() => {
    annas = team.desk('anna');
    baos = team.desk('bao');
  });
  afterEach(() => {
    proxy.behave();
    proxy.restore();
  });

  it.each(['offer', 'answer'])('the sound is there within 5 s after a lost %s', async (kind) => {
    const loss = proxy.lose(signal(kind));
    await annas.call(bao, 'Audio call');
    await baos.accept();
    await loss.waitUntilLost();
    await bothHear(annas, baos, voices, backWithinMs);
  });

  it('candidates that are no candidates do no harm', async () => {
    const junk = { type: 'candidate', candidate: 'candidate:junk', mid: '0', line: 0 };
    const addition = proxy.add(signal('candidate'), (message) => ({
      ...message,
      payload: JSON.stringify(junk),
    }));
    for (const desk of [annas, baos]) {
      desk.app.expectProblem(/candidate:junk|AddIceCandidate: Candidate is null/);
    }
    const calling = await annas.call(bao, 'Audio call');
    await baos.accept();
    await bothHear(annas, baos, voices);
    expect(addition.added()).toBeGreaterThan(0);
    expect(calling.isClosed()).toBe(false);
  });

  it('data channels that close do not end the call', async () => {
    const calling = await annas.call(bao, 'Audio call');
    await baos.accept();
    await bothHear(annas, baos, voices);
    expect(await closeDataChannels(calling)).toBe(2);
    // Long enough for an end that would follow from it.
    await delay(1_000);
    await bothHear(annas, baos, voices, backWithinMs);
    expect(calling.isClosed()).toBe(false);
  });

  it('a call goes on while the connection to the server is gone', async () => {
    await annas.call(bao, 'Audio call');
    await baos.accept();
    await bothHear(annas, baos, voices);
    proxy.cut();
    await delay(3_000);
    await bothHear(annas, baos, voices, 1_000);
  });
});

describe.skipIf(!canMakeNetworks)('a path that breaks', () => {
  let network: Network;
  const team = useTeam(['anna', 'bao'], async (cleanup) => {
    network = cleanup.own(await startNetwork());
    return inNetwork(network);
  });
  let annas: Desk;
  let baos: Desk;
  beforeAll(() => {
    annas = team.desk('anna');
    baos = team.desk('bao');
  });
  afterEach(async () => {
    await network.mend();
  });

  it.each(['media', 'everything'] as const)(
    'the sound is back within 5 s after a cut of 10 s (%s)',
    async (what) => {
      await annas.call(bao, 'Audio call');
      await baos.accept();
      await bothHear(annas, baos, voices);
      await network.cut(what);
      const cut = delay(10_000);
      await Promise.all([
        annas.sound.waitForToneGone(voices.to),
        baos.sound.waitForToneGone(voices.from),
      ]);
      await cut;
      await network.mend();
      await bothHear(annas, baos, voices, backWithinMs);
    },
  );
});

function signal(kind: string): Choice {
  return (message) => message.type === 'peer.signal' && payloadType(message) === kind;
}

function payloadType({ payload }: PassingMessage): unknown {
  return (JSON.parse(payload ?? '{}') as { type?: unknown }).type;
}

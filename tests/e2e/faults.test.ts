/** What goes wrong on the way: messages that are lost, microphones that are not there. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../support/desk';
import { startFaultyProxy, type FaultyProxy, type PassingMessage } from '../support/faulty-proxy';
import { bao } from '../support/people';
import {
  bothHear,
  doesNotRing,
  microphonesAreOff,
  press,
  says,
  talk,
  voiceOf,
  type Seat,
} from './calls/team';
import { useTeam } from './calls/use-team';

const voices = { from: voiceOf('anna'), to: voiceOf('bao') };

const ofType = (type: string) => (message: PassingMessage) => message.type === type;

describe('a call that cannot be sent, answered or heard', () => {
  const proxies = new Map<Seat, FaultyProxy>();
  const team = useTeam(['anna', 'bao'], (cleanup) => ({
    config: { ringSeconds: 8 },
    addressOf: async (seat, server) => {
      const proxy = cleanup.own(await startFaultyProxy(server.url));
      proxies.set(seat, proxy);
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
    for (const proxy of proxies.values()) {
      proxy.behave();
      proxy.restore();
    }
  });

  const proxyOf = (seat: Seat): FaultyProxy => {
    const proxy = proxies.get(seat);
    if (!proxy) throw new Error(`no proxy at ${seat}`);
    return proxy;
  };

  it('flow 9: an invitation that is lost rings nowhere and leaves nothing', async () => {
    const before = team.server.endedCalls();
    proxyOf('anna').lose(ofType('call.start'), 99);
    const calling = await annas.call(bao, 'Audio call');
    await says(calling, /the server does not answer/, 15_000);
    await doesNotRing(baos);
    await microphonesAreOff(annas);
    expect(team.server.endedCalls()).toBe(before);
  });

  it('flow 11: an answer that is lost is told at the desk, and the caller hears of no answer', async () => {
    proxyOf('bao').lose(ofType('call.claim'), 99);
    const calling = await annas.call(bao, 'Audio call');
    const card = await baos.incoming();
    await press(card, 'Accept');
    await says(calling, /Bao Chen did not answer/, 15_000);
    await baos.waitForNoCall();
    expect(await team.server.reasons()).toEqual({ anna: 15, bao: 5 });
    await microphonesAreOff(annas, baos);
  });

  it('flow 15: who accepted and cannot join is lost to the caller', async () => {
    proxyOf('bao').lose(ofType('call.join'), 99);
    const calling = await annas.call(bao, 'Audio call');
    const answered = await baos.accept();
    await Promise.all([
      says(answered, /The connection was lost/, 20_000),
      says(calling, /Bao Chen lost the connection/, 20_000),
    ]);
    expect(await team.server.reasons()).toEqual({ anna: 17, bao: 7 });
    await microphonesAreOff(annas, baos);
  });

  it('flow 13: a caller without a microphone is told so, and nobody rings', async () => {
    const before = team.server.endedCalls();
    await annas.sound.unplugMicrophone();
    try {
      const calling = await annas.call(bao, 'Audio call');
      await says(calling, /There is no microphone. Plug one in/);
      await doesNotRing(baos);
      expect(team.server.endedCalls()).toBe(before);
      await press(calling, 'Close window');
    } finally {
      await annas.sound.plugMicrophone();
    }
    await talk(annas, baos, voices);
  });

  it('flow 14: a callee without a microphone is told so, and the caller reads why', async () => {
    await baos.sound.unplugMicrophone();
    try {
      const calling = await annas.call(bao, 'Audio call');
      const answered = await baos.accept();
      await Promise.all([
        says(answered, /There is no microphone. Plug one in/),
        says(calling, /Bao Chen’s microphone or camera did not start/),
      ]);
      expect(await team.server.reasons()).toEqual({ anna: 18, bao: 8 });
    } finally {
      await baos.sound.plugMicrophone();
    }
  });

  it('what plays and records, or has the sockets, may die during a call: the voices are back', async () => {
    const { calling, answered } = await talk(annas, baos, voices);
    for (const part of ['sound', 'network'] as const) {
      annas.app.killPart(part);
      // Silent for certain, so that what is heard then was not said before.
      await Promise.all([press(calling, 'Mute'), press(answered, 'Mute')]);
      await Promise.all([
        annas.sound.waitForToneGone(voices.to),
        baos.sound.waitForToneGone(voices.from),
      ]);
      await Promise.all([press(calling, 'Unmute'), press(answered, 'Unmute')]);
      await bothHear(annas, baos, voices, 5_000);
    }
  });

  it('a microphone that is unplugged during the call is told at both ends, and used again when it is back', async () => {
    const { calling, answered } = await talk(annas, baos, voices);
    await annas.sound.unplugMicrophone();
    try {
      await Promise.all([
        calling.getByText(/Your microphone is gone/).waitFor(),
        answered.getByText(/Anna Li is muted/).waitFor(),
      ]);
      await baos.sound.waitForToneGone(voices.from);
      await annas.sound.waitForTone(voices.to);
    } finally {
      await annas.sound.plugMicrophone();
    }
    await baos.sound.waitForTone(voices.from);
    await calling.getByText(/Your microphone is gone/).waitFor({ state: 'detached' });
  });
});

/** What people must be able to rely on, measured at the far end and in the browser's own counters. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setTimeout as delay } from 'node:timers/promises';
import { type Lab, openLab, tones } from './lab';

/** Long enough for twenty packets of sound and several pictures. */
const measureMs = 600;
/** A packet of sound has some eighty bytes. One of digital silence has three, which say no more than that. */
const silentPacketBytes = 4;
/** Two steps of sixteen bits, which nobody hears: what a decoder makes of silence while it begins. */
const silentPeak = 2 / 32_768;

let lab: Lab;

beforeAll(async () => {
  lab = await openLab();
}, 60_000);

afterAll(() => lab.close());

beforeEach(() => lab.do('reset'));

/** What arrives at b during a while. */
async function arrivingAtB(): Promise<{ video: number; packets: number; packetBytes: number }> {
  const before = await lab.do('received', 'b');
  await delay(measureMs);
  const after = await lab.do('received', 'b');
  const packets = after.audioPackets - before.audioPackets;
  return {
    video: after.videoBytes - before.videoBytes,
    packets,
    packetBytes: (after.audioBytes - before.audioBytes) / packets,
  };
}

describe('a camera that is off', () => {
  beforeEach(async () => {
    await lab.connectPair();
    await lab.do('useProduct', 'a');
    await lab.until({ who: 'b', what: 'track', detail: 'a camera' });
  });

  it('is closed by the product, and not a byte of a picture arrives at the other side', async () => {
    expect(await lab.do('liveDevices', 'a')).toEqual(['audio', 'video']);
    expect((await arrivingAtB()).video).toBeGreaterThan(0);
    await lab.do('switchCamera', 'a', false);
    expect(await lab.do('liveDevices', 'a')).toEqual(['audio']);
    await expect.poll(async () => (await arrivingAtB()).video).toBe(0);
    expect((await arrivingAtB()).video).toBe(0);
    expect((await arrivingAtB()).packets).toBeGreaterThan(10);
    await lab.until({ who: 'b', what: 'state', detail: 'a open off' });
  });

  it('is seen again when it is switched on, without any negotiation', async () => {
    await lab.do('switchCamera', 'a', false);
    await expect.poll(async () => (await arrivingAtB()).video).toBe(0);
    await lab.do('switchCamera', 'a', true);
    await expect
      .poll(() => lab.do('countPictures', 'b', 'a', 500), { timeout: 5_000 })
      .toBeGreaterThan(3);
    expect((await lab.eventsOf('sent', 'b')).filter((type) => type === 'offer')).toHaveLength(1);
  });
});

describe('a muted voice', () => {
  it('is silence on the wire: packets that carry nothing, and decoded sound of zeros', async () => {
    await lab.connectPair();
    await lab.do('useProduct', 'a');
    await lab.soundBothWays();
    expect((await arrivingAtB()).packetBytes).toBeGreaterThan(10 * silentPacketBytes);
    expect(await lab.do('peak', 'b', 'a')).toBeGreaterThan(0.1);
    await lab.do('muteVoice', 'a', true);
    // What was said before the click is still on its way.
    await expect
      .poll(async () => (await arrivingAtB()).packetBytes, { timeout: 5_000 })
      .toBeLessThan(silentPacketBytes);
    const muted = await arrivingAtB();
    expect(muted.packetBytes).toBeLessThan(silentPacketBytes);
    expect(muted.packets, 'the link is kept alive').toBeGreaterThan(10);
    expect(await lab.do('peak', 'b', 'a')).toBe(0);
    await lab.until({ who: 'b', what: 'state', detail: 'a muted on' });
    await lab.do('muteVoice', 'a', false);
    expect(await lab.do('waitForSound', 'b', 'a', 2_000)).toBeGreaterThanOrEqual(0);
  });

  it('stays silent on a link that is made while it is muted', async () => {
    await lab.do('join', 'a', tones.a);
    await lab.do('muteVoice', 'a', true);
    await lab.do('useProduct', 'a');
    await lab.do('join', 'b', tones.b);
    expect(await lab.do('waitForSound', 'a', 'b', 5_000)).toBeGreaterThanOrEqual(0);
    await lab.until({ who: 'b', what: 'track', detail: 'a voice' });
    // A coder that has never heard anything else spends more bytes on silence; there is nothing in them.
    expect((await arrivingAtB()).packets).toBeGreaterThan(10);
    expect(await lab.do('peak', 'b', 'a')).toBeLessThan(silentPeak);
  });
});

describe('devices that open after the call is gone', () => {
  it('are switched off again', async () => {
    await lab.do('join', 'a', tones.a);
    expect(await lab.do('openTooLate', 'a')).toEqual({ answer: '"over"', opened: 2 });
    expect(await lab.do('liveDevices', 'a')).toEqual([]);
  });
});

describe('another device during the call', () => {
  it('is heard in place of the former one, without any negotiation', async () => {
    await lab.connectPair();
    const since = await lab.do('now');
    await lab.do('changeVoice', 'a', tones.c);
    expect(await lab.do('waitForTone', 'b', 'a', tones.c, 3_000)).toBeGreaterThanOrEqual(0);
    expect(await lab.do('waitForSilence', 'b', 'a', 3_000)).toBeGreaterThanOrEqual(0);
    const events = await lab.do('events');
    expect(events.filter(({ at, what }) => at >= since && what === 'sent')).toEqual([]);
  });

  it('is heard on every link', async () => {
    await lab.connectPair();
    await lab.do('join', 'c', tones.c);
    expect(await lab.do('waitForSound', 'c', 'a', 5_000)).toBeGreaterThanOrEqual(0);
    const hz = 2_500;
    await lab.do('changeVoice', 'a', hz);
    for (const listener of ['b', 'c']) {
      expect(await lab.do('waitForTone', listener, 'a', hz, 3_000)).toBeGreaterThanOrEqual(0);
    }
  });

  it('that the browser will not send is reported with its source, and the former one goes on', async () => {
    await lab.connectPair();
    await lab.do('sendPictureAsVoice', 'a');
    await lab.until({ who: 'a', what: 'problem', detail: 'b track-refused voice' });
    expect(await lab.do('waitForSound', 'b', 'a', 2_000)).toBeGreaterThanOrEqual(0);
  });
});

describe('a call that still rings here', () => {
  it('gives no address away: no connection, no candidate, no signal, whatever the other side sends', async () => {
    await lab.do('join', 'a', tones.a);
    await lab.do('ring', 'b', tones.b);
    const before = await lab.do('totals');
    for (const state of ['ringing', 'claimed'] as const) {
      await lab.do('setLeg', 'b', state);
      const offer = '{"type":"offer","n":1,"fresh":true,"sdp":"v=0\\r\\n"}';
      const candidate = '{"type":"candidate","candidate":"candidate:1","mid":"0","line":0}';
      const request = '{"type":"link.request","want":"rebuild"}';
      await lab.do('forge', 'a', 'b', { linkId: 'early', payload: offer });
      await lab.do('forge', 'a', 'b', { linkId: 'early', payload: candidate });
      await lab.do('forge', 'a', 'b', { linkId: 'none', payload: request });
      await lab.do('refresh', 'b');
    }
    await delay(measureMs);
    expect(await lab.do('totals')).toEqual(before);
    expect(await lab.eventsOf('sent')).toEqual([]);
  });

  it('makes its first address known only after it joined', async () => {
    await lab.do('join', 'a', tones.a);
    await lab.do('ring', 'b', tones.b);
    const before = await lab.do('totals');
    await lab.do('setLeg', 'b', 'joined');
    await lab.soundBothWays();
    expect((await lab.do('totals')).gathered).toBeGreaterThan(before.gathered);
  });
});

describe('a rebuilt link', () => {
  it.each(['a', 'b'] as const)('of %s never plays two voices at once', async (victim) => {
    await lab.connectPair();
    const since = await lab.do('now');
    if (victim === 'a') {
      await lab.do('forge', 'a', 'b', { payload: '{"type":"link.request","want":"rebuild"}' });
    } else {
      await lab.do('reopen', 'b');
    }
    await lab.until({ at: since, who: 'a', what: 'track', detail: 'b voice' });
    await lab.until({ at: since, who: 'b', what: 'track', detail: 'a voice' });
    await lab.soundBothWays();
    expect(await lab.eventsOf('heard twice')).toEqual([]);
    expect(await lab.do('connections', 'a')).toBe(1);
    expect(await lab.do('connections', 'b')).toBe(1);
  });
});

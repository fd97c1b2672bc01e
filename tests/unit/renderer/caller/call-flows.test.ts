/** The flows of docs/call-api.md, both ends at once: real callers, the server's real rules, no network and no devices. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeDeviceTrack } from './support/fake-media';
import { FakeExchange } from './support/fake-exchange';
import { Phone, idle } from './support/phone';

let exchange: FakeExchange;
let anna: Phone;
let bao: Phone;

beforeEach(() => {
  exchange = new FakeExchange();
  anna = new Phone(exchange, 'anna');
  bao = new Phone(exchange, 'bao');
});

async function connect(mediaType: 1 | 2 = 1): Promise<void> {
  await anna.call('bao', mediaType);
  bao.bridge.ring();
  await idle();
  await bao.accept();
  await idle();
}

function forget(): void {
  anna.diary.length = 0;
  bao.diary.length = 0;
}

describe('a call that is answered', () => {
  it('tells the caller in the documented order', async () => {
    await connect(2);
    const legId = `${exchange.callId}-b`;
    anna.media.mesh.handlers.onRemoteTrack(legId, 'voice', new FakeDeviceTrack('audio').asTrack);
    anna.media.mesh.handlers.onRemoteTrack(legId, 'camera', new FakeDeviceTrack('video').asTrack);
    expect(anna.diary).toEqual([
      'track(local audio) without session',
      'track(local video) without session',
      'call 10000',
      'ringing(bao)',
      'accept(bao)',
      'track(bao audio)',
      'track(bao video)',
    ]);
  });

  it('tells the callee of the session first and of its own tracks when it has joined', async () => {
    await connect(2);
    expect(bao.diary).toEqual([
      'onSession',
      'track(local audio)',
      'track(local video)',
      'accept 10000',
    ]);
  });

  it('opens no device at the callee before it accepts', async () => {
    await anna.call('bao', 2);
    bao.bridge.ring();
    await idle();
    expect(bao.media.devices).toEqual([]);
    expect(bao.media.meshes).toEqual([]);
  });

  it('claims, then opens the media, then joins', async () => {
    await connect();
    expect(bao.bridge.asked).toEqual(['claim', 'join']);
  });

  it('gives both ends one mesh, the own tracks in it and the newest snapshot', async () => {
    await connect(2);
    for (const phone of [anna, bao]) {
      expect(phone.media.meshes).toHaveLength(1);
      expect(phone.media.mesh.sent.get('voice')).toBe(phone.media.devices[0]);
      expect(phone.media.mesh.sent.get('camera')).toBe(phone.media.devices[1]);
      expect(phone.media.mesh.updates.at(-1)?.legs.map((leg) => leg.state)).toEqual([
        'joined',
        'joined',
      ]);
    }
  });

  it('waits at the caller until it rings and is answered', async () => {
    await anna.call('bao');
    expect(anna.session.getState()).toBe(0);
    expect(anna.session.getUserState('bao')).toBe(1);
    bao.bridge.ring();
    await idle();
    await bao.accept();
    expect(anna.session.getState()).toBe(1);
    expect(bao.session.getState()).toBe(1);
    expect(anna.session.getUserState('bao')).toBe(2);
  });

  it('lasts equally long at both ends, on the server’s clock', async () => {
    await connect();
    expect(anna.session.getElapsedMs()).toBe(0);
    exchange.nowMs += 61_000;
    expect(anna.session.getElapsedMs()).toBe(61_000);
    expect(bao.session.getElapsedMs()).toBe(61_000);
  });
});

describe('a call that ends', () => {
  it('when the caller hangs up: 3 there, onHungup and 13 at the other', async () => {
    await connect();
    forget();
    await anna.hangUp();
    await idle();
    expect(anna.diary).toEqual(['hungup 10000', 'close(3)']);
    expect(bao.diary).toEqual(['H(anna,13)', 'close(13)']);
  });

  it('when the callee hangs up: the same, mirrored', async () => {
    await connect();
    forget();
    await bao.hangUp();
    await idle();
    expect(bao.diary).toEqual(['hungup 10000', 'close(3)']);
    expect(anna.diary).toEqual(['H(bao,13)', 'close(13)']);
  });

  it('when the caller cancels: 1 there, 11 at the one who rings', async () => {
    await anna.call('bao');
    bao.bridge.ring();
    await idle();
    forget();
    await anna.hangUp();
    await idle();
    expect(anna.diary).toEqual(['hungup 10000', 'close(1)']);
    expect(bao.diary).toEqual(['H(anna,11)', 'close(11)']);
  });

  it('when the callee refuses: 2 there, 12 at the caller', async () => {
    await anna.call('bao');
    bao.bridge.ring();
    await idle();
    forget();
    await bao.hangUp();
    await idle();
    expect(bao.diary).toEqual(['hungup 10000', 'close(2)']);
    expect(anna.diary).toEqual(['H(bao,12)', 'close(12)']);
  });

  it('when nobody answers: 15 with onHungup at the caller, 5 alone at the callee', async () => {
    await anna.call('bao');
    bao.bridge.ring();
    await idle();
    forget();
    exchange.passTime(60_000);
    await idle();
    expect(anna.diary).toEqual(['H(bao,15)', 'close(15)']);
    expect(bao.diary).toEqual(['close(5)']);
  });

  it('when the callee is in another call: 14 without ringing, and no session at the callee', async () => {
    const chen = new Phone(exchange, 'chen');
    await connect();
    forget();
    await chen.call('bao');
    expect(chen.session.getState()).toBe(2);
    await idle();
    expect(chen.diary).toEqual([
      'track(local audio) without session',
      'call 10000',
      'H(bao,14)',
      'close(14)',
    ]);
    expect(bao.diary).toEqual([]);
    expect(bao.session.getState()).toBe(1);
    chen.expectReleased();
  });

  it('when the callee loses the network for good: 17 at the caller, 7 at the callee', async () => {
    await connect();
    forget();
    exchange.run(exchange.callId, { type: 'device-lost', ...bao.bridge.self });
    exchange.passTime(30_000);
    await idle();
    expect(anna.diary).toEqual(['H(bao,17)', 'close(17)']);
    expect(bao.diary).toEqual(['close(7)']);
  });

  it.each(['anna', 'bao'])('gives everything back at both ends after %s hung up', async (who) => {
    await connect(2);
    for (const phone of [anna, bao]) {
      const other = phone === anna ? 'b' : 'a';
      const legId = `${exchange.callId}-${other}`;
      const voice = new FakeDeviceTrack('audio').asTrack;
      phone.media.mesh.handlers.onRemoteTrack(legId, 'voice', voice);
      await phone.tracks.at(-1)?.play();
      expect(phone.stage.heard).toBe(1);
    }
    await (who === 'anna' ? anna : bao).hangUp();
    await idle();
    anna.expectReleased();
    bao.expectReleased();
  });

  it('lets the next call start at once', async () => {
    await connect();
    await anna.hangUp();
    await anna.call('bao');
    expect(anna.diary.at(-1)).toBe('call 10000');
  });
});

describe('the summary at the end', () => {
  it('has the eight documented fields, on the server’s clock', async () => {
    await connect(2);
    const beginTimestamp = exchange.nowMs;
    exchange.nowMs += 5_000;
    await bao.hangUp();
    await idle();
    expect(anna.summaries).toEqual([
      {
        conversationType: 1,
        channelId: '',
        targetId: 'bao',
        mediaType: 2,
        beginTimestamp,
        endTimestamp: beginTimestamp + 5_000,
        duration: 5_000,
        endReason: 13,
      },
    ]);
    expect(bao.summaries[0]).toMatchObject({ targetId: 'anna', duration: 5_000, endReason: 3 });
  });

  it('begins at 0 and lasts 0 when nobody was connected', async () => {
    await anna.call('bao');
    exchange.nowMs += 5_000;
    await anna.hangUp();
    await idle();
    expect(anna.summaries[0]).toMatchObject({
      beginTimestamp: 0,
      endTimestamp: exchange.nowMs,
      duration: 0,
    });
  });
});

describe('several devices of one user', () => {
  let laptop: Phone;

  beforeEach(async () => {
    laptop = new Phone(exchange, 'bao', 'bao-laptop');
    await anna.call('bao');
    bao.bridge.ring();
    laptop.bridge.ring();
    await idle();
    forget();
    laptop.diary.length = 0;
  });

  it('stop with 101, and hear no hang-up, when another one answers', async () => {
    await bao.accept();
    await idle();
    expect(laptop.diary).toEqual(['close(101)']);
    expect(laptop.summaries[0]?.duration).toBe(0);
    expect(anna.diary).toEqual(['accept(bao)']);
  });

  it('stop with 102 when another one refuses', async () => {
    await bao.hangUp();
    await idle();
    expect(laptop.diary).toEqual(['close(102)']);
    expect(anna.diary).toEqual(['H(bao,12)', 'close(12)']);
  });

  it('let exactly one win when both accept at the same moment', async () => {
    await Promise.all([bao.accept(), laptop.accept()]);
    await idle();
    expect(bao.diary).toEqual(['track(local audio)', 'accept 10000']);
    expect(laptop.diary).toEqual(['close(101)', 'accept 53201']);
    expect(laptop.media.devices).toEqual([]);
  });
});

describe('media that cannot be opened', () => {
  const denied = { device: 'microphone', detail: 'denied' } as const;

  it.each([
    { mediaType: 1 as const, code: 53301 },
    { mediaType: 2 as const, code: 53303 },
  ])('gives the caller $code with the detail, and sends nothing', async ({ mediaType, code }) => {
    anna.media.problem = denied;
    const listener = anna.listener();
    expect(await anna.caller.call({ targetId: 'bao', mediaType, listener })).toEqual({
      code,
      detail: denied,
    });
    await idle();
    expect(anna.bridge.started).toEqual([]);
    expect(anna.diary).toEqual([]);
  });

  it('ends the callee’s session with 8 and the caller’s with 18, without onAccept', async () => {
    await anna.call('bao', 2);
    bao.bridge.ring();
    await idle();
    forget();
    bao.media.problem = denied;
    expect(await bao.session.accept()).toEqual({ code: 53303, detail: denied });
    await idle();
    expect(bao.bridge.asked).toEqual(['claim', 'leave media']);
    expect(bao.diary).toEqual(['close(8)']);
    expect(anna.diary).toEqual(['H(bao,18)', 'close(18)']);
  });

  it('is given back when the call ended while it was being opened', async () => {
    await anna.call('bao', 2);
    bao.bridge.ring();
    await idle();
    let grant = (): void => undefined;
    bao.media.gate = new Promise((resolve) => (grant = resolve));
    const accepting = bao.accept();
    await idle();
    await anna.hangUp();
    grant();
    await accepting;
    await idle();
    expect(bao.media.devices).toHaveLength(2);
    bao.expectReleased();
    expect(bao.diary).toEqual(['onSession', 'H(anna,11)', 'close(11)', 'accept 53201']);
  });
});

describe('commands that do not get through', () => {
  it('give 53201 for a start, with the tracks stopped and no session', async () => {
    anna.bridge.start = (): ReturnType<typeof anna.bridge.start> =>
      Promise.resolve({ ok: false, error: 'offline' });
    await anna.call('bao', 2);
    await idle();
    expect(anna.diary).toEqual([
      'track(local audio) without session',
      'track(local video) without session',
      'call 53201',
    ]);
    anna.expectReleased();
  });

  it('give 53201 for a hang-up that ends the session all the same', async () => {
    await connect();
    forget();
    anna.bridge.isOffline = true;
    exchange.nowMs += 4_000;
    await anna.hangUp();
    await idle();
    expect(anna.diary).toEqual(['hungup 53201', 'close(3)']);
    expect(anna.summaries[0]).toMatchObject({ duration: 4_000, endReason: 3 });
    anna.expectReleased();
  });

  it('choose the reason of a lonely hang-up by the own state', async () => {
    await anna.call('bao');
    bao.bridge.ring();
    await idle();
    anna.bridge.isOffline = true;
    bao.bridge.isOffline = true;
    await anna.hangUp();
    await bao.hangUp();
    await idle();
    expect(anna.diary.at(-1)).toBe('close(1)');
    expect(bao.diary.at(-1)).toBe('close(2)');
  });

  it('give 53201 and 7 for an accept, and no device is opened', async () => {
    await anna.call('bao');
    bao.bridge.ring();
    await idle();
    bao.bridge.isOffline = true;
    await bao.accept();
    await idle();
    expect(bao.diary).toEqual(['onSession', 'close(7)', 'accept 53201']);
    expect(bao.media.devices).toEqual([]);
  });

  it('give 53201 and 7 for a join, with the media released', async () => {
    await anna.call('bao');
    bao.bridge.ring();
    await idle();
    bao.bridge.join = (): ReturnType<typeof bao.bridge.join> =>
      Promise.resolve({ ok: false, error: 'offline' });
    await bao.accept();
    await idle();
    expect(bao.diary).toEqual(['onSession', 'close(7)', 'accept 53201']);
    expect(bao.bridge.asked).toEqual(['claim', 'leave hangup']);
    bao.expectReleased();
  });

  it('are survived when the bridge breaks its promise and rejects', async () => {
    await connect();
    anna.bridge.leave = (): ReturnType<typeof anna.bridge.leave> =>
      Promise.reject(new Error('a bug'));
    await anna.hangUp();
    await idle();
    expect(anna.diary.slice(-2)).toEqual(['hungup 53201', 'close(3)']);
    expect(anna.warnings).toEqual(['the bridge failed']);
    anna.expectReleased();
  });
});

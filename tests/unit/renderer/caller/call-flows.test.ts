/**
 * The flows of docs/call-api.md between two people, both ends at once: real callers, the server's real rules, no
 * network and no devices. "[flow N]" is the row of that page's table of flows.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type { CallRecord } from '#protocol/messages';
import { recordsFor } from '#server/calls/rules/records';
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

async function ring(mediaType: 1 | 2 = 1): Promise<void> {
  await anna.call('bao', mediaType);
  bao.bridge.ring();
  await idle();
}

async function connect(mediaType: 1 | 2 = 1): Promise<void> {
  await ring(mediaType);
  await bao.accept();
  await idle();
}

function forget(...phones: Phone[]): void {
  for (const phone of [anna, bao, ...phones]) phone.forget();
}

const denied = { device: 'microphone', detail: 'denied' } as const;

describe('a call that is answered', () => {
  it('[flow 1] tells the caller in the documented order', async () => {
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

  it('[flow 1] tells the callee of the session first and of its own tracks when it has joined', async () => {
    await connect(2);
    expect(bao.diary).toEqual([
      'onSession',
      'track(local audio)',
      'track(local video)',
      'accept 10000',
    ]);
  });

  it('[flow 1] opens no device at the callee before it accepts', async () => {
    await ring(2);
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
  it('[flow 2] when the caller hangs up: 3 there, onHungup and 13 at the other', async () => {
    await connect();
    forget();
    await anna.hangUp();
    await idle();
    expect(anna.diary).toEqual(['hungup 10000', 'close(3)']);
    expect(bao.diary).toEqual(['H(anna,13)', 'close(13)']);
  });

  it('[flow 2] when the callee hangs up: the same, mirrored', async () => {
    await connect();
    forget();
    await bao.hangUp();
    await idle();
    expect(bao.diary).toEqual(['hungup 10000', 'close(3)']);
    expect(anna.diary).toEqual(['H(bao,13)', 'close(13)']);
  });

  it('[flow 3] when the caller cancels: 1 there, 11 at the one who rings', async () => {
    await ring();
    forget();
    await anna.hangUp();
    await idle();
    expect(anna.diary).toEqual(['hungup 10000', 'close(1)']);
    expect(bao.diary).toEqual(['H(anna,11)', 'close(11)']);
  });

  it('[flow 4] when the callee refuses: 2 there, 12 at the caller', async () => {
    await ring();
    forget();
    await bao.hangUp();
    await idle();
    expect(bao.diary).toEqual(['hungup 10000', 'close(2)']);
    expect(anna.diary).toEqual(['H(bao,12)', 'close(12)']);
  });

  it('[flow 5] when the callee is in another call: 14 without ringing, and no session at the callee', async () => {
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

  it('[flow 6] when nobody answers: 15 with onHungup at the caller, 5 alone at the callee', async () => {
    await ring();
    forget();
    exchange.passTime(60_000);
    await idle();
    expect(anna.diary).toEqual(['H(bao,15)', 'close(15)']);
    expect(bao.diary).toEqual(['close(5)']);
  });

  it('[flow 12] when the callee loses the network for good: 17 at the caller, 7 at the callee', async () => {
    await connect();
    forget();
    exchange.run(exchange.callId, { type: 'device-lost', ...bao.bridge.self });
    exchange.passTime(30_000);
    await idle();
    expect(anna.diary).toEqual(['H(bao,17)', 'close(17)']);
    expect(bao.diary).toEqual(['close(7)']);
  });

  it('[flow 12] when the caller loses the network for good: 7 there, 17 at the callee', async () => {
    await connect();
    forget();
    exchange.run(exchange.callId, { type: 'device-lost', ...anna.bridge.self });
    exchange.passTime(30_000);
    await idle();
    expect(anna.diary).toEqual(['close(7)']);
    expect(bao.diary).toEqual(['H(anna,17)', 'close(17)']);
  });

  it('[flow 21] when the server removes somebody: 23 there, 33 at the other', async () => {
    await connect();
    forget();
    exchange.run(exchange.callId, { type: 'remove', userId: 'bao' });
    exchange.passTime(0);
    await idle();
    expect(bao.diary).toEqual(['close(23)']);
    expect(anna.diary).toEqual(['H(bao,33)', 'close(33)']);
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

describe('a callee who is not there', () => {
  /** What the server tells a device at its next sign-in. */
  const recordOfBao = (): CallRecord => {
    const record = recordsFor(exchange.state(exchange.callId)).find(
      ({ userId }) => userId === 'bao',
    );
    if (!record) throw new Error('there is no record');
    const { userId: _user, ...told } = record;
    return told;
  };

  beforeEach(() => {
    bao.bridge.isOffline = true;
  });

  it('[flow 7] never rings: 15 at the caller, and a record with 5 when the callee is back', async () => {
    await anna.call('bao');
    anna.forget();
    exchange.passTime(60_000);
    await idle();
    expect(anna.diary).toEqual(['H(bao,15)', 'close(15)']);
    bao.bridge.tellOfRecord(recordOfBao());
    expect(bao.diary).toEqual(['record(5)']);
  });

  it('[flow 7] rings with what is left of the time when it is back before that', async () => {
    await anna.call('bao');
    exchange.passTime(50_000);
    bao.bridge.isOffline = false;
    bao.bridge.announce(exchange.snapshot(exchange.callId));
    bao.bridge.ring();
    exchange.passTime(10_000);
    await idle();
    expect(bao.diary).toEqual(['onSession', 'close(5)']);
    expect(anna.diary.slice(-3)).toEqual(['ringing(bao)', 'H(bao,15)', 'close(15)']);
  });

  it('[flow 8] hears of a cancelled call as a record with 11', async () => {
    await anna.call('bao');
    anna.forget();
    await anna.hangUp();
    await idle();
    expect(anna.diary).toEqual(['hungup 10000', 'close(1)']);
    bao.bridge.tellOfRecord(recordOfBao());
    expect(bao.diary).toEqual(['record(11)']);
  });
});

describe('the reason of a hang-up', () => {
  it('[2.2] is chosen by one’s own state: 1 while nobody answered', async () => {
    await ring();
    await anna.hangUp();
    await idle();
    expect(anna.diary.at(-1)).toBe('close(1)');
  });

  it('[2.2] is chosen by one’s own state: 2 while it rings here', async () => {
    await ring();
    await bao.hangUp();
    await idle();
    expect(bao.diary.at(-1)).toBe('close(2)');
  });

  it('[2.2] is chosen by one’s own state: 3 once connected, for the caller and for the callee', async () => {
    await connect();
    await anna.hangUp();
    await idle();
    expect(anna.diary.at(-1)).toBe('close(3)');
    await connect();
    await bao.hangUp();
    await idle();
    expect(bao.diary.at(-1)).toBe('close(3)');
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
    await ring();
    laptop.bridge.ring();
    await idle();
    forget(laptop);
  });

  it('[flow 16] stop with 101, and hear no hang-up, when another one answers', async () => {
    await bao.accept();
    await idle();
    expect(laptop.diary).toEqual(['close(101)']);
    expect(laptop.summaries[0]?.duration).toBe(0);
    expect(bao.diary).toEqual(['track(local audio)', 'accept 10000']);
    expect(anna.diary).toEqual(['accept(bao)']);
  });

  it('[flow 17] stop with 102 when another one refuses', async () => {
    await bao.hangUp();
    await idle();
    expect(laptop.diary).toEqual(['close(102)']);
    expect(bao.diary).toEqual(['hungup 10000', 'close(2)']);
    expect(anna.diary).toEqual(['H(bao,12)', 'close(12)']);
  });

  it('[flow 18] let exactly one win when both accept at the same moment', async () => {
    await Promise.all([bao.accept(), laptop.accept()]);
    await idle();
    expect(bao.diary).toEqual(['track(local audio)', 'accept 10000']);
    expect(laptop.diary).toEqual(['close(101)', 'accept 53201']);
    expect(laptop.media.devices).toEqual([]);
  });
});

describe('a second device while the first one is in a call', () => {
  let chen: Phone;

  /** Bao talks to Anna at the desk; Chen calls, and it rings on the laptop, which is free. */
  const callTheOther = async (laptop: Phone): Promise<void> => {
    exchange.setRules('bao', { busy: 'device' });
    await connect();
    chen = new Phone(exchange, 'chen');
    await chen.call('bao');
    laptop.bridge.ring();
    await idle();
    forget(chen, laptop);
  };

  it('[flow 19] puts the first one out when it answers with KICK: 21 there, 31 at its other end', async () => {
    const laptop = new Phone(exchange, 'bao', 'bao-laptop', { joinType: 0 });
    await callTheOther(laptop);
    await laptop.accept();
    await idle();
    expect(bao.diary).toEqual(['close(21)']);
    expect(anna.diary).toEqual(['H(bao,31)', 'close(31)']);
    expect(laptop.diary).toEqual(['track(local audio)', 'accept 10000']);
    expect(chen.diary).toEqual(['accept(bao)']);
    bao.expectReleased();
  });

  it('[flow 20] is refused when it answers with REFUSE: 22 there, 32 at the caller', async () => {
    const laptop = new Phone(exchange, 'bao', 'bao-laptop', { joinType: 1 });
    await callTheOther(laptop);
    expect(await laptop.session.accept()).toEqual({ code: 53200, problem: 'in-call-elsewhere' });
    await idle();
    expect(laptop.diary).toEqual(['close(22)']);
    expect(laptop.media.devices).toEqual([]);
    expect(chen.diary).toEqual(['H(bao,32)', 'close(32)']);
    expect(bao.diary).toEqual([]);
    expect(anna.diary).toEqual([]);
  });

  it('is in a call beside the first one when it answers with COEXIST', async () => {
    const laptop = new Phone(exchange, 'bao', 'bao-laptop', { joinType: 2 });
    await callTheOther(laptop);
    await laptop.accept();
    await idle();
    expect(laptop.diary.at(-1)).toBe('accept 10000');
    expect(bao.diary).toEqual([]);
    expect(bao.session.getState()).toBe(1);
  });

  it('starts none itself with REFUSE: 53200', async () => {
    await connect();
    const laptop = new Phone(exchange, 'bao', 'bao-laptop', { joinType: 1 });
    chen = new Phone(exchange, 'chen');
    await laptop.call('chen');
    expect(laptop.diary).toEqual(['track(local audio) without session', 'call 53200']);
    expect(chen.diary).toEqual([]);
    laptop.expectReleased();
  });

  it('shows no ring where a call is running, and announces it when that one is over first', async () => {
    const laptop = new Phone(exchange, 'bao', 'bao-laptop');
    await callTheOther(laptop);
    expect(bao.diary).toEqual([]);
    await bao.hangUp();
    await idle();
    expect(bao.diary).toEqual(['hungup 10000', 'close(3)', 'onSession']);
    await bao.accept();
    await idle();
    expect(chen.diary).toEqual(['accept(bao)']);
    expect(laptop.diary).toEqual(['close(101)']);
  });
});

describe('two people who call each other', () => {
  /** Anna’s call is at the server, and Bao calls before he has heard of it. */
  const cross = async (annaType: 1 | 2, baoType: 1 | 2): Promise<void> => {
    let connectBao = (): void => undefined;
    bao.media.gate = new Promise((resolve) => (connectBao = resolve));
    const calling = bao.call('anna', baoType);
    await idle();
    await anna.call('bao', annaType);
    connectBao();
    await calling;
    await idle();
  };

  it('[flow 22] are simply connected in the older call', async () => {
    await cross(1, 1);
    expect(bao.diary).toEqual(['track(local audio) without session', 'call 10000', 'accept(anna)']);
    expect(anna.diary).toEqual(['track(local audio) without session', 'call 10000', 'accept(bao)']);
    expect(bao.session.getSessionId()).toBe(anna.session.getSessionId());
    expect(bao.session.getCallerId()).toBe('anna');
    for (const phone of [anna, bao]) expect(phone.session.getState()).toBe(1);
    await bao.hangUp();
    await idle();
    expect(anna.diary.slice(-2)).toEqual(['H(bao,13)', 'close(13)']);
    expect(bao.diary.slice(-2)).toEqual(['hungup 10000', 'close(3)']);
  });

  it('[flow 22] see nobody who asked for audio, and the camera of who asked for video goes off', async () => {
    await cross(1, 2);
    expect(bao.session.getMediaType()).toBe(1);
    expect(bao.media.openDevices.map((device) => device.kind)).toEqual(['audio']);
    expect(bao.media.mesh.sent.get('camera')).toBeNull();
    expect(anna.diary.slice(-2)).toEqual(['call 10000', 'accept(bao)']);
  });

  it('[flow 22] hear of the change when the older call had a picture', async () => {
    await cross(2, 1);
    expect(anna.session.getMediaType()).toBe(1);
    expect(anna.media.openDevices.map((device) => device.kind)).toEqual(['audio']);
    expect(anna.diary.slice(-2)).toEqual(['accept(bao)', 'media(bao,1)']);
    expect(bao.diary.at(-1)).toBe('accept(anna)');
  });
});

describe('video that becomes audio', () => {
  beforeEach(async () => {
    await connect(2);
    for (const [phone, leg] of [
      [anna, 'b'],
      [bao, 'a'],
    ] as const) {
      const picture = new FakeDeviceTrack('video').asTrack;
      phone.media.mesh.handlers.onRemoteTrack(`${exchange.callId}-${leg}`, 'camera', picture);
    }
    forget();
  });

  it('[flow 23] takes the pictures of both away and is told to the other', async () => {
    expect(await anna.session.descendAbility()).toEqual({ code: 10000 });
    await idle();
    expect(anna.diary).toEqual([]);
    expect(bao.diary).toEqual(['media(anna,1)']);
    for (const phone of [anna, bao]) {
      expect(phone.session.getMediaType()).toBe(1);
      expect(phone.media.openDevices.map((device) => device.kind)).toEqual(['audio']);
      expect(phone.media.mesh.sent.get('camera')).toBeNull();
      expect(phone.tracks.at(-1)?.isReady()).toBe(false);
    }
  });

  it('[flow 23] is the last media type in both summaries', async () => {
    await bao.session.descendAbility();
    await bao.hangUp();
    await idle();
    expect([...anna.summaries, ...bao.summaries].map(({ mediaType }) => mediaType)).toEqual([1, 1]);
  });

  it('[flow 23] is not undone by enableVideoTrack(), and once is enough', async () => {
    await anna.session.descendAbility();
    expect(await anna.session.descendAbility()).toEqual({ code: 10000 });
    expect(anna.bridge.asked.filter((verb) => verb === 'set-media')).toHaveLength(1);
    expect(await anna.session.enableVideoTrack()).toEqual({ code: 53309 });
    expect(await bao.session.enableVideoTrack()).toEqual({ code: 53309 });
  });

  it('leaves everything as it was when the server cannot be asked', async () => {
    anna.bridge.isOffline = true;
    expect(await anna.session.descendAbility()).toEqual({ code: 53201, problem: 'offline' });
    expect(anna.session.getMediaType()).toBe(2);
    expect(anna.media.openDevices).toHaveLength(2);
  });

  it('closes a camera that opens after the change', async () => {
    await anna.session.disableVideoTrack();
    let grant = (): void => undefined;
    anna.media.gate = new Promise((resolve) => (grant = resolve));
    const opening = anna.session.enableVideoTrack();
    await idle();
    await bao.session.descendAbility();
    grant();
    expect(await opening).toEqual({ code: 53309 });
    expect(anna.media.openDevices.map((device) => device.kind)).toEqual(['audio']);
  });

  it('is answered without a camera when the caller changed it while it rang', async () => {
    await anna.hangUp();
    await ring(2);
    await anna.session.descendAbility();
    await bao.accept();
    expect(bao.media.openDevices.map((device) => device.kind)).toEqual(['audio']);
  });
});

describe('media that cannot be opened', () => {
  it.each([
    { mediaType: 1 as const, code: 53301 },
    { mediaType: 2 as const, code: 53303 },
  ])(
    '[flow 13] gives the caller $code with the detail, and sends nothing',
    async ({ mediaType, code }) => {
      anna.media.problem = denied;
      const listener = anna.listener();
      expect(await anna.caller.call({ targetId: 'bao', mediaType, listener })).toEqual({
        code,
        detail: denied,
      });
      await idle();
      expect(anna.bridge.started).toEqual([]);
      expect(anna.diary).toEqual([]);
      expect(bao.diary).toEqual([]);
    },
  );

  it('[flow 14] ends the callee’s session with 8 and the caller’s with 18, without onAccept', async () => {
    await ring(2);
    forget();
    bao.media.problem = denied;
    expect(await bao.session.accept()).toEqual({ code: 53303, detail: denied });
    expect(bao.diary).toEqual([]);
    await idle();
    expect(bao.bridge.asked).toEqual(['claim', 'leave media']);
    expect(bao.diary).toEqual(['close(8)']);
    expect(anna.diary).toEqual(['H(bao,18)', 'close(18)']);
  });

  it('is given back when the call ended while it was being opened', async () => {
    await ring(2);
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

describe('media that cannot be sent', () => {
  beforeEach(async () => {
    await connect(2);
    forget();
  });

  it('[flow 15] ends the call with 9 here and 19 there when no link sends the voice', async () => {
    const legId = `${exchange.callId}-b`;
    anna.media.mesh.handlers.onProblem(legId, 'track-refused', 'voice');
    await idle();
    expect(anna.diary).toEqual(['publish-fail(53305)', 'close(9)']);
    expect(anna.bridge.asked.at(-1)).toBe('leave publish');
    expect(bao.diary).toEqual(['H(anna,19)', 'close(19)']);
    anna.expectReleased();
  });

  it('goes on without the picture when only that is refused', async () => {
    anna.media.mesh.handlers.onProblem(`${exchange.callId}-b`, 'track-refused', 'camera');
    await idle();
    expect(anna.diary).toEqual(['publish-fail(53306)']);
    expect(anna.session.getState()).toBe(1);
  });

  it('goes on after every other problem of a link', async () => {
    anna.media.mesh.handlers.onProblem(`${exchange.callId}-b`, 'channel-failed');
    await idle();
    expect(anna.diary).toEqual([]);
    expect(anna.warnings).toHaveLength(1);
  });
});

describe('people who are not wanted', () => {
  it('[flow 10] cannot call: 53202, the tracks stopped, nothing at the other', async () => {
    exchange.setRules('bao', { blockedUserIds: ['anna'] });
    await anna.call('bao');
    await idle();
    expect(anna.diary).toEqual(['track(local audio) without session', 'call 53202']);
    expect(bao.diary).toEqual([]);
    anna.expectReleased();
  });

  it('[flow 11] cannot answer somebody who has blocked them meanwhile: 53201 and 103, later 15', async () => {
    await ring();
    forget();
    exchange.setRules('anna', { blockedUserIds: ['bao'] });
    expect(await bao.session.accept()).toEqual({ code: 53201, problem: 'blocked' });
    expect(bao.diary).toEqual([]);
    await idle();
    expect(bao.diary).toEqual(['close(103)']);
    expect(bao.media.devices).toEqual([]);
    exchange.passTime(60_000);
    await idle();
    expect(anna.diary).toEqual(['H(bao,15)', 'close(15)']);
  });
});

describe('commands that do not get through', () => {
  it('[flow 9] give 53201 for a start, with the tracks stopped and no session', async () => {
    anna.bridge.start = (): ReturnType<typeof anna.bridge.start> =>
      Promise.resolve({ ok: false, error: 'offline' });
    await anna.call('bao', 2);
    await idle();
    expect(anna.diary).toEqual([
      'track(local audio) without session',
      'track(local video) without session',
      'call 53201',
    ]);
    expect(bao.diary).toEqual([]);
    anna.expectReleased();
  });

  it('[flow 11] give 53201 and 7 for an accept, and no device is opened', async () => {
    await ring();
    forget();
    bao.bridge.isOffline = true;
    await bao.accept();
    await idle();
    expect(bao.diary).toEqual(['accept 53201', 'close(7)']);
    expect(bao.media.devices).toEqual([]);
    exchange.passTime(60_000);
    await idle();
    expect(anna.diary).toEqual(['H(bao,15)', 'close(15)']);
  });

  it('[flow 15] give 53304 and 7 for a join, with the media released, and 17 at the other', async () => {
    await ring();
    forget();
    bao.bridge.join = (): ReturnType<typeof bao.bridge.join> =>
      Promise.resolve({ ok: false, error: 'offline' });
    expect(await bao.session.accept()).toEqual({ code: 53304, problem: 'offline' });
    expect(bao.diary).toEqual([]);
    await idle();
    expect(bao.diary).toEqual(['close(7)']);
    expect(bao.bridge.asked).toEqual(['claim', 'leave network']);
    expect(anna.diary).toEqual(['H(bao,17)', 'close(17)']);
    bao.expectReleased();
  });

  it('[flow 24] are not even tried while a call exists: 53200 before any device opens', async () => {
    await connect();
    const listener = anna.listener();
    const opened = anna.media.devices.length;
    expect(await anna.caller.call({ targetId: 'chen', mediaType: 2, listener })).toEqual({
      code: 53200,
      problem: 'call-exists',
    });
    expect(anna.media.devices).toHaveLength(opened);
    expect(anna.session.getState()).toBe(1);
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
    await ring();
    anna.bridge.isOffline = true;
    bao.bridge.isOffline = true;
    await anna.hangUp();
    await bao.hangUp();
    await idle();
    expect(anna.diary.at(-1)).toBe('close(1)');
    expect(bao.diary.at(-1)).toBe('close(2)');
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

import { beforeEach, describe, expect, it } from 'vitest';
import { createCaller } from '../../../../renderer/caller/caller';
import { FakeExchange } from './support/fake-exchange';
import { FakeMedia } from './support/fake-media';
import { Phone, idle } from './support/phone';

let exchange: FakeExchange;
let anna: Phone;
let bao: Phone;

beforeEach(() => {
  exchange = new FakeExchange();
  bao = new Phone(exchange, 'bao');
});

const camera = { device: 'camera', detail: 'absent' } as const;

describe('the options of a caller', () => {
  it('are checked, and all that is wrong is told at once', () => {
    const bridge = exchange.connect('chen', 'chen-desk');
    const wrong = {
      onSession: 1,
      onOfflineRecord: 1,
      isAllowPublishRetry: 1,
      isAllowSubscribeRetry: 'yes',
      isOffCameraWhenVideoDisable: 0,
      isAllowDemotionGetStream: null,
      joinType: 3,
      lang: 'fr',
      logLevel: 7,
      logStdout: 'console',
    };
    const create = (): unknown => createCaller(bridge, new FakeMedia(), wrong as never);
    expect(create).toThrow(
      'onSession must be a function; onSessionClose must be a function; ' +
        'onOfflineRecord must be a function; logStdout must be a function; ' +
        'isAllowPublishRetry must be a boolean; isAllowSubscribeRetry must be a boolean; ' +
        'isOffCameraWhenVideoDisable must be a boolean; ' +
        'isAllowDemotionGetStream must be a boolean; joinType must be one of 0, 1, 2; ' +
        'lang must be one of zh, en; logLevel must be one of 0, 1, 2, 3, 1000',
    );
    expect(() => createCaller(bridge, new FakeMedia(), 5 as never)).toThrow(
      'the options must be an object',
    );
    expect(bridge.listeners).toBe(0);
  });

  it('may ask for retries, which changes nothing', async () => {
    const options = { isAllowPublishRetry: true, isAllowSubscribeRetry: false };
    anna = new Phone(exchange, 'anna', 'anna-desk', options);
    await anna.call('bao');
    expect(anna.diary.at(-1)).toBe('call 10000');
  });

  it('send joinType with a call and with an answer, and nothing when it is not set', async () => {
    anna = new Phone(exchange, 'anna', 'anna-desk', { joinType: 2 });
    await anna.call('bao');
    expect(anna.bridge.started[0]).toEqual({ targetId: 'bao', mediaType: 1, joinType: 2 });
    await bao.accept();
    expect(bao.bridge.claims).toEqual([undefined]);
    await anna.hangUp();
    await bao.call('anna');
    await anna.accept();
    expect(anna.bridge.claims).toEqual([2]);
  });

  it('report warnings with their level, unless the level asked for is higher', async () => {
    const lines: string[] = [];
    const logStdout = (level: number, message: string): void => {
      lines.push(`${level} ${message}`);
    };
    for (const logLevel of [2, 3] as const) {
      const chen = new Phone(exchange, `chen-${logLevel}`, 'd', { logStdout, logLevel });
      chen.onSession = () => undefined;
      anna = new Phone(exchange, `anna-${logLevel}`);
      await anna.call(`chen-${logLevel}`);
      expect(chen.warnings).toHaveLength(logLevel === 2 ? 1 : 0);
      await anna.hangUp();
      await idle();
    }
    expect(lines).toEqual(['2 no listener was registered inside onSession: events wait for one']);
  });
});

describe('a camera that cannot be opened', () => {
  it('prevents a video call, unless the voice alone is allowed', async () => {
    anna = new Phone(exchange, 'anna');
    anna.media.problem = camera;
    const listener = anna.listener();
    expect(await anna.caller.call({ targetId: 'bao', mediaType: 2, listener })).toEqual({
      code: 53303,
      detail: camera,
    });
  });

  it('leaves the caller with its voice when that is allowed', async () => {
    anna = new Phone(exchange, 'anna', 'anna-desk', { isAllowDemotionGetStream: true });
    anna.media.problem = camera;
    const { code, detail } = await anna.call('bao', 2);
    expect({ code, detail }).toEqual({ code: 10000, detail: camera });
    expect(anna.diary).toEqual(['track(local audio) without session', 'call 10000']);
    expect(anna.bridge.started[0]?.mediaType).toBe(2);
    expect(anna.media.mesh.state).toEqual({ voiceMuted: false, cameraOff: true });
    anna.media.problem = undefined;
    expect(await anna.session.enableVideoTrack()).toEqual({ code: 10000 });
    expect(anna.media.openDevices.map(({ kind }) => kind)).toEqual(['audio', 'video']);
  });

  it('leaves the callee with its voice when that is allowed', async () => {
    anna = new Phone(exchange, 'anna');
    const chen = new Phone(exchange, 'chen', 'chen-desk', { isAllowDemotionGetStream: true });
    chen.media.problem = camera;
    await anna.call('chen', 2);
    expect(await chen.session.accept()).toEqual({ code: 10000, detail: camera });
    expect(chen.diary).toEqual(['onSession', 'track(local audio)']);
  });
});

describe('disabled video', () => {
  const connect = async (isOffCameraWhenVideoDisable: boolean): Promise<void> => {
    anna = new Phone(exchange, 'anna', 'anna-desk', { isOffCameraWhenVideoDisable });
    await anna.call('bao', 2);
    await bao.accept();
    await idle();
    anna.forget();
  };

  it('switches the camera off by default', async () => {
    await connect(true);
    await anna.session.disableVideoTrack();
    expect(anna.media.openDevices.map(({ kind }) => kind)).toEqual(['audio']);
  });

  it('only mutes the picture when the camera is to stay on', async () => {
    await connect(false);
    expect(await anna.session.disableVideoTrack()).toEqual({ code: 10000 });
    expect(anna.media.openDevices).toHaveLength(2);
    expect(anna.media.devices[1]?.enabled).toBe(false);
    expect(anna.media.mesh.state).toEqual({ voiceMuted: false, cameraOff: true });
    expect(await anna.session.enableVideoTrack()).toEqual({ code: 10000 });
    expect(anna.media.devices[1]?.enabled).toBe(true);
    expect(anna.media.mesh.state?.cameraOff).toBe(false);
    expect(anna.diary).toEqual([]);
    expect(anna.media.devices).toHaveLength(2);
  });
});

describe('the words of notifications', () => {
  const pushOf = async (more: object = {}): Promise<unknown> => {
    await anna.call('bao', 1, more);
    await anna.hangUp();
    return anna.bridge.started.at(-1)?.push;
  };

  beforeEach(() => {
    anna = new Phone(exchange, 'anna');
  });

  it('are none when nobody wrote any: the other person’s app has its own', async () => {
    expect(await pushOf()).toBeUndefined();
  });

  it('are those of setPushConfig for every call placed after it, its end included', async () => {
    const before = await pushOf();
    anna.caller.setPushConfig(
      { pushTitle: 'call', pushContent: 'of Anna' },
      { pushTitle: 'over', pushContent: 'Anna hung up' },
    );
    expect(before).toBeUndefined();
    expect(await pushOf()).toEqual({
      callTitle: 'call',
      callContent: 'of Anna',
      hungupTitle: 'over',
      hungupContent: 'Anna hung up',
    });
  });

  it('are those of the single call first, text by text', async () => {
    anna.caller.setPushConfig({ pushTitle: 'call', pushContent: 'of Anna' }, {});
    expect(await pushOf({ pushTitle: 'urgent' })).toEqual({
      callTitle: 'urgent',
      callContent: 'of Anna',
    });
  });

  it('are default ones in a language only when that is asked for', async () => {
    const chen = new Phone(exchange, 'chen', 'chen-desk', { lang: 'en' });
    chen.caller.setPushConfig({ pushTitle: 'Chen' }, {});
    await chen.call('bao', 2);
    expect(chen.bridge.started[0]?.push).toEqual({
      callTitle: 'Chen',
      callContent: 'Somebody is calling you.',
      hungupTitle: 'Missed call',
      hungupContent: 'The call ended before it was answered.',
    });
  });

  it('differ by media type, and exist in both languages', async () => {
    const titles: (string | undefined)[] = [];
    for (const lang of ['en', 'zh'] as const) {
      for (const mediaType of [1, 2] as const) {
        const phone = new Phone(exchange, `caller-${lang}${mediaType}`, 'd', { lang });
        await phone.call('bao', mediaType);
        titles.push(phone.bridge.started[0]?.push?.callTitle);
        await phone.hangUp();
      }
    }
    expect(titles).toEqual([
      ...['You have a voice call', 'You have a video call'],
      ...['您有一条音频通话', '您有一条视频通话'],
    ]);
  });

  it('are refused when they are none', () => {
    const { caller } = anna;
    expect(() => caller.setPushConfig({ pushTitle: 5 } as never, null as never)).toThrow(
      'callPushConfig.pushTitle must be a string; hungupPushConfig must be an object',
    );
    expect(() => caller.setPushConfig({ pushContent: 'x'.repeat(301) }, {})).toThrow(
      'callPushConfig.pushContent must not be longer than 300 characters',
    );
    expect(() => caller.setPushConfig({ pushContent: 'a\u0000b' }, {})).toThrow(
      'callPushConfig.pushContent must not contain U+0000',
    );
  });
});

describe('what an application registers about its user', () => {
  const anna1 = { name: 'Anna', portraitUri: 'https://example.com/a.png', extra: 'desk 1' };

  beforeEach(() => {
    anna = new Phone(exchange, 'anna');
  });

  it('reaches the others as fields of sender and in getRemoteUsers', async () => {
    anna.caller.registerUserInfo(anna1);
    bao.caller.registerUserInfo({ name: 'Bao' });
    await anna.call('bao');
    expect(bao.session.getRemoteUsers()).toEqual([
      { userId: 'anna', ...anna1, state: 2, isCaller: true, isRemote: true },
    ]);
    bao.bridge.ring();
    await bao.accept();
    await idle();
    expect(anna.senders.at(-1)).toEqual({ userId: 'bao', name: 'Bao' });
    expect(anna.session.getRemoteUsers()[0]).toMatchObject({ name: 'Bao' });
    anna.caller.registerUserInfo({ name: 'Anna at home' });
    await anna.hangUp();
    await idle();
    expect(bao.senders.at(-1)).toEqual({ userId: 'anna', name: 'Anna at home' });
  });

  it('is refused when it is none', () => {
    const { caller } = anna;
    expect(() => caller.registerUserInfo(5 as never)).toThrow('the user info must be an object');
    expect(() => caller.registerUserInfo({ name: 'a\nb', extra: 5 } as never)).toThrow(
      'name must be one line; extra must be a string',
    );
    expect(() => caller.registerUserInfo({ portraitUri: 'x'.repeat(1_025) })).toThrow(
      'portraitUri must not be longer than 512 characters',
    );
  });
});

describe('getJoinedUserInfo()', () => {
  beforeEach(async () => {
    anna = new Phone(exchange, 'anna');
    await anna.call('bao');
  });

  it('tells the devices of a user that are in a call of this device', async () => {
    expect(await anna.caller.getJoinedUserInfo('bao')).toEqual({ code: 10000, data: [] });
    await bao.accept();
    expect(await anna.caller.getJoinedUserInfo('bao')).toEqual({
      code: 10000,
      data: [{ deviceId: 'bao-desk', roomId: exchange.callId, joinTime: exchange.nowMs }],
    });
    expect(await bao.caller.getJoinedUserInfo('nobody')).toEqual({ code: 10000, data: [] });
  });

  it('rejects for anything but a string, and answers 53308 when the caller is thrown away', async () => {
    await expect(anna.caller.getJoinedUserInfo(5 as never)).rejects.toThrow(
      'userId must be a string',
    );
    anna.caller.dispose();
    expect(await anna.caller.getJoinedUserInfo('bao')).toEqual({ code: 53308 });
  });
});

describe('onOfflineRecord', () => {
  const record = {
    recordId: 'c1:bao',
    callId: 'c1',
    kind: 'private',
    direction: 'incoming',
    targetId: 'anna',
    callerId: 'anna',
    mediaType: 2,
    createdAt: 1_000,
    connectedAt: 0,
    endedAt: 61_000,
    endReason: 5,
    seen: false,
    memberIds: ['anna'],
    invitedBy: 'anna',
  } as const;

  it('tells of a call that was over before this device could hear of it', () => {
    bao.bridge.tellOfRecord(record);
    expect(bao.records).toEqual([
      {
        channelId: '',
        conversationType: 1,
        targetId: 'anna',
        callId: 'c1',
        inviterId: 'anna',
        mediaType: 2,
        endReason: 5,
        beginTimestamp: 0,
        endTimestamp: 61_000,
        duration: 0,
      },
    ]);
  });

  it('tells how long a call lasted that another device had, and knows an unknown reason as 13', () => {
    const other = { kind: 'group', connectedAt: 11_000, endReason: 499 } as const;
    bao.bridge.tellOfRecord({ ...record, ...other });
    expect(bao.records[0]).toMatchObject({
      conversationType: 3,
      beginTimestamp: 11_000,
      duration: 50_000,
      endReason: 13,
    });
  });

  it('may be left out', () => {
    const bridge = exchange.connect('chen', 'chen-desk');
    createCaller(bridge, new FakeMedia(), {
      onSession: () => undefined,
      onSessionClose: () => undefined,
    });
    expect(() => bridge.tellOfRecord(record)).not.toThrow();
  });
});

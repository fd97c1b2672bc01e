import { beforeEach, describe, expect, it } from 'vitest';
import { FakeDeviceTrack } from './support/fake-media';
import { FakeExchange } from './support/fake-exchange';
import { Phone, idle } from './support/phone';

let exchange: FakeExchange;
let anna: Phone;
let bao: Phone;

async function connect(mediaType: 1 | 2 = 2): Promise<void> {
  exchange = new FakeExchange();
  anna = new Phone(exchange, 'anna');
  bao = new Phone(exchange, 'bao');
  await anna.call('bao', mediaType);
  await bao.accept();
  await idle();
  anna.forget();
}

const kinds = (phone: Phone): string[] => phone.media.openDevices.map(({ kind }) => kind);

describe('constraints', () => {
  it('of an answer reach the devices', async () => {
    exchange = new FakeExchange();
    anna = new Phone(exchange, 'anna');
    bao = new Phone(exchange, 'bao');
    await anna.call('bao', 2);
    await bao.session.accept({
      audio: { micphoneId: 'mic-2', sampleRate: 48_000 },
      video: { frameRate: 'FPS_24', resolution: 'W1280_H720', cameraId: 'cam-2' },
    });
    const video = {
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 24 },
      deviceId: { exact: 'cam-2' },
    };
    expect(bao.media.constraints).toEqual([
      { audio: { deviceId: { exact: 'mic-2' }, sampleRate: { ideal: 48_000 } }, video },
    ]);
    await bao.session.disableVideoTrack();
    await bao.session.enableVideoTrack();
    expect(bao.media.cameraConstraints).toEqual([video]);
  });
});

describe('changeAudioDevice()', () => {
  beforeEach(() => connect());

  it('sends the new microphone before the old one is stopped, and announces it', async () => {
    const states: string[] = [];
    anna.media.mesh.onTrackSet = () => states.push(anna.media.devices[0]?.readyState ?? '');
    expect(await anna.session.changeAudioDevice({ micphoneId: 'headset' })).toEqual({
      code: 10000,
    });
    expect(anna.media.constraints.at(-1)).toEqual({ audio: { deviceId: { exact: 'headset' } } });
    expect(anna.media.mesh.sent.get('voice')).toBe(anna.media.devices[2]);
    expect(states).toEqual(['live']);
    expect(anna.media.devices[0]?.readyState).toBe('ended');
    expect(anna.diary).toEqual(['track(local audio)']);
    expect(kinds(anna)).toEqual(['video', 'audio']);
  });

  it('keeps a muted microphone muted, from its first moment on', async () => {
    await anna.session.disableAudioTrack();
    const enabled: (boolean | undefined)[] = [];
    anna.media.mesh.onTrackSet = () => enabled.push(anna.media.devices[2]?.enabled);
    await anna.session.changeAudioDevice({});
    expect(enabled).toEqual([false]);
    expect(anna.tracks.at(-1)?.isLocalMuted()).toBe(true);
    expect(anna.media.mesh.state?.voiceMuted).toBe(true);
    await anna.session.enableAudioTrack();
    expect(anna.media.devices[2]?.enabled).toBe(true);
  });

  it('keeps the old one when the new one does not open: 53301 with the detail', async () => {
    anna.media.problem = { device: 'microphone', detail: 'absent' };
    expect(await anna.session.changeAudioDevice({ micphoneId: 'gone' })).toEqual({
      code: 53301,
      detail: { device: 'microphone', detail: 'absent' },
    });
    expect(anna.media.mesh.sent.get('voice')).toBe(anna.media.devices[0]);
    expect(anna.media.devices[0]?.readyState).toBe('live');
    expect(anna.diary).toEqual([]);
  });

  it('replaces a microphone that was unplugged', async () => {
    anna.media.devices[0]?.unplug();
    await anna.session.changeAudioDevice({});
    expect(anna.media.mesh.state?.voiceMuted).toBe(false);
    expect(anna.diary).toEqual(['ended(audio)', 'track(local audio)']);
  });

  it('closes a microphone that opens after the end', async () => {
    let grant = (): void => undefined;
    anna.media.gate = new Promise((resolve) => (grant = resolve));
    const changing = anna.session.changeAudioDevice({});
    await idle();
    await anna.hangUp();
    grant();
    expect(await changing).toEqual({ code: 53201, problem: 'call-over' });
    anna.expectReleased();
  });

  it('answers 53305 while nothing is sent yet, and rejects what is no profile', async () => {
    await anna.hangUp();
    await idle();
    await anna.call('bao', 2);
    expect(await bao.session.changeAudioDevice({})).toEqual({ code: 53305 });
    await expect(bao.session.changeAudioDevice(5 as never)).rejects.toThrow(
      'profile must be an object',
    );
  });
});

describe('changeVideoDevice()', () => {
  beforeEach(() => connect());

  it('sends the new camera before the old one is stopped, and announces it', async () => {
    const profile = { cameraId: 'c2', frameRate: 'FPS_30', resolution: 'W640_H360' } as const;
    expect(await anna.session.changeVideoDevice(profile)).toEqual({ code: 10000 });
    expect(anna.media.cameraConstraints).toEqual([
      {
        width: { ideal: 640 },
        height: { ideal: 360 },
        frameRate: { ideal: 30 },
        deviceId: { exact: 'c2' },
      },
    ]);
    expect(anna.media.mesh.sent.get('camera')).toBe(anna.media.devices[2]);
    expect(anna.diary).toEqual(['track(local video)']);
    expect(kinds(anna)).toEqual(['audio', 'video']);
  });

  it('is remembered for later while the camera is off', async () => {
    await anna.session.disableVideoTrack();
    expect(await anna.session.changeVideoDevice({ cameraId: 'c2' })).toEqual({ code: 10000 });
    expect(kinds(anna)).toEqual(['audio']);
    await anna.session.enableVideoTrack();
    expect(anna.media.cameraConstraints).toEqual([{ deviceId: { exact: 'c2' } }]);
  });

  it('keeps the old one when the new one does not open: 53302 with the detail', async () => {
    anna.media.problem = { device: 'camera', detail: 'busy' };
    expect(await anna.session.changeVideoDevice({ cameraId: 'c2' })).toEqual({
      code: 53302,
      detail: { device: 'camera', detail: 'busy' },
    });
    expect(anna.media.mesh.sent.get('camera')).toBe(anna.media.devices[1]);
  });

  it('answers 53306 while nothing is sent yet, and 53309 in an audio call', async () => {
    await anna.hangUp();
    await idle();
    await anna.call('bao', 2);
    expect(await bao.session.changeVideoDevice({})).toEqual({ code: 53306 });
    await connect(1);
    expect(await anna.session.changeVideoDevice({})).toEqual({ code: 53309 });
  });

  it('rejects what is no profile', async () => {
    await expect(anna.session.changeVideoDevice({ frameRate: '15' })).rejects.toThrow(
      'profile.frameRate must look like FPS_15',
    );
  });
});

describe('setSpeaker()', () => {
  beforeEach(() => connect());

  const voice = async (): Promise<void> => {
    const legId = `${exchange.callId}-b`;
    anna.media.mesh.handlers.onRemoteTrack(legId, 'voice', new FakeDeviceTrack('audio').asTrack);
    await anna.tracks.at(-1)?.play();
  };
  /** Where the sound comes from that is heard now. */
  const speakers = (): string[] =>
    anna.stage.audios.filter(({ srcObject }) => srcObject !== null).map(({ speaker }) => speaker);

  it('moves the sound that is there and the sound that comes later', async () => {
    await voice();
    expect(await anna.session.setSpeaker('headset')).toEqual({ code: 10000 });
    expect(speakers()).toEqual(['headset']);
    await voice();
    expect(speakers()).toEqual(['headset']);
    expect(anna.stage.heard).toBe(1);
  });

  it('answers 50001 for an unknown one, and nothing changes', async () => {
    await voice();
    await anna.session.setSpeaker('headset');
    expect(await anna.session.setSpeaker('unknown')).toEqual({ code: 50001 });
    expect(speakers()).toEqual(['headset']);
  });

  it('plays all the same when the loudspeaker is gone by then', async () => {
    await anna.session.setSpeaker('headset');
    anna.stage.lostSpeakers.add('headset');
    await voice();
    expect(anna.stage.heard).toBe(1);
  });

  it('rejects anything but a string, and answers 53020 after the end', async () => {
    await expect(anna.session.setSpeaker(5 as never)).rejects.toThrow('deviceId must be a string');
    await anna.hangUp();
    expect(await anna.session.setSpeaker('headset')).toEqual({ code: 53020 });
  });
});

describe('a device that is unplugged', () => {
  it('is told to the application once, and to the others', async () => {
    await connect();
    anna.media.devices[1]?.unplug();
    anna.media.devices[0]?.unplug();
    expect(anna.diary).toEqual(['ended(video)', 'ended(audio)']);
    expect(anna.media.mesh.state).toEqual({ voiceMuted: true, cameraOff: true });
    expect(anna.bridge.mediaStates.at(-1)).toEqual({ voiceMuted: true, cameraOff: true });
  });

  it('is told, too, when that happened before there was a session', async () => {
    await connect();
    await anna.hangUp();
    await idle();
    let answer = (): void => undefined;
    const calling = anna.call('bao');
    anna.bridge.gate = new Promise((resolve) => (answer = resolve));
    await idle();
    anna.media.devices.at(-1)?.unplug();
    answer();
    await calling;
    await idle();
    expect(anna.diary.slice(-2)).toEqual(['call 10000', 'ended(audio)']);
  });

  it('is not told of one that was replaced or given back', async () => {
    await connect();
    await anna.session.changeAudioDevice({});
    anna.media.devices[0]?.unplug();
    await anna.hangUp();
    await idle();
    anna.media.devices[1]?.unplug();
    expect(anna.diary).toEqual(['track(local audio)', 'hungup 10000', 'close(3)']);
  });
});

describe('the state of the own media', () => {
  it('is reported when the call begins and with each change, once', async () => {
    await connect();
    await anna.session.disableAudioTrack();
    await anna.session.disableAudioTrack();
    await anna.session.disableVideoTrack();
    await anna.session.enableVideoTrack();
    expect(anna.bridge.mediaStates).toEqual([
      { voiceMuted: false, cameraOff: false },
      { voiceMuted: true, cameraOff: false },
      { voiceMuted: true, cameraOff: true },
      { voiceMuted: true, cameraOff: false },
    ]);
    await anna.hangUp();
    expect(anna.bridge.mediaStates).toHaveLength(4);
  });
});

describe('after the end', () => {
  it('every command is answered, and no device opens', async () => {
    await connect();
    await bao.hangUp();
    await idle();
    const { session } = anna;
    const over = { code: 53201, problem: 'call-over' };
    expect(await session.hungup()).toEqual({ code: 10000 });
    expect(await session.accept()).toEqual({ code: 10000 });
    expect(await session.descendAbility()).toEqual(over);
    expect(await session.changeAudioDevice({})).toEqual(over);
    expect(await session.changeVideoDevice({})).toEqual({ code: 53309 });
    expect(await session.enableVideoTrack()).toEqual({ code: 53309 });
    expect(await session.disableVideoTrack()).toEqual({ code: 53309 });
    expect(await session.invite(['chen'])).toEqual({ code: 53311 });
    await session.enableAudioTrack();
    await session.disableAudioTrack();
    await idle();
    anna.expectReleased();
    expect(anna.diary).toEqual(['H(bao,13)', 'close(13)']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { FakeDeviceTrack } from './support/fake-media';
import { FakeExchange } from './support/fake-exchange';
import { Phone, idle } from './support/phone';

let exchange: FakeExchange;
let anna: Phone;
let bao: Phone;
let baoLeg: string;

async function connect(mediaType: 1 | 2): Promise<void> {
  exchange = new FakeExchange();
  anna = new Phone(exchange, 'anna');
  bao = new Phone(exchange, 'bao');
  await anna.call('bao', mediaType);
  bao.bridge.ring();
  await idle();
  await bao.accept();
  await idle();
  anna.diary.length = 0;
  baoLeg = `${exchange.callId}-b`;
}

describe('the own media', () => {
  beforeEach(() => connect(2));

  it('tells the others when the microphone is muted, and keeps the device', async () => {
    expect(anna.media.mesh.state).toEqual({ voiceMuted: false, cameraOff: false });
    await anna.session.disableAudioTrack();
    expect(anna.media.mesh.state).toEqual({ voiceMuted: true, cameraOff: false });
    expect(anna.media.devices[0]).toMatchObject({ enabled: false, readyState: 'live' });
    await anna.session.enableAudioTrack();
    expect(anna.media.mesh.state).toEqual({ voiceMuted: false, cameraOff: false });
    expect(anna.media.devices[0]?.enabled).toBe(true);
    expect(anna.diary).toEqual([]);
  });

  it('is muted by the track itself as well', () => {
    anna.tracks[0]?.mute();
    expect(anna.media.mesh.state?.voiceMuted).toBe(true);
    expect(anna.tracks[0]?.isOwnerMuted()).toBe(true);
  });

  it('takes the camera really off and tells the others', async () => {
    expect(await anna.session.disableVideoTrack()).toEqual({ code: 10000 });
    expect(anna.media.openDevices.map((device) => device.kind)).toEqual(['audio']);
    expect(anna.media.mesh.sent.get('camera')).toBeNull();
    expect(anna.media.mesh.state).toEqual({ voiceMuted: false, cameraOff: true });
    expect(anna.tracks[1]?.isReady()).toBe(false);
  });

  it('is told to the others as off when its device goes away', async () => {
    anna.media.devices[0]?.unplug();
    anna.media.devices[1]?.unplug();
    expect(anna.media.mesh.state).toEqual({ voiceMuted: true, cameraOff: true });
    expect([...anna.media.mesh.sent.values()]).toEqual([null, null]);
    expect(await anna.session.enableVideoTrack()).toEqual({ code: 10000 });
    expect(anna.media.mesh.sent.get('camera')).toBe(anna.media.devices[2]);
    anna.media.devices[1]?.unplug();
    expect(anna.media.mesh.state?.cameraOff).toBe(false);
  });

  it('has its links tried anew when the network changed', () => {
    anna.bridge.changeNetwork();
    expect(anna.media.mesh.refreshes).toBe(1);
  });

  it('opens the camera anew and announces the new track', async () => {
    await anna.session.disableVideoTrack();
    expect(await anna.session.enableVideoTrack()).toEqual({ code: 10000 });
    expect(anna.media.mesh.sent.get('camera')).toBe(anna.media.devices[2]);
    expect(anna.media.mesh.state?.cameraOff).toBe(false);
    expect(anna.diary).toEqual(['track(local video)']);
    expect(await anna.session.enableVideoTrack()).toEqual({ code: 10000 });
    expect(anna.media.devices).toHaveLength(3);
  });

  it('says why the camera did not open again', async () => {
    await anna.session.disableVideoTrack();
    anna.media.problem = { device: 'camera', detail: 'busy' };
    expect(await anna.session.enableVideoTrack()).toEqual({
      code: 53302,
      detail: { device: 'camera', detail: 'busy' },
    });
    expect(anna.media.mesh.state?.cameraOff).toBe(true);
  });

  it('switches in the order of the clicks', async () => {
    await Promise.all([
      anna.session.disableVideoTrack(),
      anna.session.enableVideoTrack(),
      anna.session.disableVideoTrack(),
    ]);
    expect(anna.media.openDevices.map((device) => device.kind)).toEqual(['audio']);
  });

  it('takes the camera off at once, although another device is being opened', async () => {
    let grant = (): void => undefined;
    anna.media.gate = new Promise((resolve) => (grant = resolve));
    const changing = anna.session.changeVideoDevice({ cameraId: 'camera-2' });
    await idle();
    expect(await anna.session.disableVideoTrack()).toEqual({ code: 10000 });
    expect(anna.media.openDevices.map((device) => device.kind)).toEqual(['audio']);
    expect(anna.media.mesh.state?.cameraOff).toBe(true);
    grant();
    expect(await changing).toEqual({ code: 10000 });
    expect(anna.media.openDevices.map((device) => device.kind)).toEqual(['audio']);
    expect(anna.media.mesh.sent.get('camera')).toBeNull();
    expect(anna.diary).toEqual([]);
  });

  it('closes a camera that opens after it was switched off again', async () => {
    await anna.session.disableVideoTrack();
    let grant = (): void => undefined;
    anna.media.gate = new Promise((resolve) => (grant = resolve));
    const opening = anna.session.enableVideoTrack();
    await idle();
    await anna.session.disableVideoTrack();
    grant();
    expect(await opening).toEqual({ code: 10000 });
    expect(anna.media.openDevices.map((device) => device.kind)).toEqual(['audio']);
    expect(anna.media.mesh.state?.cameraOff).toBe(true);
  });

  it('mutes a camera that is to stay on at once, and so the one that takes its place', async () => {
    const chen = new Phone(exchange, 'chen', 'chen-desk', { isOffCameraWhenVideoDisable: false });
    await anna.hangUp();
    await idle();
    await chen.call('bao', 2);
    let grant = (): void => undefined;
    chen.media.gate = new Promise((resolve) => (grant = resolve));
    const changing = chen.session.changeVideoDevice({ cameraId: 'camera-2' });
    await idle();
    await chen.session.disableVideoTrack();
    expect(chen.media.mesh.state?.cameraOff).toBe(true);
    expect(chen.media.devices[1]).toMatchObject({ enabled: false, readyState: 'live' });
    grant();
    expect(await changing).toEqual({ code: 10000 });
    expect(chen.media.devices[2]).toMatchObject({ enabled: false, readyState: 'live' });
    expect(chen.media.mesh.state?.cameraOff).toBe(true);
  });

  it('mutes a camera that is to stay on and was switched off while it was being opened', async () => {
    const chen = new Phone(exchange, 'chen', 'chen-desk', { isOffCameraWhenVideoDisable: false });
    await bao.hangUp();
    await anna.call('chen', 2);
    let grant = (): void => undefined;
    chen.media.gate = new Promise((resolve) => (grant = resolve));
    const answering = chen.accept();
    await idle();
    await chen.session.disableVideoTrack();
    grant();
    await answering;
    expect(chen.media.mesh.state?.cameraOff).toBe(true);
    expect(chen.media.devices[1]).toMatchObject({ enabled: false, readyState: 'live' });
    expect(await chen.session.enableVideoTrack()).toEqual({ code: 10000 });
    expect(chen.media.devices[1]).toMatchObject({ enabled: true, readyState: 'live' });
  });

  it('closes a camera that opens after the end', async () => {
    await anna.session.disableVideoTrack();
    let grant = (): void => undefined;
    anna.media.gate = new Promise((resolve) => (grant = resolve));
    const opening = anna.session.enableVideoTrack();
    await idle();
    await anna.hangUp();
    grant();
    expect(await opening).toEqual({ code: 53309 });
    anna.expectReleased();
  });
});

describe('the media of an audio call', () => {
  beforeEach(() => connect(1));

  it('has no camera to switch', async () => {
    expect(await anna.session.disableVideoTrack()).toEqual({ code: 53309 });
    expect(await anna.session.enableVideoTrack()).toEqual({ code: 53309 });
    expect(anna.media.devices).toHaveLength(1);
    expect(anna.media.mesh.state).toEqual({ voiceMuted: false, cameraOff: true });
  });

  it('are those of whoever is just answering while others turn on theirs: the voice alone', async () => {
    const chen = new Phone(exchange, 'chen');
    await anna.session.extend(['chen']);
    let release = (): void => undefined;
    chen.bridge.gate = new Promise((resolve) => (release = resolve));
    const answering = chen.accept();
    await bao.session.askForVideo();
    release();
    await answering;
    await idle();
    expect(chen.session.getMediaType()).toBe(2);
    expect(chen.media.devices.map(({ kind }) => kind)).toEqual(['audio']);
    expect(chen.media.mesh.state?.cameraOff).toBe(true);
    expect(await chen.session.enableVideoTrack()).toEqual({ code: 10000 });
    expect(chen.media.openDevices.map(({ kind }) => kind)).toEqual(['audio', 'video']);
    expect(chen.media.mesh.state?.cameraOff).toBe(false);
  });

  it('drops a picture, and what is said about one', () => {
    const { handlers } = anna.media.mesh;
    handlers.onRemoteTrack(baoLeg, 'camera', new FakeDeviceTrack('video').asTrack);
    handlers.onRemoteState(baoLeg, { voiceMuted: false, cameraOff: true });
    expect(anna.diary).toEqual([]);
  });
});

describe('the others’ media', () => {
  beforeEach(() => connect(2));

  const remoteTrack = (source: 'voice' | 'camera'): FakeDeviceTrack => {
    const track = new FakeDeviceTrack(source === 'voice' ? 'audio' : 'video');
    anna.media.mesh.handlers.onRemoteTrack(baoLeg, source, track.asTrack);
    return track;
  };

  it('is announced by user, with ids that stay', () => {
    remoteTrack('voice');
    remoteTrack('voice');
    expect(anna.diary).toEqual(['track(bao audio)', 'track(bao audio)']);
    expect(anna.tracks.slice(-2).map((track) => track.getTrackId())).toEqual([
      'bao_RongCloudRTC_0',
      'bao_RongCloudRTC_0',
    ]);
  });

  it('is heard once after a rebuilt link, and stays muted here if it was', async () => {
    remoteTrack('voice');
    const former = anna.tracks.at(-1);
    await former?.play();
    former?.mute();
    const rebuilt = remoteTrack('voice');
    await anna.tracks.at(-1)?.play();
    expect(anna.stage.heard).toBe(1);
    expect(anna.tracks.at(-1)?.isLocalMuted()).toBe(true);
    expect(rebuilt.enabled).toBe(false);
  });

  it('tells of muting and un-muting, each change once', () => {
    const { handlers } = anna.media.mesh;
    remoteTrack('voice');
    handlers.onRemoteState(baoLeg, { voiceMuted: false, cameraOff: false });
    handlers.onRemoteState(baoLeg, { voiceMuted: true, cameraOff: false });
    expect(anna.tracks.at(-1)?.isOwnerMuted()).toBe(true);
    handlers.onRemoteState(baoLeg, { voiceMuted: true, cameraOff: true });
    handlers.onRemoteState(baoLeg, { voiceMuted: false, cameraOff: false });
    expect(anna.diary).toEqual([
      'track(bao audio)',
      'audio(bao muted)',
      'video(bao off)',
      'audio(bao on)',
      'video(bao on)',
    ]);
  });

  it('tells whose track was muted, and which', () => {
    const changes: unknown[] = [];
    anna.session.registerSessionListener({
      ...anna.listener(),
      onAudioMuteChange: (change) => changes.push(change),
      onVideoMuteChange: (change) => changes.push(change),
    });
    anna.media.mesh.handlers.onRemoteState(baoLeg, { voiceMuted: true, cameraOff: true });
    expect(changes).toEqual([
      { userId: 'bao', muted: true, kind: 'audio', trackId: 'bao_RongCloudRTC_0' },
      { userId: 'bao', muted: true, kind: 'video', trackId: 'bao_RongCloudRTC_1' },
    ]);
  });

  it('knows a mute that was told before the track came', () => {
    anna.media.mesh.handlers.onRemoteState(baoLeg, { voiceMuted: true, cameraOff: false });
    remoteTrack('voice');
    expect(anna.tracks.at(-1)?.isOwnerMuted()).toBe(true);
  });

  it('tells of the connection to a person, and nothing of people who are not there', () => {
    const { handlers } = anna.media.mesh;
    handlers.onLinkState(baoLeg, 'live');
    handlers.onLinkState(baoLeg, 'broken');
    handlers.onLinkState('strange', 'live');
    handlers.onRemoteState('strange', { voiceMuted: true, cameraOff: true });
    expect(anna.diary).toEqual(['link(bao live)', 'link(bao broken)']);
  });
});

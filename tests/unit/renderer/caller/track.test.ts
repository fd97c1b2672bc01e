import { beforeEach, describe, expect, it } from 'vitest';
import { CallTrack, type TrackInit } from '../../../../renderer/caller/track';
import { FakeDeviceTrack, FakeElement, FakeStage } from './support/fake-media';

let stage: FakeStage;
let device: FakeDeviceTrack;

beforeEach(() => {
  stage = new FakeStage();
});

function trackOf(kind: 'audio' | 'video', more: Partial<TrackInit> = {}): CallTrack {
  device = new FakeDeviceTrack(kind);
  const media = device.asTrack;
  return new CallTrack({ userId: 'bao', kind, isLocal: false, media, stage, ...more });
}

describe('play()', () => {
  it('plays sound in a hidden element, and once however often it is asked', async () => {
    const track = trackOf('audio');
    expect(await track.play()).toEqual({ code: 10000 });
    expect(await track.play()).toEqual({ code: 10000 });
    expect(stage.heard).toBe(1);
    expect(stage.audios).toHaveLength(1);
  });

  it('plays a picture in the element it is given', async () => {
    const video = new FakeElement('video');
    expect(await trackOf('video').play(video.asVideo)).toEqual({ code: 10000 });
    expect(video).toMatchObject({ autoplay: true, playsInline: true, plays: 1 });
    expect(video.srcObject).not.toBeNull();
  });

  it.each([[undefined], [null], [{}], [new FakeElement('audio')]])(
    'answers 53021 for a picture in %s',
    async (element) => {
      expect(await trackOf('video').play(element as never)).toEqual({ code: 53021 });
    },
  );

  it('answers 53020 for a track that has ended', async () => {
    const track = trackOf('audio');
    device.stop();
    expect(await track.play()).toEqual({ code: 53020 });
    expect(stage.heard).toBe(0);
  });

  it('answers 53022 instead of rejecting when the browser refuses', async () => {
    const video = new FakeElement('video');
    video.playProblem = new Error('NotAllowedError');
    expect(await trackOf('video').play(video.asVideo)).toEqual({ code: 53022 });
  });

  it('sets volume and loudspeaker, and answers 50001 for an unknown one', async () => {
    const track = trackOf('audio');
    await track.play(undefined, { volume: 40, audioDeviceId: 'headset' });
    expect(stage.audios[0]).toMatchObject({ volume: 0.4, speaker: 'headset' });
    await track.play(undefined, { volume: 400 });
    expect(stage.audios[0]?.volume).toBe(1);
    expect(await track.play(undefined, { audioDeviceId: 'unknown' })).toEqual({ code: 50001 });
  });

  it('keeps a muted track muted', async () => {
    const track = trackOf('audio', { isLocal: true });
    track.mute();
    await track.play();
    expect(track.isLocalMuted()).toBe(true);
    expect(device.enabled).toBe(false);
  });
});

describe('a track', () => {
  it('says whose it is and what it is', () => {
    const track = trackOf('video');
    expect([track.isVideoTrack(), track.isAudioTrack(), track.isLocalTrack()]).toEqual([
      true,
      false,
      false,
    ]);
    expect(track.getUserId()).toBe('bao');
    expect(track.getTrackId()).toBe('bao_RongCloudRTC_1');
    expect(track.getStreamId()).toBe('bao_RongCloudRTC');
    expect(track.getTag()).toBe('RongCloudRTC');
    expect(track.isMCUTrack()).toBe(false);
  });

  it('of another person is subscribed until it is released', () => {
    const track = trackOf('audio');
    expect([track.isSubscribed(), track.isPublished()]).toEqual([true, false]);
    track.release();
    expect(track.isSubscribed()).toBe(false);
  });

  it('of one’s own is published while it is in the call', () => {
    const track = trackOf('audio', { isLocal: true });
    expect([track.isSubscribed(), track.isPublished()]).toEqual([false, false]);
    track.setPublished(true);
    expect(track.isPublished()).toBe(true);
    track.destroy();
    expect(track.isPublished()).toBe(false);
  });

  it('is silenced and heard again with mute() and unmute()', () => {
    const track = trackOf('audio');
    track.mute();
    expect([device.enabled, track.isLocalMuted(), track.isOwnerMuted()]).toEqual([
      false,
      true,
      false,
    ]);
    track.unmute();
    expect([device.enabled, track.isLocalMuted()]).toEqual([true, false]);
  });

  it('is ready while its source is alive', () => {
    const track = trackOf('audio');
    expect(track.isReady()).toBe(true);
    device.stop();
    expect(track.isReady()).toBe(false);
  });
});

describe('release()', () => {
  it('empties what it filled, and leaves alone what somebody else plays there now', async () => {
    const own = new FakeElement('video');
    const reused = new FakeElement('video');
    const track = trackOf('video');
    await track.play(own.asVideo);
    await track.play(reused.asVideo);
    reused.srcObject = 'another stream';
    track.release();
    expect(own.srcObject).toBeNull();
    expect(reused.srcObject).toBe('another stream');
    expect(await track.play(own.asVideo)).toEqual({ code: 53020 });
  });
});

describe('destroy()', () => {
  it('switches a local device off and tells once', () => {
    let told = 0;
    const track = trackOf('video', { isLocal: true, onDestroy: () => (told += 1) });
    track.destroy();
    track.destroy();
    expect(device.readyState).toBe('ended');
    expect(track.isReady()).toBe(false);
    expect(told).toBe(1);
  });

  it('does nothing to a remote track', () => {
    const track = trackOf('audio');
    track.destroy();
    expect(track.isReady()).toBe(true);
  });
});

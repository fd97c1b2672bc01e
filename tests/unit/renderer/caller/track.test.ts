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

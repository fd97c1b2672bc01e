/** Documented constraints against the generated devices of a real Chromium. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './lab';

let lab: Lab;

describe('documented constraints', () => {
  beforeAll(async () => {
    lab = await openLab(['--use-fake-device-for-media-stream=device-count=2,fps=30']);
  }, 60_000);

  afterAll(() => lab.close());

  it.each([
    ['W640_H480', 'FPS_15', { width: 640, height: 480, frameRate: 15 }],
    ['W320_H240', 'FPS_10', { width: 320, height: 240, frameRate: 10 }],
    ['W1280_H720', 'FPS_30', { width: 1280, height: 720, frameRate: 30 }],
  ])('%s and %s reach the camera', async (resolution, frameRate, settings) => {
    const constraints = { video: { resolution, frameRate } };
    const opened = await lab.do('openDevices', { video: true }, constraints);
    expect(opened.camera).toMatchObject(settings);
  });

  it('get the default picture when nothing is asked for', async () => {
    const opened = await lab.do('openDevices', { video: true });
    expect(opened.camera).toMatchObject({ width: 1280, height: 720, frameRate: 30 });
    expect(opened.voice).toMatchObject({
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    });
  });

  it('that wish for a rate which the browser has not open the microphone all the same', async () => {
    const opened = await lab.do('openDevices', { video: false }, { audio: { sampleRate: 16_000 } });
    expect(opened.voice).toMatchObject({ sampleRate: 48_000 });
  });

  it('open the very camera and microphone that are named', async () => {
    const devices = await lab.do('listDevices');
    const named = (kind: string): string[] =>
      devices.filter((one) => one.kind === kind).map(({ deviceId }) => deviceId);
    expect(named('videoinput').length).toBeGreaterThan(1);
    for (const cameraId of named('videoinput')) {
      const video = { cameraId, resolution: 'W640_H480', frameRate: 'FPS_15' };
      const opened = await lab.do('openDevices', { video: true }, { video });
      expect(opened.camera).toMatchObject({ deviceId: cameraId });
    }
    for (const micphoneId of named('audioinput')) {
      const opened = await lab.do('openDevices', { video: false }, { audio: { micphoneId } });
      expect(opened.voice).toMatchObject({ deviceId: micphoneId });
    }
  });

  it('that name no device there is open nothing, and say what is absent', async () => {
    const video = { cameraId: 'gone', resolution: 'W640_H480', frameRate: 'FPS_15' };
    const opened = await lab.do('openDevices', { video: true }, { video });
    expect(opened).toEqual({ voice: null, camera: null, problem: 'camera absent' });
    const alone = await lab.do('openDevices', { video: true, orVoiceAlone: true }, { video });
    expect(alone).toMatchObject({ camera: null, problem: 'camera absent' });
    expect(alone.voice).not.toBeNull();
  });
});

describe('a machine without a camera', () => {
  beforeAll(async () => {
    lab = await openLab(['--use-fake-device-for-media-stream=device-count=0']);
  }, 60_000);

  afterAll(() => lab.close());

  it('opens nothing for a video call, unless the voice alone will do', async () => {
    const refused = await lab.do('openDevices', { video: true });
    expect(refused).toEqual({ voice: null, camera: null, problem: 'camera absent' });
    const alone = await lab.do('openDevices', { video: true, orVoiceAlone: true });
    expect(alone.problem).toBe('camera absent');
    expect(alone.voice).not.toBeNull();
  });
});

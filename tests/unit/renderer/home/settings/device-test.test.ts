import { beforeEach, describe, expect, it } from 'vitest';
import { defaultAppSettings } from '#common/default-settings';
import {
  DeviceTest,
  type DeviceTestView,
  emptyDeviceTest,
} from '#renderer/home/settings/device-test';
import { levelOf, meterAfter } from '#renderer/home/settings/level';
import { type ComputerDevices, noDevices } from '#renderer/media/device-list';
import type { MediaProblem } from '#renderer/media/ports';
import { FakeMedia } from '../../caller/support/fake-media';

const none = defaultAppSettings.devices;
const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function here(...microphones: readonly string[]): ComputerDevices {
  const devices = microphones.map((deviceId) => ({ deviceId, label: deviceId.toUpperCase() }));
  return { ...noDevices, microphone: { devices, isAny: true, areHidden: false } };
}

let media: FakeMedia;
let view: DeviceTestView;
let allowed: boolean[];
let plug: (devices: ComputerDevices) => void;
let isWatched: boolean;

beforeEach(() => {
  [media, view, allowed, isWatched] = [new FakeMedia(), emptyDeviceTest, [], false];
});

async function begin(choices = none, former = Promise.resolve()): Promise<DeviceTest> {
  const list = {
    read: () => Promise.resolve(here('desk')),
    watch: (listener: (devices: ComputerDevices) => void) => {
      isWatched = true;
      plug = listener;
      listener(here('desk', 'headset'));
      return () => void (isWatched = false);
    },
  };
  const allow = (on: boolean): Promise<void> => {
    allowed.push(on);
    return Promise.resolve();
  };
  const ports = { former, allow, media, list, show: (next: DeviceTestView) => void (view = next) };
  const test = new DeviceTest(ports, choices);
  await idle();
  return test;
}

describe('the devices in the settings', () => {
  it('open the microphone, and the camera only when somebody asks for it', async () => {
    const test = await begin();
    expect(media.openDevices.map(({ kind }) => kind)).toEqual(['audio']);
    test.showCamera(true);
    await idle();
    expect(view.tracks.camera).not.toBeNull();
    test.showCamera(false);
    expect(media.openDevices.map(({ kind }) => kind)).toEqual(['audio']);
  });

  it('follow the choice, with one microphone open at a time', async () => {
    const test = await begin();
    test.choose({ ...none, microphone: { deviceId: 'headset', label: 'HEADSET' } });
    await idle();
    expect(media.constraints.at(-1)?.audio).toEqual({ deviceId: { exact: 'headset' } });
    expect(media.openDevices).toHaveLength(1);
  });

  it('use the system’s while the chosen one is away, and the chosen one when it is back', async () => {
    await begin({ ...none, microphone: { deviceId: 'booth', label: 'BOOTH' } });
    expect(media.constraints).toEqual([{ audio: {} }]);
    plug(here('desk', 'booth'));
    await idle();
    expect(media.constraints.at(-1)?.audio).toEqual({ deviceId: { exact: 'booth' } });
  });

  it.each(['denied', 'absent', 'busy', 'failed'] as const)(
    'say that a microphone is %s',
    async (detail) => {
      const problem: MediaProblem = { device: 'microphone', detail };
      media.problem = problem;
      await begin();
      expect(view.problems.microphone).toBe(detail);
      expect(media.constraints).toHaveLength(1);
    },
  );

  it('try again when asked, and when something was plugged in', async () => {
    media.problem = { device: 'microphone', detail: 'busy' };
    const test = await begin();
    test.tryAgain('microphone');
    await idle();
    expect(media.constraints).toHaveLength(2);
    media.problem = undefined;
    plug(here('desk'));
    await idle();
    expect(view.problems.microphone).toBeNull();
    expect(view.tracks.microphone).not.toBeNull();
  });

  it('leave nothing open, and give back the leave to open', async () => {
    const test = await begin();
    test.showCamera(true);
    await idle();
    await test.stop();
    expect(media.openDevices).toEqual([]);
    expect(isWatched).toBe(false);
    expect(allowed).toEqual([true, false]);
  });

  it('close what was still being opened', async () => {
    let open = (): void => undefined;
    media.gate = new Promise((resolve) => (open = resolve));
    const test = await begin();
    const stopped = test.stop();
    open();
    await stopped;
    expect(media.devices).toHaveLength(1);
    expect(media.openDevices).toEqual([]);
    expect(allowed).toEqual([true, false]);
  });

  it('wait, when they are shown again, until the former test has given back its leave', async () => {
    let open = (): void => undefined;
    media.gate = new Promise((resolve) => (open = resolve));
    const first = await begin();
    const stopped = first.stop();
    const second = await begin(none, stopped);
    expect(allowed).toEqual([true]);
    open();
    await stopped;
    await idle();
    expect(allowed).toEqual([true, false, true]);
    expect(media.openDevices).toHaveLength(1);
    await second.stop();
  });

  it('ask for nothing when they are gone before their turn has come', async () => {
    let end = (): void => undefined;
    const test = await begin(none, new Promise((resolve) => (end = resolve)));
    const stopped = test.stop();
    end();
    await stopped;
    expect(allowed).toEqual([false]);
  });

  it('say so when the microphone is taken away', async () => {
    await begin();
    const [microphone] = media.openDevices;
    media.problem = { device: 'microphone', detail: 'absent' };
    microphone?.unplug();
    await idle();
    expect(view.problems.microphone).toBe('absent');
  });
});

describe('the level of a microphone', () => {
  const sine = (amplitude: number): Float32Array =>
    Float32Array.from({ length: 480 }, (_, at) => amplitude * Math.sin((at / 48) * 2 * Math.PI));

  it.each([
    ['nothing at all', 0, 0],
    ['as quiet as a quiet room', 0.001, 0],
    ['the middle', 0.0316, 0.5],
    ['as loud as can be', 1, 1],
  ])('%s', (_what, amplitude, level) => {
    expect(levelOf(sine(amplitude))).toBeCloseTo(level, 2);
  });

  it('of no samples is silence', () => {
    expect(levelOf(new Float32Array())).toBe(0);
  });

  it('rises at once and falls slowly', () => {
    expect(meterAfter(0.2, 0.9)).toBe(0.9);
    expect(meterAfter(0.9, 0)).toBeCloseTo(0.82);
  });
});

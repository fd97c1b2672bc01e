import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '#renderer/media/link-peer';
import { BrowserDeviceList, type DeviceSource } from '#renderer/media/device-list';
import { endWithDevice } from '#renderer/media/device-loss';

class FakeDevices implements DeviceSource {
  ids: readonly string[] = ['default', 'usb'];
  isReadable = true;
  readonly #target = new EventTarget();
  listeners = 0;

  enumerateDevices(): ReturnType<DeviceSource['enumerateDevices']> {
    if (!this.isReadable) return Promise.reject(new Error('not now'));
    const kind = 'audioinput';
    return Promise.resolve(this.ids.map((deviceId) => ({ kind, deviceId, label: deviceId })));
  }

  addEventListener(type: 'devicechange', listener: () => void): void {
    this.listeners += 1;
    this.#target.addEventListener(type, listener);
  }

  removeEventListener(type: 'devicechange', listener: () => void): void {
    this.listeners -= 1;
    this.#target.removeEventListener(type, listener);
  }

  async change(...ids: readonly string[]): Promise<void> {
    this.ids = ids;
    this.#target.dispatchEvent(new Event('devicechange'));
    await settle();
  }
}

/** What was begun has had its turns. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

const clock: Clock = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

function fakeTrack(deviceId: string) {
  const state: { readyState: MediaStreamTrackState } = { readyState: 'live' };
  const track = Object.assign(new EventTarget(), {
    kind: 'audio',
    getSettings: () => ({ deviceId }),
    stop: () => void (state.readyState = 'ended'),
  });
  Object.defineProperty(track, 'readyState', { get: () => state.readyState });
  return track as unknown as MediaStreamTrack;
}

function watched(deviceId: string) {
  const devices = new FakeDevices();
  const track = fakeTrack(deviceId);
  const onEnded = vi.fn();
  track.addEventListener('ended', onEnded);
  endWithDevice(track, new BrowserDeviceList(devices, clock));
  return { devices, track, onEnded };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a track whose device goes', () => {
  it('ends when its own device is gone, although another one is there', async () => {
    const { devices, track, onEnded } = watched('usb');
    await devices.change('default', 'built-in');
    expect(track.readyState).toBe('ended');
    expect(onEnded).toHaveBeenCalledTimes(1);
    expect(devices.listeners).toBe(0);
  });

  it('goes on as the system’s choice while any device is there, and ends with the last one', async () => {
    const { devices, track, onEnded } = watched('default');
    await devices.change('default', 'built-in');
    expect(track.readyState).toBe('live');
    await devices.change();
    expect(track.readyState).toBe('ended');
    expect(onEnded).toHaveBeenCalledTimes(1);
  });

  it('goes on while the devices have no names', async () => {
    const { devices, track } = watched('usb');
    await devices.change('');
    expect(track.readyState).toBe('live');
  });

  it('goes on when something else changed, or when the list cannot be read', async () => {
    const { devices, track } = watched('usb');
    await devices.change('usb');
    devices.isReadable = false;
    await devices.change();
    expect(track.readyState).toBe('live');
  });

  it('ends although no event told that the device went', async () => {
    const { devices, track } = watched('usb');
    devices.ids = [];
    await vi.advanceTimersByTimeAsync(2_000);
    expect(track.readyState).toBe('ended');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not watched any more once the page has stopped it', async () => {
    const { devices, track, onEnded } = watched('usb');
    track.stop();
    await devices.change();
    expect(devices.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(onEnded).not.toHaveBeenCalled();
  });
});

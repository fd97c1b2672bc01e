import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findChosen } from '#renderer/media/device-choice';
import {
  BrowserDeviceList,
  type ComputerDevices,
  type DeviceSource,
  sortDevices,
} from '#renderer/media/device-list';

type Listed = Awaited<ReturnType<DeviceSource['enumerateDevices']>>[number];

const input = (deviceId: string, label = deviceId): Listed => ({
  ...{ kind: 'audioinput' as const, deviceId, label },
});
const output = (deviceId: string): Listed => ({
  ...{ kind: 'audiooutput' as const, deviceId, label: deviceId },
});

describe('the devices of a computer', () => {
  it('are listed once each, by kind, without the names of the system’s choice', () => {
    const listed = [input('default'), input('communications'), input('usb'), output('box')];
    const devices = sortDevices(listed);
    expect(devices.microphone.devices).toEqual([{ deviceId: 'usb', label: 'usb' }]);
    expect(devices.speaker.devices).toEqual([{ deviceId: 'box', label: 'box' }]);
    expect(devices.camera).toEqual({ devices: [], isAny: false, areHidden: false });
  });

  it('are there, but hidden, while the page may not use them', () => {
    expect(sortDevices([input('')]).microphone).toEqual({
      ...{ devices: [], isAny: true, areHidden: true },
    });
  });

  it('may be nothing but the system’s choice', () => {
    expect(sortDevices([input('default')]).microphone).toEqual({
      ...{ devices: [], isAny: true, areHidden: false },
    });
  });
});

describe('a chosen device', () => {
  const { microphone } = sortDevices([input('a', 'Headset'), input('b', 'Webcam')]);

  it('is the system’s choice when nothing was chosen', () => {
    expect(findChosen(null, microphone)).toEqual({ state: 'system' });
  });

  it('is found by its id, whatever it is called now', () => {
    const chosen = { deviceId: 'b', label: 'Webcam (old name)' };
    expect(findChosen(chosen, microphone)).toEqual({ state: 'there', deviceId: 'b' });
  });

  it('is found by its name when it came back under another id', () => {
    const chosen = { deviceId: 'gone', label: 'Headset' };
    expect(findChosen(chosen, microphone)).toEqual({ state: 'there', deviceId: 'a' });
  });

  it('is missing otherwise, and a device without a name is nobody else', () => {
    expect(findChosen({ deviceId: 'gone', label: 'Desk' }, microphone)).toEqual({
      ...{ state: 'missing', label: 'Desk' },
    });
    const nameless = sortDevices([input('a', '')]).microphone;
    expect(findChosen({ deviceId: 'gone', label: '' }, nameless)).toEqual({
      ...{ state: 'missing', label: '' },
    });
  });

  it('is not called missing while the ids are hidden', () => {
    const hidden = sortDevices([input('')]).microphone;
    expect(findChosen({ deviceId: 'a', label: 'Headset' }, hidden)).toEqual({
      ...{ state: 'there', deviceId: 'a' },
    });
  });
});

class FakeSource implements DeviceSource {
  listed: readonly Listed[] = [input('usb')];
  reads = 0;
  /** Set: the next answer waits for it. */
  gate: Promise<void> | undefined;
  readonly target = new EventTarget();

  async enumerateDevices(): Promise<readonly Listed[]> {
    this.reads += 1;
    const { listed, gate } = this;
    this.gate = undefined;
    await gate;
    return listed;
  }

  addEventListener(type: 'devicechange', listener: () => void): void {
    this.target.addEventListener(type, listener);
  }

  removeEventListener(type: 'devicechange', listener: () => void): void {
    this.target.removeEventListener(type, listener);
  }
}

describe('a watched list', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const clock = {
    after: (ms: number, run: () => void) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
  const idsOf = ({ microphone }: ComputerDevices): string[] =>
    microphone.devices.map(({ deviceId }) => deviceId);

  it('is read once for all who watch, and no more when nobody does', async () => {
    const source = new FakeSource();
    const list = new BrowserDeviceList(source, clock);
    const stops = [list.watch(vi.fn()), list.watch(vi.fn())];
    await vi.advanceTimersByTimeAsync(0);
    source.reads = 0;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(source.reads).toBe(2);
    for (const stop of stops) stop();
    expect(vi.getTimerCount()).toBe(0);
    source.target.dispatchEvent(new Event('devicechange'));
    expect(source.reads).toBe(2);
  });

  it('tells at once what the browser announces, and what it does not within two seconds', async () => {
    const source = new FakeSource();
    const told: string[][] = [];
    new BrowserDeviceList(source, clock).watch((devices) => told.push(idsOf(devices)));
    await vi.advanceTimersByTimeAsync(0);
    source.listed = [input('usb'), input('headset')];
    source.target.dispatchEvent(new Event('devicechange'));
    await vi.advanceTimersByTimeAsync(0);
    source.listed = [];
    await vi.advanceTimersByTimeAsync(2_000);
    expect(told).toEqual([['usb'], ['usb', 'headset'], []]);
  });

  it('does not go back to an answer that a later one has overtaken', async () => {
    const source = new FakeSource();
    const told: string[][] = [];
    let answer = (): void => undefined;
    source.gate = new Promise((resolve) => (answer = resolve));
    new BrowserDeviceList(source, clock).watch((devices) => told.push(idsOf(devices)));
    source.listed = [];
    await vi.advanceTimersByTimeAsync(2_000);
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([[]]);
  });
});

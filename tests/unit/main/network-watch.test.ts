import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '#main/clock';
import { watchNetwork } from '#main/network-watch';
import { KeptLog } from './silent-log';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(onChange: () => void): { log: KeptLog; set(text: string): void; stop(): void } {
  const log = new KeptLog();
  let text = 'eth0 10.0.0.1';
  const addresses = (): string => {
    if (text === '') throw new Error('no list');
    return text;
  };
  const stop = watchNetwork({ clock: systemClock, log, onChange, addresses });
  return { log, set: (next) => (text = next), stop };
}

it('tells of a changed address once, and of nothing after its stop', () => {
  const onChange = vi.fn();
  const network = watched(onChange);
  network.set('wlan0 10.0.0.2');
  vi.advanceTimersByTime(10_000);
  expect(onChange).toHaveBeenCalledTimes(1);
  network.stop();
  expect(vi.getTimerCount()).toBe(0);
});

it('tells of a machine that slept, which nobody else may tell', () => {
  const onChange = vi.fn();
  watched(onChange);
  vi.advanceTimersByTime(2_000);
  vi.setSystemTime(Date.now() + 2_999);
  vi.advanceTimersByTime(2_000);
  expect(onChange).not.toHaveBeenCalled();
  vi.setSystemTime(Date.now() + 3_000);
  vi.advanceTimersByTime(2_000);
  expect(onChange).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(10_000);
  expect(onChange).toHaveBeenCalledTimes(1);
});

it('goes on when the addresses cannot be read, and when whoever listens fails', () => {
  const onChange = vi.fn(() => {
    throw new Error('broken');
  });
  const network = watched(onChange);
  network.set('');
  vi.advanceTimersByTime(2_000);
  network.set('wlan0 10.0.0.2');
  vi.advanceTimersByTime(2_000);
  network.set('wlan0 10.0.0.3');
  vi.advanceTimersByTime(2_000);
  expect(onChange).toHaveBeenCalledTimes(2);
  expect(network.log.lines[0]).toContain('error network watch: Error: no list');
});

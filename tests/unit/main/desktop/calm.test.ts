import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '#main/clock';
import { Calm } from '#main/desktop/calm';

let runs: number;
let calm: Calm;

beforeEach(() => {
  vi.useFakeTimers();
  runs = 0;
  calm = new Calm(systemClock, () => (runs += 1));
});
afterEach(() => {
  vi.useRealTimers();
});

it('waits until nothing new has come for a moment, and does it once', () => {
  calm.ask();
  vi.advanceTimersByTime(249);
  calm.ask();
  vi.advanceTimersByTime(249);
  expect(runs).toBe(0);
  vi.advanceTimersByTime(1);
  expect(runs).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(runs).toBe(1);
});

it('is put off for a second at most by what never comes to rest', () => {
  for (let ms = 0; ms < 1_000; ms += 100) {
    expect(runs).toBe(0);
    calm.ask();
    vi.advanceTimersByTime(100);
  }
  expect(runs).toBe(1);
  calm.ask();
  vi.advanceTimersByTime(250);
  expect(runs).toBe(2);
});

it('does nothing after its end, and only once what is wanted at once', () => {
  calm.ask();
  calm.runNow();
  expect(runs).toBe(1);
  calm.ask();
  calm.stop();
  vi.advanceTimersByTime(10_000);
  expect(runs).toBe(1);
});

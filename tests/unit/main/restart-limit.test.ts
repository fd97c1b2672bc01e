import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '#main/clock';
import { RestartLimit } from '#main/restart-limit';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

it('allows three restarts a minute and no fourth', () => {
  const limit = new RestartLimit(systemClock);
  expect([limit.take(), limit.take(), limit.take(), limit.take()]).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

it('allows another one when a minute has passed since the first', () => {
  const limit = new RestartLimit(systemClock);
  limit.take();
  vi.advanceTimersByTime(30_000);
  limit.take();
  limit.take();
  vi.advanceTimersByTime(29_999);
  expect(limit.take()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(limit.take()).toBe(true);
  expect(limit.take()).toBe(false);
});

it('allows as many as it was told', () => {
  const limit = new RestartLimit(systemClock, 1);
  expect([limit.take(), limit.take()]).toEqual([true, false]);
});

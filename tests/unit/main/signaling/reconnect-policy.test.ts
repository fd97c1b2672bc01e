import { describe, expect, it } from 'vitest';
import { reconnectDelayMs } from '#main/signaling/reconnect-policy';

describe('reconnectDelayMs', () => {
  it('tries at once after the first loss', () => {
    expect(reconnectDelayMs(0, () => 0.99)).toBe(0);
  });

  it('waits longer after each failure, and never longer than half a minute', () => {
    const delays = Array.from({ length: 20 }, (_, failures) => reconnectDelayMs(failures, () => 0));
    for (const [index, delay] of delays.entries()) {
      expect(delay).toBeGreaterThanOrEqual(delays[index - 1] ?? 0);
    }
    expect(reconnectDelayMs(1_000, () => 0.999_999)).toBeLessThanOrEqual(30_000);
  });

  it('spreads clients over half of the span', () => {
    expect(reconnectDelayMs(5, () => 0)).toBe(4_000);
    expect(reconnectDelayMs(5, () => 1)).toBe(8_000);
  });
});

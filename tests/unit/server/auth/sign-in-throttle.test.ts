import { describe, expect, it } from 'vitest';
import { SignInThrottle } from '#server/auth/sign-in-throttle';

function makeThrottle() {
  let now = 0;
  const throttle = new SignInThrottle({ now: () => now, monotonic: () => now });
  return { throttle, pass: (ms: number) => (now += ms) };
}

describe('the sign-in throttle', () => {
  it('doubles the pause after five wrong tries, up to 25 s', () => {
    const { throttle, pass } = makeThrottle();
    for (let i = 0; i < 6; i += 1)
      expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(true);
    expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(false);
    pass(1_000);
    expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(true);
    pass(1_999);
    expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(false);
    for (let i = 0; i < 10; i += 1) {
      pass(25_000);
      expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(true);
    }
  });

  it('leaves other accounts alone, and clears the account that got in', () => {
    const { throttle, pass } = makeThrottle();
    for (let i = 0; i < 6; i += 1) throttle.begin({ account: 'anna', address: 'a' });
    expect(throttle.begin({ account: 'bao', address: 'a' })).toBe(true);
    pass(1_000);
    expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(true);
    throttle.succeed({ account: 'anna', address: 'a' });
    expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(true);
  });

  it('slows an address that tries many accounts', () => {
    const { throttle } = makeThrottle();
    const tries = Array.from({ length: 60 }, (_, i) =>
      throttle.begin({ account: `user-${String(i)}`, address: 'a' }),
    );
    expect(tries.filter(Boolean)).toHaveLength(51);
    expect(throttle.begin({ account: 'user-1', address: 'b' })).toBe(true);
  });

  it('never slows an address whose tries succeed', () => {
    const { throttle } = makeThrottle();
    for (let i = 0; i < 200; i += 1) {
      expect(throttle.begin({ account: 'anna', address: 'office' })).toBe(true);
      throttle.succeed({ account: 'anna', address: 'office' });
    }
  });

  it('takes back a try that was never looked at, and no other', () => {
    const { throttle, pass } = makeThrottle();
    for (let i = 0; i < 5; i += 1) throttle.begin({ account: 'anna', address: 'a' });
    for (let i = 0; i < 20; i += 1) {
      expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(true);
      throttle.takeBack({ account: 'anna', address: 'a' });
    }
    expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(true);
    expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(false);
    pass(1_000);
    throttle.begin({ account: 'anna', address: 'a' });
    throttle.takeBack({ account: 'anna', address: 'a' });
    expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(false);
  });

  it('forgets after half an hour', () => {
    const { throttle, pass } = makeThrottle();
    for (let i = 0; i < 6; i += 1) throttle.begin({ account: 'anna', address: 'a' });
    pass(30 * 60_000);
    for (let i = 0; i < 5; i += 1)
      expect(throttle.begin({ account: 'anna', address: 'a' })).toBe(true);
  });
});

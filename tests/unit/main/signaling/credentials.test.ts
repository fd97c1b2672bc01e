import { describe, expect, it } from 'vitest';
import { Credentials } from '#main/signaling/credentials';

const password = { kind: 'password', userId: 'anna', password: 'x' } as const;
const tokens = { access: 'a1', accessExpiresAt: 100_000, refresh: 'r1' };

describe('Credentials', () => {
  it('uses what the person typed until the first welcome brought tokens', () => {
    const credentials = new Credentials({ credential: password });
    expect(credentials.next(0)).toEqual(password);
    credentials.handleWelcome(tokens);
    expect(credentials.next(0)).toEqual({ kind: 'access', token: 'a1' });
  });

  it('uses the refresh token when the access token is about to expire', () => {
    const credentials = new Credentials({ tokens });
    expect(credentials.next(99_000)).toEqual({ kind: 'refresh', token: 'r1' });
  });

  it('falls back to the refresh token once when the access token is refused', () => {
    const credentials = new Credentials({ tokens });
    credentials.next(0);
    expect(credentials.handleRefused()).toBe(true);
    expect(credentials.next(0)).toEqual({ kind: 'refresh', token: 'r1' });
    expect(credentials.handleRefused()).toBe(false);
  });

  it('keeps the former refresh token while its successor has not arrived', () => {
    const credentials = new Credentials({ tokens: { ...tokens, accessExpiresAt: 0 } });
    expect(credentials.next(0)).toEqual({ kind: 'refresh', token: 'r1' });
    // The welcome with the new pair is lost with its socket.
    expect(credentials.next(0)).toEqual({ kind: 'refresh', token: 'r1' });
  });

  it('keeps its tokens at a welcome without new ones', () => {
    const credentials = new Credentials({ tokens });
    credentials.handleWelcome(undefined);
    expect(credentials.next(0)).toEqual({ kind: 'access', token: 'a1' });
  });

  it('has no second try for a refused password', () => {
    const credentials = new Credentials({ credential: password });
    credentials.next(0);
    expect(credentials.handleRefused()).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { hashSecret, parseRefreshToken, useRefreshSecret } from '#server/auth/refresh-tokens';
import type { DeviceRow } from '#server/store/store';

const device: DeviceRow = {
  userId: 'anna',
  deviceId: 'desk',
  name: 'Desk',
  family: 'f',
  version: 1,
  previousHash: null,
  currentHashes: [hashSecret('one')],
  revokedAt: null,
  signedInAt: 0,
};

const use = (row: DeviceRow, secret: string, successor: string): DeviceRow => {
  const next = useRefreshSecret(row, secret, successor);
  if (next === 'reused') throw new Error('reused');
  return next;
};

describe('a refresh token', () => {
  it('is replaced by its successor', () => {
    const next = use(device, 'one', 'two');
    expect(next.currentHashes).toEqual([hashSecret('two')]);
    expect(use(next, 'two', 'three').previousHash).toBe(hashSecret('two'));
  });

  it('stays good until a successor was used, and then is reuse', () => {
    const twice = use(use(device, 'one', 'two'), 'one', 'two-again');
    const used = use(twice, 'two', 'three');
    expect(useRefreshSecret(used, 'one', 'x')).toBe('reused');
    expect(useRefreshSecret(used, 'two-again', 'x')).toBe('reused');
  });

  it('has at most four successors that wait', () => {
    let row = use(device, 'one', 's0');
    for (const secret of ['s1', 's2', 's3', 's4']) row = use(row, 'one', secret);
    expect(row.currentHashes).toHaveLength(4);
    expect(useRefreshSecret(row, 's0', 'x')).toBe('reused');
  });

  it('never matches an unknown secret', () => {
    expect(useRefreshSecret(device, 'nobody', 'x')).toBe('reused');
  });

  it.each(['', 'a', 'a.', '.b', 'a.b.c'])('is not "%s"', (text) => {
    expect(parseRefreshToken(text)).toBeNull();
  });
});

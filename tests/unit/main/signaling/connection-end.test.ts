import { describe, expect, it } from 'vitest';
import { closeCodes } from '#protocol/close-code';
import {
  type ConnectionEnd,
  isCredentialRefused,
  isPassing,
  problemOf,
} from '#main/signaling/connection-end';

const closed = (code: number): ConnectionEnd => ({ kind: 'closed', code });

describe('the end of a connection', () => {
  it.each([
    [closed(1006), 'unreachable', true],
    [closed(1012), 'unreachable', true],
    [closed(4401), 'bad-credentials', false],
    [closed(4403), 'device-revoked', false],
    [closed(4409), 'replaced', false],
    [closed(4426), 'version', false],
    [closed(4429), 'rate-limited', true],
    [closed(4400), 'server-error', false],
    [{ kind: 'dead', waitedFor: 'heartbeat' }, 'unreachable', true],
    [{ kind: 'refused', code: 'bad-credentials' }, 'bad-credentials', false],
    [{ kind: 'refused', code: 'token-expired' }, 'bad-credentials', false],
    [{ kind: 'refused', code: 'protocol-too-old' }, 'version', false],
    [{ kind: 'refused', code: 'unavailable' }, 'unreachable', true],
    [{ kind: 'refused', code: 'rate-limited' }, 'rate-limited', true],
  ] as const)('%j means %s, retry: %s', (end, problem, retry) => {
    expect(problemOf(end)).toBe(problem);
    expect(isPassing(end)).toBe(retry);
  });

  it('never says "unreachable" for a close that is final', () => {
    for (const [code, { retry }] of Object.entries(closeCodes)) {
      if (!retry) expect(problemOf(closed(Number(code)))).not.toBe('unreachable');
    }
  });

  it('knows a refused credential by reply and by close code', () => {
    expect(isCredentialRefused({ kind: 'refused', code: 'token-expired' })).toBe(true);
    expect(isCredentialRefused(closed(4401))).toBe(true);
    expect(isCredentialRefused(closed(1006))).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import { callsThatFit } from '#server/sessions/calls-that-fit';

const call = (
  callId: string,
  extraChars: number,
  deviceId?: string,
  state: Leg['state'] = 'joined',
): CallSnapshot => ({
  ...{ callId, revision: 1, kind: 'private', mediaType: 1, callerId: 'anna', createdAt: 1 },
  extra: 'x'.repeat(extraChars),
  legs: [
    {
      ...{ legId: 'l', userId: 'bao', invitedBy: 'anna', ringingOn: 0 },
      ...(deviceId === undefined ? { state: 'ringing' } : { state, deviceId }),
    },
  ],
});

const idsOf = (calls: readonly CallSnapshot[]): string[] => calls.map(({ callId }) => callId);

describe('the calls of a message', () => {
  const large = limits.messageBytes / 3;

  it('are all of them while there is room, in their order', () => {
    const calls = [call('a', 10), call('b', 10), call('c', 10)];
    expect(idsOf(callsThatFit(calls, 'desk', {}))).toEqual(['a', 'b', 'c']);
  });

  it('leave out what does not fit, but not what comes after it', () => {
    const calls = [call('a', large), call('b', large), call('c', large), call('d', 10)];
    expect(idsOf(callsThatFit(calls, 'desk', {}))).toEqual(['a', 'b', 'd']);
    const rest = { records: 'x'.repeat(large) };
    expect(idsOf(callsThatFit(calls, 'desk', rest))).toEqual(['a', 'd']);
  });

  it('begin with the one this device is in', () => {
    const calls = [call('a', large), call('b', large, 'laptop'), call('c', large, 'desk')];
    expect(idsOf(callsThatFit(calls, 'desk', {}))).toEqual(['c', 'a']);
  });

  it('[CR159] do not begin with one that this device has left', () => {
    const calls = [call('a', large), call('b', large), call('c', large, 'desk', 'left')];
    expect(idsOf(callsThatFit(calls, 'desk', {}))).toEqual(['a', 'b']);
  });

  it('are measured in bytes', () => {
    const chinese = { ...call('a', 0), extra: '李'.repeat(large) };
    expect(callsThatFit([chinese], 'desk', {})).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { toSnapshot } from '#server/calls/rules/call-state';
import { deskCall, peerIdOf, ringerIdOf } from '#main/calls/rules/desk-call';
import * as calls from '../../../../support/calls';
import * as groups from '../../../../support/group-calls';

const names = { anna: { userId: 'anna', name: 'Anna' }, bao: { userId: 'bao', name: 'Bao' } };
const withAnna = { peer: names.anna, group: null, canReturn: false, elsewhere: false };
const withBao = { peer: names.bao, group: null, canReturn: false, elsewhere: false };

const ended = () =>
  calls.apply(calls.joined(), { type: 'leave', why: 'hangup', ...calls.bao }, calls.t0 + 9_000);

describe('deskCall', () => {
  it.each([
    ['invited', calls.invited, 'dialing', 'incoming'],
    ['ringing', calls.ringing, 'ringing', 'incoming'],
    ['claimed', calls.claimed, 'connecting', 'connecting'],
    ['joined', calls.joined, 'active', 'active'],
    ['ended', ended, 'ended', 'ended'],
  ] as const)('shows a call that is %s as both sides see it', (_state, make, caller, callee) => {
    const call = toSnapshot(make());
    expect(deskCall(call, calls.anna, withBao)).toMatchObject({
      phase: caller,
      direction: 'outgoing',
    });
    expect(deskCall(call, calls.bao, withAnna)).toMatchObject({
      phase: callee,
      direction: 'incoming',
    });
  });

  it('shows the reason only when the call is over, each side its own', () => {
    const call = toSnapshot(ended());
    expect(deskCall(call, calls.anna, withBao).endReason).toBe(13);
    expect(deskCall(call, calls.bao, withAnna).endReason).toBe(3);
    expect(deskCall(toSnapshot(calls.joined()), calls.bao, withAnna).endReason).toBeNull();
  });

  it('is over for a device whose twin answered', () => {
    const call = toSnapshot(calls.claimed());
    expect(deskCall(call, calls.baoTwo, withAnna)).toMatchObject({
      phase: 'ended',
      endReason: 101,
    });
  });

  it('gives both sides the same moment of connection', () => {
    const call = toSnapshot(calls.joined());
    const { connectedAt } = deskCall(call, calls.anna, withBao);
    expect(connectedAt).toBe(calls.t0 + 5_500);
    expect(deskCall(call, calls.bao, withAnna).connectedAt).toBe(connectedAt);
  });

  it('knows the other person of a 1:1 call', () => {
    const call = toSnapshot(calls.invited());
    expect(peerIdOf(call, calls.anna)).toBe('bao');
    expect(peerIdOf(call, calls.bao)).toBe('anna');
  });
});

describe('a group call', () => {
  it('names who is in it or asked for, and who of them has joined', () => {
    const call = toSnapshot(groups.twoOfFour());
    expect(deskCall(call, groups.deng, withAnna)).toMatchObject({
      ...{ phase: 'incoming', kind: 'group' },
      ...{ memberIds: ['anna', 'bao', 'carla'], joinedIds: ['anna', 'bao'] },
    });
  });

  it('rings in the name of whoever asked this user in', () => {
    const asked = groups.told(groups.three(), groups.inviting(calls.bao, ['deng']));
    const call = toSnapshot(asked);
    expect(ringerIdOf(call, groups.deng)).toBe('bao');
    expect(ringerIdOf(call, calls.carla)).toBe('anna');
    expect(ringerIdOf(toSnapshot(calls.invited()), calls.anna)).toBe('bao');
  });
});

import { describe, expect, it } from 'vitest';
import { toSnapshot } from '#server/calls/rules/call-state';
import { probeMs } from '#common/reach';
import type { CallSnapshot } from '#protocol/snapshot';
import { deskCall, peerIdOf, ringerIdOf } from '#main/calls/rules/desk-call';
import * as calls from '../../../../support/calls';
import * as groups from '../../../../support/group-calls';

const names = { anna: { userId: 'anna', name: 'Anna' }, bao: { userId: 'bao', name: 'Bao' } };
const facts = {
  ...{ group: null, canReturn: false, elsewhere: false, isMuted: false, nowMs: calls.t0 + 1_000 },
  answerKeys: { accept: 'F9', decline: null },
};
const withAnna = { peer: names.anna, ...facts };
const withBao = { peer: names.bao, ...facts };

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

  it('names the keys that answer where it rings, and nowhere else', () => {
    const call = toSnapshot(calls.ringing());
    expect(deskCall(call, calls.bao, withAnna).answerKeys).toEqual(facts.answerKeys);
    expect(deskCall(call, calls.anna, withBao).answerKeys).toBeNull();
  });

  it('tells its caller how far it has got at the other person, until that one has answered', () => {
    const reach = (call: CallSnapshot, nowMs = facts.nowMs): unknown =>
      deskCall(call, calls.anna, { ...withBao, nowMs }).reach;
    const invited = toSnapshot(calls.invited());
    expect(reach(invited)).toBeNull();
    expect(reach(invited, calls.t0 + probeMs)).toEqual({ kind: 'unreachable' });
    expect(reach(toSnapshot(calls.ringing()))).toEqual({ kind: 'ringing', devices: 1 });
    expect(reach(toSnapshot(calls.claimed()))).toBeNull();
    expect(deskCall(invited, calls.bao, withAnna).reach).toBeNull();
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

import { describe, expect, it } from 'vitest';
import { type CallEvent, diffCalls } from '#protocol/call-diff';
import { EndReason, legReasons, remoteView } from '#protocol/end-reason';
import { endReasonFor } from '#protocol/end-reason-for';
import { type CallSnapshot, type Viewer, connectedAt, ownActiveLeg } from '#protocol/snapshot';
import { type CallState, toSnapshot } from '#server/calls/rules/call-state';
import {
  anna,
  apply,
  bao,
  baoTwo,
  carla,
  claimed,
  invited,
  joined,
  ringing,
  t0,
} from '../../support/calls';

const reason = (call: CallState, viewer: Viewer) => endReasonFor(toSnapshot(call), viewer);
const leave = (call: CallState, who: Viewer) =>
  apply(call, { type: 'leave', ...who, why: 'hangup' }, t0 + 7_000);
const events = (previous: CallState | null, next: CallState, viewer: Viewer): CallEvent[] =>
  diffCalls(previous && toSnapshot(previous), toSnapshot(next), viewer);

describe('the end reason', () => {
  it('[CR70] is the own view for who left and the remote view for who was left', () => {
    expect(reason(leave(joined(), anna), anna)).toBe(3);
    expect(reason(leave(joined(), anna), bao)).toBe(13);
    expect(reason(leave(ringing(), anna), anna)).toBe(1);
    expect(reason(leave(ringing(), anna), bao)).toBe(11);
    expect(reason(leave(ringing(), bao), bao)).toBe(2);
    expect(reason(leave(ringing(), bao), anna)).toBe(12);
  });

  it('[CR70] of one silent leg is 5 there and 15 at the caller', () => {
    const call = apply(ringing(), { type: 'deadline' }, t0 + 60_000);
    expect(reason(call, bao)).toBe(5);
    expect(reason(call, baoTwo)).toBe(5);
    expect(reason(call, anna)).toBe(15);
  });

  it.each(legReasons.map((own) => [own, remoteView(own)] as const))(
    '[CR70] %i is seen by the others as %i',
    (own, remote) => {
      expect(remote).toBe(own + 10);
      expect(Object.values(EndReason)).toContain(remote);
    },
  );

  it('[CR70] of a number nobody knows is 13', () => {
    expect(remoteView(77)).toBe(13);
    expect(remoteView(undefined)).toBe(13);
    const strange: CallSnapshot = {
      ...toSnapshot(leave(joined(), anna)),
      legs: toSnapshot(leave(joined(), anna)).legs.map((leg) => ({ ...leg, reason: 77 })),
    };
    expect(endReasonFor(strange, anna)).toBe(13);
  });

  it('[CR71] is 101 as soon as another own device has the call', () => {
    expect(reason(claimed(), baoTwo)).toBe(101);
    expect(reason(joined(), baoTwo)).toBe(101);
    expect(reason(leave(joined(), bao), baoTwo)).toBe(101);
    expect(reason(invited(), { userId: 'anna', deviceId: 'anna-2' })).toBe(101);
  });

  it('[CR72] is 102 when another own device declined', () => {
    const call = leave(ringing(), bao);
    expect(reason(call, baoTwo)).toBe(102);
    expect(reason(call, bao)).toBe(2);
  });

  it('[CR73] is none while the call goes on for the viewer', () => {
    for (const call of [invited(), ringing(), claimed(), joined()]) {
      expect(reason(call, anna)).toBeNull();
      expect(reason(call, bao)).toBeNull();
      expect(reason(call, carla)).toBeNull();
    }
    expect(reason(leave(joined(), anna), carla)).toBe(13);
  });

  it('[CR73] an active leg belongs to the device that holds it', () => {
    expect(ownActiveLeg(toSnapshot(joined()), bao)?.legId).toBe('leg-b');
    expect(ownActiveLeg(toSnapshot(joined()), baoTwo)).toBeUndefined();
    expect(ownActiveLeg(toSnapshot(ringing()), bao)).toBeUndefined();
  });
});

describe('the beginning of a connection', () => {
  it('[CR74] is the later of both joins, the same at both ends', () => {
    expect(connectedAt(toSnapshot(joined()), 'anna')).toBe(t0 + 5_500);
    expect(connectedAt(toSnapshot(joined()), 'bao')).toBe(t0 + 5_500);
    expect(connectedAt(toSnapshot(leave(joined(), bao)), 'anna')).toBe(t0 + 5_500);
  });

  it('[CR74] is 0 before anybody else joined', () => {
    expect(connectedAt(toSnapshot(claimed()), 'anna')).toBe(0);
    expect(connectedAt(toSnapshot(claimed()), 'bao')).toBe(0);
  });
});

describe('membership events', () => {
  it('[CR75] tell of a ring once, however many devices show it', () => {
    expect(events(invited(), ringing(), anna)).toEqual([{ type: 'ringing', userId: 'bao' }]);
    const second = apply(ringing(), { type: 'ringing', ...baoTwo }, t0 + 300);
    expect(events(ringing(), second, anna)).toEqual([]);
    const gone = apply(ringing(), { type: 'device-lost', ...bao }, t0 + 300);
    const back = apply(gone, { type: 'ringing', ...bao }, t0 + 400);
    expect(events(gone, back, anna)).toEqual([]);
  });

  it('[CR75] never tell of the viewer itself', () => {
    expect(events(invited(), ringing(), bao)).toEqual([]);
    expect(events(null, joined(), bao)).toEqual([]);
  });

  it('[CR76] tell of an answer when the other has joined, not when it clicked', () => {
    expect(events(ringing(), claimed(), anna)).toEqual([]);
    expect(events(claimed(), joined(), anna)).toEqual([{ type: 'accepted', userId: 'bao' }]);
    expect(events(invited(), joined(), anna)).toEqual([{ type: 'accepted', userId: 'bao' }]);
    expect(events(joined(), joined(), anna)).toEqual([]);
  });

  it('[CR77] tell of a hang-up with the remote view, once', () => {
    const ended = leave(joined(), bao);
    expect(events(joined(), ended, anna)).toEqual([{ type: 'hungup', userId: 'bao', reason: 13 }]);
    expect(events(joined(), ended, bao)).toEqual([]);
    expect(events(ended, ended, anna)).toEqual([]);
  });

  it('[CR77] tell the caller of a silent ring: 15', () => {
    const ended = apply(ringing(), { type: 'deadline' }, t0 + 60_000);
    expect(events(ringing(), ended, anna)).toEqual([{ type: 'hungup', userId: 'bao', reason: 15 }]);
    expect(events(ringing(), ended, bao)).toEqual([]);
  });

  it('[CR78] tell somebody whose ring ended only who ended it', () => {
    expect(events(ringing(), leave(ringing(), anna), bao)).toEqual([
      { type: 'hungup', userId: 'anna', reason: 11 },
    ]);
    const lost = apply(ringing(), { type: 'device-lost', ...anna }, t0 + 1_000);
    const ended = apply(lost, { type: 'deadline' }, t0 + 31_000);
    expect(reason(ended, bao)).toBe(17);
    expect(events(lost, ended, bao)).toEqual([]);
  });
});

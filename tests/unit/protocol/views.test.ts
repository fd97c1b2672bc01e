import { describe, expect, it } from 'vitest';
import { type CallEvent, diffCalls } from '#protocol/call-diff';
import { legReasons, remoteView } from '#protocol/end-reason';
import { endReasonFor } from '#protocol/end-reason-for';
import {
  type CallSnapshot,
  type Leg,
  type Viewer,
  connectedAt,
  ownActiveLeg,
} from '#protocol/snapshot';
import { type CallState, toSnapshot } from '#server/calls/rules/call-state';
import { decide } from '#server/calls/rules/decide';
import {
  accepted,
  anna,
  apply,
  bao,
  baoTwo,
  carla,
  claimed,
  invited,
  joined,
  ringing,
  startCommand,
  t0,
  world,
} from '../../support/calls';

const reason = (call: CallState, viewer: Viewer) => endReasonFor(toSnapshot(call), viewer);
const leave = (call: CallState, who: Viewer) =>
  apply(call, { type: 'leave', ...who, why: 'hangup' }, t0 + 7_000);
const events = (previous: CallState | null, next: CallState, viewer: Viewer): CallEvent[] =>
  diffCalls(previous && toSnapshot(previous), toSnapshot(next), viewer);

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const causes = ['self', 'deadline', 'call-ended', 'other-device', 'kicked'] as const;

/** Nobody took the leg, the viewer's device did, or its twin. */
const holders = [{}, { deviceId: 'bao-1' }, { deviceId: 'bao-2' }] as const;

const callOfTwo = toSnapshot(invited());

/** Anna's call with bao, whose leg is as told and nothing else. */
function withLeg(over: Partial<Leg>): CallSnapshot {
  return {
    ...callOfTwo,
    legs: callOfTwo.legs.map((leg) => (leg.userId === 'bao' ? { ...leg, ...over } : leg)),
  };
}

const left = (over: Partial<Leg>): CallSnapshot =>
  withLeg({ state: 'left', leftAt: t0 + 7_000, ...over });

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

  it('[CR70] is seen by the others as this table says, and an unknown number as 13', () => {
    const table = new Map([
      ...range(1, 10).map((own) => [own, own + 10] as const),
      ...range(21, 24).map((own) => [own, own + 10] as const),
    ]);
    expect([...table.keys()]).toEqual([...legReasons]);
    for (const own of range(0, 500))
      expect([own, remoteView(own)]).toEqual([own, table.get(own) ?? 13]);
    expect(remoteView(undefined)).toBe(13);
  });

  it('[CR70] of whoever is put out with the call is the remote view of why the other left', () => {
    for (const own of range(1, 499)) {
      const view = remoteView(own);
      const call = left({ reason: view, cause: 'call-ended' });
      expect([own, endReasonFor(call, bao)]).toEqual([own, view]);
    }
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

  it('[CR72] is 102 when another own device was refused because of a call elsewhere', () => {
    const talking = apply(null, startCommand({ ...bao, targetId: 'carla', callId: 'x' }), t0);
    const asked = world(ringing(), [talking]);
    const { call } = accepted(decide(asked, { type: 'claim', ...baoTwo }, t0 + 300));
    expect([reason(call, baoTwo), reason(call, bao), reason(call, anna)]).toEqual([22, 102, 32]);
  });

  it('[CR70] is decided for every number, state, cause and holder of the leg', () => {
    const known = new Set([...range(1, 24), ...range(31, 34), ...range(101, 104)]);
    const wrong: unknown[] = [];
    for (const number of [undefined, ...range(0, 500)]) {
      const own = known.has(number ?? 0) ? number : 13;
      const twin = number === 2 || number === 22 ? 102 : 101;
      for (const cause of causes) {
        const over = { ...(number === undefined ? {} : { reason: number }), cause };
        const seen = holders.map((holder) => endReasonFor(left({ ...over, ...holder }), bao));
        if (String(seen) !== String([own, own, twin])) wrong.push({ number, cause, seen });
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(['invited', 'ringing', 'claimed', 'joined'] as const)(
    '[CR73] is none in a leg that is %s, but for the twin of the device that holds it',
    (state) => {
      const call = (holder: Partial<Leg>): CallSnapshot => withLeg({ state, ...holder });
      expect(holders.map((holder) => endReasonFor(call(holder), bao))).toEqual([null, null, 101]);
    },
  );

  it('[CR73] is none while the call goes on for the viewer', () => {
    for (const call of [invited(), ringing(), claimed(), joined()]) {
      expect(reason(call, anna)).toBeNull();
      expect(reason(call, bao)).toBeNull();
    }
  });

  it('[CR70] is 13 where the call remembers no leg of the viewer', () => {
    expect(reason(joined(), carla)).toBe(13);
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

  it('[CR78] tell nobody whose ring ended with a removal or another device', () => {
    const due = apply(ringing(), { type: 'remove', userId: 'anna' }, t0 + 1_000);
    const ended = apply(due, { type: 'deadline' }, t0 + 1_000);
    expect([reason(ended, anna), reason(ended, bao)]).toEqual([23, 33]);
    expect(events(due, ended, bao)).toEqual([]);
  });

  it('[CR79] tell of another media type everybody but the one who changed it', () => {
    const video = apply(null, startCommand({ mediaType: 2 }), t0);
    const audio = apply(video, { type: 'media', ...anna, mediaType: 1 }, t0 + 1_000);
    const change = { type: 'media', userId: 'anna', mediaType: 1 };
    expect(events(video, audio, bao)).toEqual([change]);
    expect(events(video, audio, anna)).toEqual([]);
    expect(events(audio, audio, bao)).toEqual([]);
    expect(events(null, audio, bao)).toEqual([]);
  });

  it('[CR79] tell the older caller of a glare that it is an audio call now', () => {
    const video = apply(null, startCommand({ mediaType: 2 }), t0);
    const back = startCommand({ ...bao, targetId: 'anna', callId: 'call-2' });
    const { call } = accepted(decide(world(null, [video]), back, t0 + 500));
    expect(events(video, call, anna)).toEqual([
      { type: 'accepted', userId: 'bao' },
      { type: 'media', userId: 'bao', mediaType: 1 },
    ]);
    expect(events(video, call, bao)).toEqual([]);
  });
});

/** What a session says of itself, for every state a leg can be in. */
import { describe, expect, it } from 'vitest';
import type { CallSnapshot, Leg, LegState } from '#protocol/snapshot';
import {
  conversationType,
  endSummary,
  joinedInfo,
  ownConnectedAt,
  reasonToLeave,
  remoteUsers,
  sessionState,
  targetId,
  userState,
} from '../../../../renderer/caller/session-machine';

const anna = { userId: 'anna', deviceId: 'anna-1' };
const bao = { userId: 'bao', deviceId: 'bao-1' };
const stranger = { userId: 'carla', deviceId: 'carla-1' };

const legOf = (userId: string, over: Partial<Leg>): Leg => ({
  ...{ legId: `leg-${userId}`, userId, invitedBy: 'anna', state: 'joined', ringingOn: 0 },
  ...over,
});

/** Anna calls Bao; what Bao's leg is, the test says. */
function callWith(callee: Partial<Leg>, caller: Partial<Leg> = {}): CallSnapshot {
  return {
    ...{ callId: 'call', revision: 1, kind: 'private', mediaType: 2, callerId: 'anna' },
    createdAt: 1_000,
    legs: [
      legOf('anna', { deviceId: 'anna-1', joinedAt: 1_000, joinIndex: 0, ...caller }),
      legOf('bao', { state: 'invited', answerBy: 61_000, ...callee }),
    ],
  };
}

const joinedAt = (at: number) => ({ state: 'joined', joinedAt: at, deviceId: 'bao-1' }) as const;
const states: readonly LegState[] = ['invited', 'ringing', 'claimed', 'joined', 'left'];

describe('the state of a session', () => {
  it('is waiting for the caller until somebody else has joined', () => {
    expect(states.map((state) => sessionState(callWith({ state }), anna))).toEqual([0, 0, 0, 0, 0]);
    expect(sessionState(callWith(joinedAt(5_000)), anna)).toBe(1);
  });

  it('is keeping for the callee as soon as this device has joined, and for no other device', () => {
    const call = callWith(joinedAt(5_000), { state: 'left' });
    expect(sessionState(call, bao)).toBe(1);
    expect(sessionState(call, { ...bao, deviceId: 'bao-2' })).toBe(0);
    expect(sessionState(callWith({ state: 'claimed', deviceId: 'bao-1' }), bao)).toBe(0);
  });

  it('is waiting for who is not in the call', () => {
    expect(sessionState(callWith({}), stranger)).toBe(0);
  });
});

describe('the state of a person', () => {
  it('follows the leg of another one', () => {
    const of = (state: LegState) => userState(callWith({ state }), anna, 'bao');
    expect(states.map(of)).toEqual([1, 1, 1, 2, 0]);
  });

  it('is that of the session for oneself', () => {
    expect(userState(callWith({}), anna, 'anna')).toBe(1);
    expect(userState(callWith(joinedAt(5_000)), anna, 'anna')).toBe(2);
    expect(userState(callWith({}), anna, 'carla')).toBeUndefined();
  });

  it('is told of everybody else who is in the call, by their newest leg', () => {
    const call = callWith(joinedAt(5_000));
    expect(remoteUsers(call, bao)).toEqual([
      { userId: 'anna', state: 2, isCaller: true, isRemote: true },
    ]);
    const user = { name: 'Bao' };
    expect(remoteUsers(callWith({ ...joinedAt(5_000), user }), anna)).toEqual([
      { userId: 'bao', name: 'Bao', state: 2, isCaller: false, isRemote: true },
    ]);
    expect(remoteUsers(callWith({ state: 'left' }), anna)).toEqual([]);
    const again = legOf('bao', { legId: 'leg-again', state: 'ringing' });
    const invitedAgain = { ...call, legs: [...call.legs, again] };
    expect(remoteUsers(invitedAgain, anna).map(({ state }) => state)).toEqual([1]);
  });

  it('tells the devices that have joined, and only those', () => {
    expect(joinedInfo(callWith(joinedAt(5_000)), 'bao')).toEqual([
      { deviceId: 'bao-1', roomId: 'call', joinTime: 5_000 },
    ]);
    expect(joinedInfo(callWith({ state: 'claimed', deviceId: 'bao-1' }), 'bao')).toEqual([]);
    expect(joinedInfo(callWith({ state: 'joined' }), 'bao')).toEqual([
      { deviceId: '', roomId: 'call', joinTime: 0 },
    ]);
  });
});

describe('whom a call is with', () => {
  const group: CallSnapshot = { ...callWith({}), kind: 'group', groupId: 'friends' };

  it('is the other person, the group, or nobody but the caller', () => {
    expect(targetId(callWith({}), anna)).toBe('bao');
    expect(targetId(callWith({}), bao)).toBe('anna');
    expect(targetId(group, anna)).toBe('friends');
    const alone = { ...callWith({}), legs: callWith({}).legs.slice(0, 1) };
    expect(targetId(alone, anna)).toBe('anna');
  });

  it('has the documented type', () => {
    expect([conversationType(callWith({})), conversationType(group)]).toEqual([1, 3]);
  });
});

describe('the reason of a hang-up that the server did not hear of', () => {
  it('is a refusal while it rings here', () => {
    expect(reasonToLeave(callWith({ state: 'invited' }), bao)).toBe(2);
    expect(reasonToLeave(callWith({ state: 'ringing' }), bao)).toBe(2);
  });

  it('is a cancel while nobody has answered, and a hang-up afterwards', () => {
    expect(reasonToLeave(callWith({ state: 'ringing' }), anna)).toBe(1);
    expect(reasonToLeave(callWith(joinedAt(5_000)), anna)).toBe(3);
    expect(reasonToLeave(callWith(joinedAt(5_000)), bao)).toBe(3);
    expect(reasonToLeave(callWith({ state: 'claimed', deviceId: 'bao-1' }), bao)).toBe(3);
    expect(reasonToLeave(callWith({}), stranger)).toBe(3);
  });
});

describe('the summary of an ended call', () => {
  const end = { reason: 13, nowMs: 50_000 } as const;

  it('counts from the connection of this device to the end of its own leg', () => {
    const call = callWith(joinedAt(5_000), { state: 'left', leftAt: 20_000 });
    expect(endSummary({ ...call, endedAt: 30_000 }, anna, end)).toEqual({
      ...{ conversationType: 1, channelId: '', targetId: 'bao', mediaType: 2 },
      ...{ beginTimestamp: 5_000, endTimestamp: 20_000, duration: 15_000, endReason: 13 },
    });
  });

  it('ends with the call, or now, while the leg has no end', () => {
    const call = callWith(joinedAt(5_000));
    expect(endSummary({ ...call, endedAt: 30_000 }, anna, end).endTimestamp).toBe(30_000);
    expect(endSummary(call, anna, end).endTimestamp).toBe(50_000);
    expect(endSummary(call, stranger, end)).toMatchObject({ beginTimestamp: 0, duration: 0 });
  });

  it('lasted no time when this device was never connected, or the clock went back', () => {
    const call = callWith(joinedAt(5_000));
    const twin = { ...bao, deviceId: 'bao-2' };
    expect(ownConnectedAt(call, bao)).toBe(5_000);
    expect(ownConnectedAt(call, twin)).toBe(0);
    expect(endSummary(call, twin, end)).toMatchObject({ beginTimestamp: 0, duration: 0 });
    expect(endSummary(call, bao, { ...end, nowMs: 4_000 }).duration).toBe(0);
  });
});

/** A leg carries exactly what its state needs, to the last field: it is stored and sent as it is. */
import { describe, expect, it } from 'vitest';
import { decide } from '#server/calls/rules/decide';
import { isPresent, nextJoinIndex } from '#server/calls/rules/legs';
import {
  anna,
  apply,
  bao,
  claimed,
  invited,
  joined,
  leg,
  ringing,
  startCommand,
  t0,
  times,
  world,
} from '../../../support/calls';

const later = t0 + 10_000;
const baosLeg = { legId: 'leg-b', userId: 'bao', invitedBy: 'anna', answerBy: t0 + times.ringMs };
const empty = { ringingDeviceIds: [], liveLegIds: [] };

describe('a leg', () => {
  it('of a caller is joined from the start, and was never invited', () => {
    expect(leg(invited(), 'anna')).toStrictEqual({
      ...{ legId: 'leg-a', userId: 'anna', invitedBy: 'anna', state: 'joined', ...empty },
      ...{ deviceId: 'anna-1', joinIndex: 0, joinedAt: t0 },
    });
  });

  it('goes from invited over ringing and claimed to joined', () => {
    expect(leg(invited(), 'bao')).toStrictEqual({ ...baosLeg, state: 'invited', ...empty });
    expect(leg(ringing(), 'bao')).toStrictEqual({
      ...{ ...baosLeg, ...empty, state: 'ringing', ringingDeviceIds: ['bao-1'] },
    });
    expect(leg(claimed(), 'bao')).toStrictEqual({
      ...{ ...baosLeg, ...empty, state: 'claimed', deviceId: 'bao-1' },
      joinBy: t0 + 5_000 + times.joinMs,
    });
    const { unlinkedFrom, ...row } = leg(joined(), 'bao');
    expect(unlinkedFrom).toBe(t0 + 5_500);
    expect(row).toStrictEqual({
      ...{ ...baosLeg, ...empty, state: 'joined', deviceId: 'bao-1' },
      ...{ joinIndex: 1, joinedAt: t0 + 5_500 },
    });
  });

  it('that has left keeps who, where and since when, and says why', () => {
    const ended = apply(joined(), { type: 'leave', ...bao, why: 'hangup' }, later);
    expect(leg(ended, 'bao')).toStrictEqual({
      ...{ ...baosLeg, ...empty, state: 'left', deviceId: 'bao-1', joinIndex: 1 },
      ...{ joinedAt: t0 + 5_500, leftAt: later, leftRevision: ended.revision },
      ...{ reason: 3, cause: 'self' },
    });
    expect(leg(ended, 'anna')).toStrictEqual({
      ...{ legId: 'leg-a', userId: 'anna', invitedBy: 'anna', state: 'left', ...empty },
      ...{ deviceId: 'anna-1', joinIndex: 0, joinedAt: t0 },
      ...{ leftAt: later, leftRevision: ended.revision, reason: 13, cause: 'call-ended' },
    });
    expect(ended.legs.filter(isPresent)).toEqual([]);
  });

  it('that rang in vain has no device and no time of joining', () => {
    const missed = apply(ringing(), { type: 'deadline' }, t0 + times.ringMs);
    expect(leg(missed, 'bao')).toStrictEqual({
      ...{ ...baosLeg, ...empty, state: 'left' },
      ...{ leftAt: t0 + times.ringMs, leftRevision: missed.revision },
      ...{ reason: 5, cause: 'deadline' },
    });
  });

  it.each([
    ['a lost socket', { type: 'device-lost', ...bao } as const, times.graceMs],
    ['no link', { type: 'links', ...anna, liveLegIds: [] } as const, times.graceMs],
  ])('put out for %s left by deadline, as one whose network failed', (_what, command, graceMs) => {
    const call = apply(joined(), command, later);
    const over = apply(call, { type: 'deadline' }, later + graceMs);
    expect(leg(over, 'bao')).toMatchObject({ reason: 7, cause: 'deadline' });
  });

  it('that gives way to another device says so', () => {
    const start = startCommand({
      ...{ callId: 'call-2', callerLegId: 'leg-c', calleeLegId: 'leg-d', targetId: 'carla' },
      ...{ deviceId: 'anna-2', joinType: 0 },
    });
    const decision = decide(world(null, [joined()]), start, later);
    const former = decision.ok ? decision.also?.[0] : undefined;
    expect(former && leg(former, 'anna')).toMatchObject({ reason: 21, cause: 'other-device' });
    expect(former && leg(former, 'bao')).toMatchObject({ reason: 31, cause: 'call-ended' });
  });

  it('joins after everybody who ever joined', () => {
    const row = leg(joined(), 'bao');
    expect(nextJoinIndex([])).toBe(0);
    expect(nextJoinIndex([row, { ...row, joinIndex: 4, state: 'left' }])).toBe(5);
  });
});

describe('who is called', () => {
  it('answers or declines first, before calling somebody else', () => {
    const start = startCommand({ ...bao, callId: 'call-2', targetId: 'carla' });
    expect(decide(world(null, [ringing()]), start, later)).toEqual({
      ok: false,
      error: 'call-exists',
      rules: ['CR4'],
    });
  });
});

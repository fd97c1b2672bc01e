import { describe, expect, it } from 'vitest';
import type { CallState } from '#server/calls/rules/call-state';
import { decide } from '#server/calls/rules/decide';
import {
  accepted,
  apply,
  baoTwo,
  carla,
  claimed,
  errorOf,
  joined,
  leg,
  reasons,
  ruled,
  startCommand,
  t0,
  world,
} from '../../../support/calls';

const later = t0 + 9_000;
/** Bao talks with anna on the first device; the second one calls carla, or carla's call rings there. */
const toCarla = startCommand({ ...baoTwo, targetId: 'carla', callId: 'call-2' });
const fromCarla = (): CallState => apply(null, startCommand({ ...carla, callId: 'call-2' }), t0);
const claimTwo = { type: 'claim', ...baoTwo } as const;

const rung = [
  ['says nothing, and the user neither', {}, undefined, 1],
  ['says nothing, and the user wants 0', { secondDevice: 0 }, undefined, 0],
  ['says nothing, and the user wants 2', { secondDevice: 2 }, undefined, 2],
  ['says 0, and the user wants 1', { secondDevice: 1 }, 0, 0],
  ['says 1, and the user wants 2', { secondDevice: 2 }, 1, 1],
  ['says 2, and the user wants 0', { secondDevice: 0 }, 2, 2],
] as const;

const byType = { 0: 'CR36', 1: 'CR34', 2: 'CR37' } as const;

describe('a second device that calls', () => {
  it.each(rung)('[CR37] when the command %s', (_what, rule, joinType, counts) => {
    const asked = world(null, [joined()], { rules: ruled('bao', rule) });
    const command = joinType === undefined ? toCarla : { ...toCarla, joinType };
    expect(decide(asked, command, later).rules).toContain(byType[counts]);
  });

  it('[CR34] is refused, and nothing is stored', () => {
    const decision = decide(world(null, [joined()]), toCarla, later);
    expect(decision).toEqual({ ok: false, error: 'in-call-elsewhere', rules: ['CR34'] });
  });

  it.each([
    ['talks', joined()],
    ['opens its microphone', claimed()],
  ])('[CR36] puts out the first one while it %s: 21, seen as 31', (_when, first) => {
    const command = { ...toCarla, joinType: 0 as const };
    const decided = accepted(decide(world(null, [first]), command, later));
    expect(decided.rules).toEqual(['CR1', 'CR36']);
    expect(decided.call).toMatchObject({ callId: 'call-2', revision: 1 });
    const [other, ...more] = decided.also ?? [];
    if (!other) throw new Error('the first call did not change');
    expect(more).toEqual([]);
    expect(other).toMatchObject({ callId: 'call-1', revision: first.revision + 1, endedAt: later });
    expect(reasons(other)).toEqual({ anna: 31, bao: 21 });
    expect(leg(other, 'bao').cause).toBe('other-device');
    expect(leg(other, 'anna').cause).toBe('call-ended');
  });

  it('[CR36] reaches the very person the first one talks with, who is free by then', () => {
    const command = { ...toCarla, targetId: 'anna', joinType: 0 as const };
    const decided = accepted(decide(world(null, [joined()]), command, later));
    expect(leg(decided.call, 'anna').state).toBe('invited');
    expect(decided.also?.map(reasons)).toEqual([{ anna: 31, bao: 21 }]);
  });

  it('[CR36] puts nobody out for a call that is busy, blocked or impossible', () => {
    const command = { ...toCarla, joinType: 0 as const };
    const busyCarla = apply(
      null,
      startCommand({ ...carla, callId: 'call-3', targetId: 'anna' }),
      t0,
    );
    const busy = accepted(decide(world(null, [joined(), busyCarla]), command, later));
    expect([busy.also, busy.rules]).toEqual([undefined, ['CR1', 'CR5', 'CR51']]);
    const rules = ruled('carla', { blockedUserIds: ['bao'] });
    expect(errorOf(decide(world(null, [joined()], { rules }), command, later))).toBe('blocked');
    const unknown = { ...command, targetId: 'nobody' };
    expect(errorOf(decide(world(null, [joined()]), unknown, later))).toBe('user-unknown');
  });

  it('[CR37] leaves the first one alone when both may go on', () => {
    const command = { ...toCarla, joinType: 2 as const };
    const decided = accepted(decide(world(null, [joined()]), command, later));
    expect([decided.rules, decided.also]).toEqual([['CR1', 'CR37'], undefined]);
    expect(leg(decided.call, 'carla').state).toBe('invited');
  });
});

describe('a second device that answers', () => {
  it('[CR35] is refused with 22, seen as 32; the first call is untouched', () => {
    const decided = accepted(decide(world(fromCarla(), [joined()]), claimTwo, later));
    expect(decided.rules).toEqual(['CR35', 'CR51']);
    expect(reasons(decided.call)).toEqual({ bao: 22, carla: 32 });
    expect(leg(decided.call, 'bao')).toMatchObject({ deviceId: 'bao-2', cause: 'self' });
    expect(decided.also).toBeUndefined();
  });

  it('[CR36] puts the first one out and has the call', () => {
    const command = { ...claimTwo, joinType: 0 as const };
    const decided = accepted(decide(world(fromCarla(), [joined()]), command, later));
    expect(decided.rules).toEqual(['CR20', 'CR36']);
    expect(leg(decided.call, 'bao')).toMatchObject({ state: 'claimed', deviceId: 'bao-2' });
    expect(decided.also?.map(reasons)).toEqual([{ anna: 31, bao: 21 }]);
  });

  it('[CR36] puts every other device out', () => {
    const third = { userId: 'bao', deviceId: 'bao-3' };
    const own = apply(null, startCommand({ ...third, callId: 'x', targetId: 'carla' }), t0);
    const command = { ...claimTwo, joinType: 0 as const };
    const decided = accepted(decide(world(fromCarla(), [joined(), own]), command, later));
    expect(decided.also?.map(reasons)).toEqual([
      { anna: 31, bao: 21 },
      { bao: 21, carla: 31 },
    ]);
  });

  it('[CR37] has the call beside the first one', () => {
    const command = { ...claimTwo, joinType: 2 as const };
    const decided = accepted(decide(world(fromCarla(), [joined()]), command, later));
    expect([decided.rules, decided.also]).toEqual([['CR20', 'CR37'], undefined]);
    expect(leg(decided.call, 'bao').state).toBe('claimed');
  });

  it('[CR20] is no second one when its user only rings elsewhere, or is in that very call', () => {
    const first = apply(null, startCommand(), t0);
    expect(accepted(decide(world(fromCarla(), [first]), claimTwo, later)).rules).toEqual(['CR20']);
    expect(errorOf(decide(world(joined()), claimTwo, later))).toBe('already-claimed');
  });
});

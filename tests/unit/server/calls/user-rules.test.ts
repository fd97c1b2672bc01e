import { describe, expect, it } from 'vitest';
import type { CallState } from '#server/calls/rules/call-state';
import type { World } from '#server/calls/rules/command';
import { decide } from '#server/calls/rules/decide';
import {
  accepted,
  anna,
  apply,
  bao,
  baoTwo,
  carla,
  errorOf,
  joined,
  leg,
  reasons,
  ringing,
  ruled,
  startCommand,
  t0,
  world,
} from '../../../support/calls';

const free = (...userIds: string[]): Pick<World, 'freeUserIds'> => ({
  freeUserIds: new Set(userIds),
});
const fromCarla = startCommand({ ...carla, callId: 'call-2' });

describe('a person who was blocked', () => {
  const rules = ruled('bao', { blockedUserIds: ['carla'] });

  it('[CR6] is told so, and nothing else happens', () => {
    const decision = decide(world(null, [], { rules }), fromCarla, t0);
    expect(decision).toEqual({ ok: false, error: 'blocked', rules: ['CR6'] });
  });

  it('[CR6] is told so before it could hear whether the other is busy', () => {
    expect(errorOf(decide(world(null, [joined()], { rules }), fromCarla, t0))).toBe('blocked');
  });

  it('[CR6] is anybody else’s concern neither: others get through, and bao may call carla', () => {
    const allowed = [startCommand(), startCommand({ ...bao, targetId: 'carla' })];
    for (const command of allowed) {
      expect(accepted(decide(world(null, [], { rules }), command, t0)).rules).toEqual(['CR1']);
    }
  });

  it('[CR24] cannot answer the call of the one who did, and the caller hears 15', () => {
    const blocking = ruled('anna', { blockedUserIds: ['bao'] }, t0 + 500);
    const asked = world(ringing(), [], { rules: blocking });
    const decision = decide(asked, { type: 'claim', ...bao }, t0 + 1_000);
    expect(decision).toEqual({ ok: false, error: 'blocked', rules: ['CR24'] });
    expect(reasons(apply(ringing(), { type: 'deadline' }, t0 + 60_000))).toEqual({
      ...{ anna: 15, bao: 5 },
    });
  });

  it('[CR24] answers a call all the same when the caller had blocked them before calling', () => {
    const blocking = ruled('anna', { blockedUserIds: ['bao'] });
    const asked = world(ringing(), [], { rules: blocking });
    const { call, rules: named } = accepted(decide(asked, { type: 'claim', ...bao }, t0 + 1_000));
    expect(named).toEqual(['CR20']);
    expect(leg(call, 'bao').deviceId).toBe(bao.deviceId);
  });

  it('[CR5] is not busy, and [CR4] may call, while only that call rings', () => {
    const blocking = ruled('anna', { blockedUserIds: ['bao'] }, t0 + 500);
    const asked = world(null, [ringing()], { rules: blocking });
    const toCarla = startCommand({ ...bao, callId: 'call-2', targetId: 'carla' });
    for (const command of [fromCarla, toCarla]) {
      const { call, rules: named } = accepted(decide(asked, command, t0 + 1_000));
      expect(named).toEqual(['CR1']);
      expect(call.endedAt).toBeUndefined();
    }
  });

  it('[CR24] does not lose a call that it answered before', () => {
    const blocking = ruled('anna', { blockedUserIds: ['bao'] }, t0 + 500);
    const asked = world(joined(), [], { rules: blocking });
    expect(decide(asked, { type: 'claim', ...bao }, t0 + 9_000)).toMatchObject({ ok: true });
  });
});

describe('who counts as busy', () => {
  const rules = ruled('bao', { busy: 'device' });
  const talking: CallState = joined();

  it.each([
    ['user', 'free', 'busy'],
    ['user', 'taken', 'busy'],
    ['device', 'free', 'rings'],
    ['device', 'taken', 'busy'],
  ] as const)('[CR7] by the rule "%s", with every other device %s: %s', (busy, others, then) => {
    const asked = world(null, [talking], {
      rules: ruled('bao', { busy }),
      ...free(...(others === 'free' ? ['bao'] : [])),
    });
    const { call, rules: named } = accepted(decide(asked, fromCarla, t0 + 9_000));
    expect(named).toEqual(then === 'rings' ? ['CR1', 'CR7'] : ['CR1', 'CR5', 'CR51']);
    expect(leg(call, 'bao').state).toBe(then === 'rings' ? 'invited' : 'left');
  });

  it('[CR7] lets a second call ring beside a first one that nobody has answered', () => {
    const { rules: named } = accepted(
      decide(world(null, [ringing()], { rules, ...free() }), fromCarla, t0 + 9_000),
    );
    expect(named).toEqual(['CR1', 'CR7']);
  });

  it('[CR5] hears busy in any case when four calls ring at once', () => {
    const rings = ['w', 'x', 'y', 'z'].map((callId) => ({ ...ringing(), callId }));
    const asked = world(null, rings, { rules, ...free('bao') });
    const { rules: named } = accepted(decide(asked, fromCarla, t0 + 9_000));
    expect(named).toEqual(['CR1', 'CR5', 'CR51']);
    const { rules: before } = accepted(
      decide(world(null, rings.slice(1), { rules, ...free('bao') }), fromCarla, t0 + 9_000),
    );
    expect(before).toEqual(['CR1', 'CR7']);
  });

  it('[CR7] is not asked of somebody who is in no call', () => {
    const { rules: named } = accepted(decide(world(null, [], { rules }), fromCarla, t0));
    expect(named).toEqual(['CR1']);
  });

  it('[CR13] a device in a call paints no second ring, the others do', () => {
    const second = accepted(
      decide(world(null, [talking], { rules, ...free('bao') }), fromCarla, t0 + 9_000),
    ).call;
    const asked = world(second, [talking]);
    expect(decide(asked, { type: 'ringing', ...bao }, t0 + 9_100)).toEqual({
      ...{ ok: true, changed: false, call: second, rules: ['CR13'] },
    });
    const painted = accepted(decide(asked, { type: 'ringing', ...baoTwo }, t0 + 9_100)).call;
    expect(leg(painted, 'bao').ringingDeviceIds).toEqual(['bao-2']);
  });

  it('[CR14] a device that answers one call is not counted by the other ring, its twin is', () => {
    const both = [bao, baoTwo].reduce(
      (call, device) => apply(call, { type: 'ringing', ...device }, t0 + 300),
      ringing(),
    );
    const second = accepted(
      decide(world(null, [both], { rules, ...free() }), fromCarla, t0 + 9_000),
    ).call;
    const asked = world(second, [both]);
    const decision = accepted(decide(asked, { type: 'claim', ...bao }, t0 + 9_100));
    expect(decision.rules).toEqual(['CR20', 'CR14']);
    expect(decision.also?.map((call) => leg(call, 'bao'))).toMatchObject([
      { state: 'ringing', ringingDeviceIds: ['bao-2'] },
    ]);
  });

  it('[CR23] a device in a call claims no second one, and the ring goes on', () => {
    const second = accepted(
      decide(world(null, [talking], { rules, ...free('bao') }), fromCarla, t0 + 9_000),
    ).call;
    for (const joinType of [0, 1, 2] as const) {
      const claim = { type: 'claim', ...bao, joinType } as const;
      expect(decide(world(second, [talking]), claim, t0 + 9_100)).toEqual({
        ...{ ok: false, error: 'call-exists', rules: ['CR23'] },
      });
    }
  });

  it('[CR23] a device may answer when its other call is over for it', () => {
    const over = apply(talking, { type: 'leave', ...anna, why: 'hangup' }, t0 + 8_000);
    const again = accepted(decide(world(null, [over]), fromCarla, t0 + 9_000)).call;
    expect(decide(world(again, [over]), { type: 'claim', ...bao }, t0 + 9_100).rules).toEqual([
      'CR20',
    ]);
  });
});

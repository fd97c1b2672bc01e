import { describe, expect, it } from 'vitest';
import { decide } from '#server/calls/rules/decide';
import {
  accepted,
  apply,
  bao,
  baoTwo,
  carla,
  claimed,
  errorOf,
  invited,
  leg,
  reasons,
  ringing,
  ruled,
  startCommand,
  t0,
  world,
} from '../../../support/calls';

/** Anna's call waits for bao, and bao calls anna. */
const callBack = startCommand({
  ...bao,
  targetId: 'anna',
  callId: 'call-2',
  callerLegId: 'leg-c',
  calleeLegId: 'leg-d',
});

describe('two people who call each other', () => {
  it.each([
    ['is on its way', invited()],
    ['rings already', ringing()],
  ])('[CR8] are connected in the call that %s', (_when, older) => {
    const { call, changed, rules, also } = accepted(decide(world(null, [older]), callBack, t0 + 9));
    expect(call).toMatchObject({
      callId: 'call-1',
      callerId: 'anna',
      revision: older.revision + 1,
    });
    expect(call.legs).toHaveLength(2);
    expect(leg(call, 'bao')).toEqual({
      ...{ legId: 'leg-b', userId: 'bao', invitedBy: 'anna', state: 'joined', deviceId: 'bao-1' },
      ...{ answerBy: t0 + 60_000, joinIndex: 1, joinedAt: t0 + 9, unlinkedFrom: t0 + 9 },
      ...{ ringingDeviceIds: [], liveLegIds: [] },
    });
    expect([changed, rules, also]).toEqual([true, ['CR8'], undefined]);
  });

  it('[CR8] are connected whichever device calls back, with what its application registered', () => {
    const command = { ...callBack, ...baoTwo, user: { name: 'Bao' } };
    const { call } = accepted(decide(world(null, [ringing()]), command, t0 + 300));
    expect(leg(call, 'bao')).toMatchObject({ deviceId: 'bao-2', user: { name: 'Bao' } });
  });

  it('[CR8] are not merged into a call of somebody else, of a group, or one that was answered', () => {
    const toCarla = { ...callBack, targetId: 'carla' };
    expect(errorOf(decide(world(null, [ringing()]), toCarla, t0 + 9))).toBe('call-exists');
    expect(errorOf(decide(world(null, [claimed()]), callBack, t0 + 9))).toBe('call-exists');
    const group = { ...ringing(), kind: 'group', groupId: 'team' } as const;
    expect(errorOf(decide(world(null, [group]), callBack, t0 + 9))).toBe('call-exists');
    const other = { ...callBack, ...baoTwo };
    expect(errorOf(decide(world(null, [claimed()]), other, t0 + 9))).toBe('in-call-elsewhere');
  });

  it('[CR8] are not merged when the older caller has blocked the younger one meanwhile', () => {
    const rules = ruled('anna', { blockedUserIds: ['bao'] }, t0 + 1);
    const decision = decide(world(null, [ringing()], { rules }), callBack, t0 + 9);
    expect(errorOf(decision)).toBe('blocked');
  });

  it('[CR8] are merged when the older caller had blocked the younger one before calling', () => {
    const rules = ruled('anna', { blockedUserIds: ['bao'] });
    const { call } = accepted(decide(world(null, [ringing()], { rules }), callBack, t0 + 9));
    expect(call.callId).toBe('call-1');
    expect(leg(call, 'bao').state).toBe('joined');
  });

  it('[CR14] the younger caller’s device is not counted by its other rings any more', () => {
    const fromCarla = apply(null, startCommand({ ...carla, callId: 'call-3' }), t0);
    const shown = apply(fromCarla, { type: 'ringing', ...bao }, t0 + 100);
    const { also, rules } = accepted(decide(world(null, [shown, ringing()]), callBack, t0 + 300));
    expect(rules).toEqual(['CR8', 'CR14']);
    expect(also?.map((call) => [call.callId, leg(call, 'bao').ringingDeviceIds])).toEqual([
      ['call-3', []],
    ]);
  });

  it('[CR8] find each other among several rings, and the other rings go on', () => {
    const fromCarla = apply(null, startCommand({ ...carla, callId: 'call-3' }), t0);
    const others = [fromCarla, ringing()];
    const { call, also } = accepted(decide(world(null, others), callBack, t0 + 300));
    expect([call.callId, also]).toEqual(['call-1', undefined]);
  });

  it('[CR9] show no camera to somebody who asked for a voice', () => {
    const video = apply(null, startCommand({ mediaType: 2 }), t0);
    const { call, rules } = accepted(decide(world(null, [video]), callBack, t0 + 9));
    expect(call).toMatchObject({ mediaType: 1, mediaChangedBy: 'bao' });
    expect(rules).toEqual(['CR8', 'CR9']);
  });

  it.each([
    [1, 1],
    [1, 2],
    [2, 2],
  ] as const)('[CR9] keep an older call of type %i when the younger asked for %i', (was, asked) => {
    const older = apply(null, startCommand({ mediaType: was }), t0);
    const command = { ...callBack, mediaType: asked };
    const { call } = accepted(decide(world(null, [older]), command, t0 + 9));
    expect(call.mediaType).toBe(was);
    expect(call.mediaChangedBy).toBeUndefined();
  });

  it('[CR36] make room in the call that another device of the younger caller is in', () => {
    const withCarla = apply(null, startCommand({ ...baoTwo, targetId: 'carla', callId: 'x' }), t0);
    const command = { ...callBack, joinType: 0 as const };
    const decided = accepted(decide(world(null, [withCarla, ringing()]), command, t0 + 300));
    expect(decided.rules).toEqual(['CR8', 'CR36']);
    expect(leg(decided.call, 'bao').state).toBe('joined');
    expect(decided.also?.map(reasons)).toEqual([{ bao: 21, carla: 31 }]);
  });

  it('[CR34] leave the older call ringing when another device is in a call and that is the rule', () => {
    const withCarla = apply(null, startCommand({ ...baoTwo, targetId: 'carla', callId: 'x' }), t0);
    const decision = decide(world(null, [withCarla, ringing()]), callBack, t0 + 300);
    expect(errorOf(decision)).toBe('in-call-elsewhere');
  });

  it('[CR4] never bring a device into two calls', () => {
    const withCarla = apply(null, startCommand({ ...bao, targetId: 'carla', callId: 'x' }), t0);
    for (const joinType of [0, 1, 2] as const) {
      const command = { ...callBack, joinType };
      const decision = decide(world(null, [withCarla, ringing()]), command, t0 + 300);
      expect(errorOf(decision)).toBe('call-exists');
    }
  });
});

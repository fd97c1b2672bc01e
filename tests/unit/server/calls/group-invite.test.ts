/** CR110–CR134, CR150: who comes into a call that is there, asked or not. */
import { describe, expect, it } from 'vitest';
import { diffCalls } from '#protocol/call-diff';
import { limits } from '#protocol/limits';
import { type CallState, toSnapshot } from '#server/calls/rules/call-state';
import { decide } from '#server/calls/rules/decide';
import {
  accepted,
  anna,
  bao,
  carla,
  claimed,
  errorOf,
  invited,
  joined,
  leg,
  ruled,
  startCommand,
  t0,
  times,
} from '../../../support/calls';
import {
  crowd,
  deng,
  emil,
  group,
  groupWorld,
  inviting,
  joining,
  leaving,
  startGroup,
  states,
  tell,
  three,
  told,
  twoOfFour,
} from '../../../support/group-calls';

const at = t0 + 9_000;
const twin = { userId: 'anna', deviceId: 'anna-2' };

/** anna and bao are in a call of no group. */
const adHoc = (): CallState =>
  joining(group({ groupId: undefined, userIds: ['bao', 'carla'] }), bao, t0 + 1_000);

describe('who asks people into a call', () => {
  it('[CR110] makes each a leg with a ring of its own', () => {
    const { call, rules } = accepted(tell(three(), inviting(bao, ['deng']), at));
    expect(states(call)).toEqual([...states(three()), 'deng invited']);
    expect(leg(call, 'deng')).toMatchObject({ invitedBy: 'bao', answerBy: at + times.ringMs });
    expect([call.callerId, rules]).toEqual(['anna', ['CR110']]);
  });

  it('[CR110] asks each once, and nobody who is in it or rings', () => {
    const call = told(twoOfFour(), inviting(anna, ['bao', 'carla', 'anna']), at);
    expect(call).toEqual(twoOfFour());
    const more = told(adHoc(), inviting(bao, ['emil', 'carla', 'emil']), at);
    expect(states(more).slice(3)).toEqual(['emil invited']);
  });

  it('[CR110] may bring words of its own, which are those of the call from now on', () => {
    const words = { extra: 'come', push: { callTitle: 'now' } };
    const before = told(adHoc(), inviting(bao, ['deng']), at);
    const call = told(before, { ...inviting(bao, ['emil']), ...words }, at);
    expect([before.extra, before.push]).toEqual([undefined, undefined]);
    expect(call).toMatchObject(words);
    expect(told(call, inviting(anna, ['u6']), at)).toMatchObject(words);
  });

  it.each([
    ['rings', twoOfFour(), carla],
    ['has left', three(), deng],
    ['is another device', three(), twin],
  ])('[CR111] is in it: one who %s may not', (_what, call, who) => {
    expect(errorOf(tell(call, inviting(who, ['deng']), at))).toBe('wrong-state');
  });

  it('[CR53] is no stranger', () => {
    expect(errorOf(tell(three(), inviting(emil, ['deng']), at))).toBe('call-unknown');
  });

  it('[CR112] is not in a private call', () => {
    expect(errorOf(tell(joined(), inviting(anna, ['carla']), at))).toBe('not-a-group-call');
  });

  it('[CR113] asks members of the group only, and is one still', () => {
    expect(errorOf(tell(three(), inviting(bao, ['deng', 'emil']), at))).toBe('not-in-group');
    const left = { groupId: 'design', memberIds: new Set(['anna', 'carla', 'deng']) };
    const world = groupWorld(three(), [], { group: left });
    expect(errorOf(decide(world, inviting(bao, ['deng']), at))).toBe('not-in-group');
    expect(accepted(decide(world, inviting(anna, ['deng']), at)).changed).toBe(true);
  });

  it('[CR113] asks people who exist', () => {
    expect(errorOf(tell(adHoc(), inviting(bao, ['emil', 'nobody']), at))).toBe('user-unknown');
  });

  it('[CR114] finds room for all of them, or asks nobody', () => {
    expect(errorOf(tell(adHoc(), inviting(bao, crowd.slice(3)), at))).toBe('call-full');
    expect(told(adHoc(), inviting(bao, crowd.slice(4)), at).legs).toHaveLength(9);
  });

  it('[CR105] hears that somebody is busy as of everybody else who left', () => {
    const other = told(null, startCommand({ ...emil, callId: 'call-9', targetId: 'deng' }), t0);
    const { call, rules } = accepted(
      decide(groupWorld(three(), [other]), inviting(bao, ['deng']), at),
    );
    expect(states(call).at(-1)).toBe('deng left4');
    expect(rules).toEqual(['CR110', 'CR105']);
  });

  it('[CR106] hears so of who has blocked them', () => {
    const rules = ruled('deng', { blockedUserIds: ['bao'] });
    const from = (who: typeof anna | typeof bao) =>
      decide(groupWorld(three(), [], { rules }), inviting(who, ['deng']), at);
    expect(states(accepted(from(bao)).call).at(-1)).toBe('deng left4');
    expect(states(accepted(from(anna)).call).at(-1)).toBe('deng invited');
  });

  it('[CR24] may have blocked them before, but not since', () => {
    const call = told(three(), inviting(bao, ['deng']), at);
    const answer = (blockedAt: number) => {
      const rules = ruled('bao', { blockedUserIds: ['deng'] }, blockedAt);
      return decide(groupWorld(call, [], { rules }), { type: 'claim', ...deng }, at + 9);
    };
    expect(errorOf(answer(at - 1))).toBeNull();
    expect(errorOf(answer(at + 1))).toBe('blocked');
  });

  it('[CR52] is told so when it is over', () => {
    const over = leaving(leaving(three(), anna, at), bao, at);
    expect(errorOf(tell(over, inviting(carla, ['deng']), at))).toBe('call-ended');
  });
});

describe('a call of two', () => {
  it('[CR120] becomes one of several for whoever else is asked in', () => {
    const { call, rules } = accepted(tell(joined(), inviting(bao, ['carla'], 'extend'), at));
    expect([call.kind, call.groupId, rules]).toEqual(['group', undefined, ['CR110', 'CR120']]);
    expect(call.legs.slice(0, 2)).toEqual(joined().legs);
    expect(leg(call, 'carla')).toMatchObject({ state: 'invited', invitedBy: 'bao' });
    expect(errorOf(tell(call, inviting(anna, ['deng']), at))).toBeNull();
  });

  it('[CR120] stays one of two while nobody else is named', () => {
    expect(told(joined(), inviting(bao, ['anna'], 'extend'), at)).toEqual(joined());
  });

  it('[CR156] becomes one of several even if everybody who was asked is busy', () => {
    const other = told(null, startCommand({ ...emil, callId: 'call-9', targetId: 'carla' }), t0);
    const decision = decide(groupWorld(joined(), [other]), inviting(bao, ['carla'], 'extend'), at);
    const { call, rules } = accepted(decision);
    expect(states(call)).toEqual(['anna joined', 'bao joined', 'carla left4']);
    expect([call.kind, call.endedAt]).toEqual(['group', undefined]);
    expect(rules).toEqual(['CR110', 'CR120', 'CR105']);
    const heard = diffCalls(toSnapshot(joined()), toSnapshot(call), anna);
    expect(heard).toEqual([{ type: 'hungup', userId: 'carla', reason: 14 }]);
  });

  it.each([
    ['rings', invited()],
    ['is being answered', claimed()],
  ])('[CR121] stays one while it %s', (_what, call) => {
    for (const who of [anna, bao]) {
      expect(errorOf(tell(call, inviting(who, ['carla'], 'extend'), at))).toBe('wrong-state');
    }
  });

  it('[CR121] stays one for a device that is not in it', () => {
    expect(errorOf(tell(joined(), inviting(twin, ['carla'], 'extend'), at))).toBe('wrong-state');
  });

  it('[CR122] may be one of several already', () => {
    const { call, rules } = accepted(tell(three(), inviting(bao, ['deng'], 'extend'), at));
    expect([states(call).at(-1), call.groupId]).toEqual(['deng invited', 'design']);
    expect(rules).toEqual(['CR110', 'CR122']);
  });
});

describe('who enters a call without a ring', () => {
  const entering = (who: { userId: string; deviceId: string }, joinType?: 0 | 1 | 2) =>
    ({
      ...({ type: 'enter', legId: `entered-${who.userId}` } as const),
      ...{ userId: who.userId, deviceId: who.deviceId },
      ...(joinType === undefined ? {} : { joinType }),
    }) as const;

  /** deng was not asked. */
  const without = (): CallState => joining(group({ userIds: ['bao', 'carla'] }), bao, t0 + 1_000);

  it('[CR130] claims a leg that never rings, and joins as always', () => {
    const { call, rules } = accepted(tell(without(), entering(deng), at));
    expect(leg(call, 'deng')).toEqual({
      ...{ legId: 'entered-deng', userId: 'deng', invitedBy: 'deng', state: 'claimed' },
      ...{ deviceId: 'deng-1', joinBy: at + times.joinMs, ringingDeviceIds: [], liveLegIds: [] },
    });
    expect(rules).toEqual(['CR130']);
    const there = told(call, { type: 'join', ...deng }, at + 1);
    expect(leg(there, 'deng')).toMatchObject({ state: 'joined', joinIndex: 2 });
  });

  it('[CR130] may be back from a crash, in a call of any people too', () => {
    const left = leaving(told(adHoc(), inviting(anna, ['emil']), at), bao, at);
    const back = joining(told(left, entering(bao), at), bao, at + 1);
    expect(states(back)).toEqual([...states(left), 'bao joined']);
  });

  it('[CR33] has as long as everybody to join', () => {
    const late = told(told(without(), entering(deng), at), { type: 'deadline' }, at + times.joinMs);
    expect(leg(late, 'deng')).toMatchObject({ state: 'left', reason: 8 });
  });

  it('[CR131] answers the ring that there is', () => {
    const { call, rules } = accepted(tell(twoOfFour(), entering(carla), at));
    expect(call.legs).toHaveLength(4);
    expect(leg(call, 'carla')).toMatchObject({ state: 'claimed', invitedBy: 'anna' });
    expect(rules).toEqual(['CR20']);
  });

  it('[CR131] is in it once', () => {
    expect(told(three(), entering(bao), at)).toEqual(three());
    expect(errorOf(tell(three(), entering(twin), at))).toBe('already-claimed');
  });

  it.each([
    ['a private call', joined(), carla],
    ['a private call of their own', joined(), bao],
    ['a call of others', adHoc(), deng],
    ['the call of another group', three(), emil],
    ['none at all', null, emil],
  ])('[CR132] hears nothing of %s', (_what, call, who) => {
    expect(errorOf(tell(call, entering(who), at))).toBe('call-unknown');
  });

  it('[CR132] is still of its group, or has been asked already', () => {
    const gone = leaving(twoOfFour(), bao, at);
    const without = { group: { groupId: 'design', memberIds: new Set(['anna', 'deng']) } };
    const told = (who: typeof bao | typeof carla) =>
      errorOf(decide(groupWorld(gone, [], without), entering(who), at));
    expect([told(bao), told(carla)]).toEqual(['call-unknown', null]);
  });

  it('[CR158] was not put out of it', () => {
    const due = told(three(), { type: 'remove', userId: 'bao' }, at);
    const out = told(due, { type: 'deadline' }, at);
    expect(tell(out, entering(bao), at)).toEqual({
      ...{ ok: false, error: 'not-allowed', rules: ['CR158'] },
    });
    const expelled = { group: { groupId: 'design', memberIds: new Set(['anna', 'deng']) } };
    expect(errorOf(decide(groupWorld(out, [], expelled), entering(bao), at))).toBe('call-unknown');
    const asked = told(out, inviting(anna, ['bao']), at);
    expect(states(asked).at(-1)).toBe('bao invited');
  });

  it('[CR52] is told when it is over', () => {
    const over = leaving(leaving(three(), anna, at), bao, at);
    expect(errorOf(tell(over, entering(bao), at))).toBe('call-ended');
  });

  it('[CR157] is told nothing of the end of one that they never were in', () => {
    const over = leaving(leaving(without(), anna, at), bao, at);
    expect(over.endedAt).toBeDefined();
    expect(errorOf(tell(over, entering(deng), at))).toBe('call-unknown');
  });

  it('[CR133] finds room', () => {
    const full = told(adHoc(), inviting(bao, crowd.slice(4)), at);
    const eight = leaving(full, bao, at);
    const nine = told(eight, inviting(anna, ['deng']), at + 1);
    expect(nine.legs.filter(({ state }) => state !== 'left')).toHaveLength(9);
    expect(errorOf(tell(nine, entering(bao), at + 2))).toBe('call-full');
    expect(errorOf(tell(eight, entering(bao), at + 2))).toBeNull();
  });

  const elsewhere = () =>
    told(null, startCommand({ ...deng, callId: 'call-9', targetId: 'emil' }), t0);

  it('[CR134] is on a device that is in no other call', () => {
    const world = groupWorld(without(), [elsewhere()]);
    expect(errorOf(decide(world, entering(deng), at))).toBe('call-exists');
  });

  it.each([
    [1, 'in-call-elsewhere', undefined],
    [0, null, ['call-9']],
    [2, null, undefined],
  ] as const)('[CR134] says what becomes of another device’s call: %s', (wish, error, put) => {
    const world = groupWorld(without(), [elsewhere()]);
    const decision = decide(world, entering({ ...deng, deviceId: 'deng-2' }, wish), at);
    expect(errorOf(decision)).toBe(error);
    if (decision.ok) expect(decision.also?.map(({ callId }) => callId)).toEqual(put);
  });
});

describe('a call that many were asked into', () => {
  /** bao comes and goes until one more leg is one too many. */
  const many = (): CallState => {
    let call = told(null, startGroup({ groupId: undefined, userIds: ['carla', 'deng', 'bao'] }));
    call = leaving(joining(call, carla, at), deng, at);
    while (call.legs.length < limits.legs) {
      call = told(leaving(call, bao, at), inviting(anna, ['bao']), at);
    }
    return call;
  };

  it('[CR150] forgets first who came again, then who left first', () => {
    const before = many();
    const { call, rules } = accepted(tell(before, inviting(anna, ['emil', 'u6']), at));
    expect(call.legs).toHaveLength(limits.legs);
    const [oldest, next] = before.legs.filter((l) => l.userId === 'bao');
    const kept = before.legs.filter((l) => l !== oldest && l !== next);
    expect(call.legs.slice(0, -2).map((l) => l.legId)).toEqual(kept.map((l) => l.legId));
    expect(rules).toContain('CR150');
  });

  it('[CR150] never forgets who is there', () => {
    let call = many();
    for (const userId of ['emil', 'u6', 'u7', 'u8', 'u9', 'u10', 'emil', 'u6', 'u7']) {
      const who = { userId, deviceId: `${userId}-1` };
      for (let n = 0; n < 4; n += 1)
        call = leaving(told(call, inviting(anna, [userId]), at), who, at);
    }
    expect(call.legs).toHaveLength(limits.legs);
    const present = call.legs.filter(({ state }) => state !== 'left');
    expect(present.map(({ userId }) => userId)).toEqual(['anna', 'carla', 'bao']);
  });
});

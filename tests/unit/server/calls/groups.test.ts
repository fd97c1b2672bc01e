/** CR100–CR106 and CR151, CR152: how a call with several begins, and how it ends. */
import { describe, expect, it } from 'vitest';
import { diffCalls } from '#protocol/call-diff';
import { endReasonFor } from '#protocol/end-reason-for';
import type { Viewer } from '#protocol/snapshot';
import { type CallState, toSnapshot } from '#server/calls/rules/call-state';
import { decide } from '#server/calls/rules/decide';
import {
  accepted,
  anna,
  apply,
  bao,
  carla,
  errorOf,
  invited,
  joined,
  leg,
  reasons,
  ruled,
  startCommand,
  t0,
  times,
} from '../../../support/calls';
import {
  crowd,
  deng,
  group,
  groupWorld,
  joining,
  leaving,
  linking,
  startGroup,
  states,
  tell,
  three,
  told,
  twoOfFour,
} from '../../../support/group-calls';

const at = t0 + 9_000;

/** carla calls deng. */
const elsewhere = (): CallState =>
  told(null, startCommand({ ...carla, callId: 'call-9', targetId: 'deng' }), t0);

describe('a call with several', () => {
  it('[CR100] joins the caller at once and invites everybody else', () => {
    const call = group();
    expect(call).toMatchObject({ kind: 'group', groupId: 'design', revision: 1, callerId: 'anna' });
    expect(states(call)).toEqual(['anna joined', 'bao invited', 'carla invited', 'deng invited']);
    expect(leg(call, 'anna')).toMatchObject({ joinIndex: 0, joinedAt: t0 });
    expect(leg(call, 'deng')).toMatchObject({ invitedBy: 'anna', answerBy: t0 + times.ringMs });
    expect(call.nextDeadline).toBe(t0 + times.ringMs);
  });

  it('[CR100] keeps what the caller wants told', () => {
    const words = { mediaType: 2, extra: 'x', push: { callTitle: 't' } } as const;
    expect(group(words)).toMatchObject(words);
    expect(leg(group({ user: { name: 'A' } }), 'anna').user).toEqual({ name: 'A' });
  });

  it('[CR100] invites each person once, and nobody to their own call', () => {
    const call = group({ userIds: ['bao', 'anna', 'bao', 'carla'] });
    expect(states(call)).toEqual(['anna joined', 'bao invited', 'carla invited']);
    expect(new Set(call.legs.map(({ legId }) => legId)).size).toBe(3);
  });

  it('[CR100] may be of any people', () => {
    const call = group({ groupId: undefined, userIds: ['bao', 'emil'] });
    expect([call.kind, call.groupId]).toEqual(['group', undefined]);
  });

  it.each([
    ['no such group', decide(groupWorld(null, [], { group: null }), startGroup(), t0)],
    ['somebody else', tell(null, startGroup({ userIds: ['bao', 'emil'] }))],
    ['the caller is none', tell(null, startGroup({ userId: 'emil', userIds: ['bao'] }))],
  ])('[CR101] is for members of its group only: %s', (_what, decision) => {
    expect(decision).toEqual({ ok: false, error: 'not-in-group', rules: ['CR101'] });
  });

  it('[CR102] is not for oneself alone', () => {
    expect(errorOf(tell(null, startGroup({ userIds: ['anna', 'anna'] })))).toBe('call-self');
  });

  it('[CR103] of any people is refused when one does not exist', () => {
    const command = startGroup({ groupId: undefined, userIds: ['bao', 'nobody'] });
    expect(errorOf(tell(null, command))).toBe('user-unknown');
  });

  it('[CR104] takes nine people and no more', () => {
    const full = startGroup({ groupId: undefined, userIds: crowd.slice(0, 9) });
    expect(told(null, full).legs).toHaveLength(9);
    const over = startGroup({ groupId: undefined, userIds: crowd });
    expect(errorOf(tell(null, over))).toBe('call-full');
  });

  it('[CR105] does not ring who is busy, but everybody else', () => {
    const decision = decide(groupWorld(null, [elsewhere()]), startGroup(), t0);
    const { call, rules } = accepted(decision);
    expect(states(call)).toEqual(['anna joined', 'bao invited', 'carla left4', 'deng left4']);
    expect(leg(call, 'carla')).toMatchObject({ cause: 'self', leftAt: t0 });
    expect(rules).toEqual(['CR100', 'CR105', 'CR105']);
  });

  it('[CR105] ends at once when all are busy', () => {
    const command = startGroup({ userIds: ['carla', 'deng'] });
    const { call } = accepted(decide(groupWorld(null, [elsewhere()]), command, t0));
    expect(call.endedAt).toBe(t0);
    expect(reasons(call)).toEqual({ anna: 14, carla: 4, deng: 4 });
  });

  it('[CR106] shows a block as busy', () => {
    const rules = ruled('bao', { blockedUserIds: ['anna'] });
    const { call, rules: named } = accepted(
      decide(groupWorld(null, [], { rules }), startGroup(), t0),
    );
    expect(states(call)[1]).toBe('bao left4');
    expect(named).toEqual(['CR100', 'CR106']);
  });

  it.each([
    ['device is in a call', joined()],
    ['user is being called', apply(null, startCommand({ ...bao, targetId: 'anna' }), t0)],
  ])('[CR4] is refused while the caller’s %s', (_what, other) => {
    const command = startGroup({ callId: 'call-2' });
    expect(errorOf(decide(groupWorld(null, [other]), command, at))).toBe('call-exists');
  });

  const second = { deviceId: 'anna-2', callId: 'call-2' };

  it.each([
    [1, 'in-call-elsewhere'],
    [0, null],
    [2, null],
  ] as const)('[CR34] asks what becomes of a call on another device: %s', (joinType, error) => {
    const command = startGroup({ ...second, userIds: ['carla'], joinType });
    expect(errorOf(decide(groupWorld(null, [joined()]), command, at))).toBe(error);
  });

  it('[CR36] puts nobody out for a call in which nobody rings', () => {
    const world = groupWorld(null, [invited(), elsewhere()]);
    const start = (...userIds: string[]) =>
      startGroup({ ...second, groupId: undefined, userIds, joinType: 0 });
    const busy = accepted(decide(world, start('carla'), at));
    expect([busy.also, busy.rules]).toEqual([undefined, ['CR100', 'CR105', 'CR51']]);
    const made = accepted(decide(world, start('carla', 'emil'), at));
    expect(made.also?.map(({ callId }) => callId)).toEqual(['call-1']);
  });
});

describe('who leaves a call with several', () => {
  const timesUp = { type: 'deadline' } as const;

  it('[CR151] by declining leaves the others to it', () => {
    const call = leaving(twoOfFour(), carla, at);
    expect(states(call)).toEqual(['anna joined', 'bao joined', 'carla left2', 'deng invited']);
    expect(call.endedAt).toBeUndefined();
  });

  it('[CR151] may be the caller, who hangs up like everybody else', () => {
    const call = leaving(twoOfFour(), anna, at);
    expect(states(call)).toEqual(['anna left3', 'bao joined', 'carla invited', 'deng invited']);
    const late = joining(call, carla, at + 1_000);
    expect(leg(late, 'carla')).toMatchObject({ state: 'joined', joinIndex: 2 });
  });

  it('[CR151] by silence is gone with 5, and who talks goes on', () => {
    const call = told(linking(twoOfFour(), at), timesUp, t0 + times.ringMs);
    expect(states(call)).toEqual(['anna joined', 'bao joined', 'carla left5', 'deng left5']);
  });

  it('[CR40] cancels for everybody before anybody has accepted', () => {
    expect(reasons(leaving(group(), anna, at))).toEqual({ anna: 1, bao: 11, carla: 11, deng: 11 });
  });

  it('[CR45] is everybody, when nobody answers', () => {
    const call = told(group(), timesUp, t0 + times.ringMs);
    expect(reasons(call)).toEqual({ anna: 15, bao: 5, carla: 5, deng: 5 });
  });

  it('[CR51] gives the one who stays alone the reason of the last', () => {
    const declined = leaving(leaving(group(), bao, at), carla, at);
    expect(declined.endedAt).toBeUndefined();
    expect(reasons(leaving(declined, deng, at))).toEqual({ anna: 12, bao: 2, carla: 2, deng: 2 });
    const silent = told(declined, timesUp, t0 + times.ringMs);
    expect(reasons(silent)).toEqual({ anna: 15, bao: 2, carla: 2, deng: 5 });
  });

  it('[CR51] of the last two ends it: 3 and 13', () => {
    const two = leaving(three(), anna, at);
    expect(two.endedAt).toBeUndefined();
    const over = leaving(two, carla, at + 1);
    expect(reasons(over)).toEqual({ anna: 3, bao: 13, carla: 3, deng: 2 });
    expect(leg(over, 'bao').cause).toBe('call-ended');
  });

  it('[CR51] of the last two leaves the other one waiting while somebody rings', () => {
    const waiting = leaving(twoOfFour(), bao, at);
    expect(waiting.endedAt).toBeUndefined();
    const over = told(waiting, timesUp, t0 + times.ringMs);
    expect(reasons(over)).toEqual({ anna: 15, bao: 3, carla: 5, deng: 5 });
  });

  /** Their sockets die, and nobody hears them any more. */
  const vanishing = (call: CallState, ...who: readonly Viewer[]): CallState =>
    who.reduce(
      (so, { userId, deviceId }) => told(so, { type: 'device-lost', userId, deviceId }, at + 2),
      told(call, { type: 'links', ...anna, liveLegIds: [] }, at + 1),
    );
  const graceOver = at + 2 + times.graceMs;

  it('[CR155] without a word leaves nobody alone for ever: 13', () => {
    const lost = vanishing(leaving(linking(three(), at), bao, at), carla);
    const { call, rules } = accepted(tell(lost, timesUp, graceOver));
    expect(reasons(call)).toEqual({ anna: 13, bao: 3, carla: 7, deng: 2 });
    expect(rules).toEqual(['CR62', 'CR51', 'CR155']);
  });

  it('[CR155] without a word, one like the other, is told one by one, and then everybody else has left', () => {
    const lost = vanishing(linking(three(), at), bao, carla);
    const over = told(lost, timesUp, graceOver);
    expect(reasons(over)).toEqual({ anna: 13, bao: 7, carla: 7, deng: 2 });
    const heard = diffCalls(toSnapshot(lost), toSnapshot(over), anna);
    expect(heard).toEqual(
      ['bao', 'carla'].map((userId) => ({ type: 'hungup', userId, reason: 17 })),
    );
    expect(endReasonFor(toSnapshot(over), anna)).toBe(13);
  });

  it('[CR155] without a word leaves the one who stays to those who ring', () => {
    const waiting = told(vanishing(linking(twoOfFour(), at), bao), timesUp, graceOver);
    expect(waiting.endedAt).toBeUndefined();
    expect(states(waiting)).toEqual(['anna joined', 'bao left7', 'carla invited', 'deng invited']);
    expect(reasons(told(waiting, timesUp, t0 + times.ringMs))['anna']).toBe(15);
  });

  it('[CR155] without a word ends a call of two, and the rings of one who is alone with them, with 17', () => {
    const lost = apply(joined(), { type: 'device-lost', ...bao }, at);
    expect(reasons(apply(lost, timesUp, at + times.graceMs))).toEqual({ anna: 17, bao: 7 });
    const rings = told(group(), { type: 'device-lost', ...anna }, at);
    const over = told(rings, timesUp, at + times.graceMs);
    expect(reasons(over)).toEqual({ anna: 7, bao: 17, carla: 17, deng: 17 });
  });

  it('[CR65] has links that count for nothing once their other end has left', () => {
    const bLeg = leg(three(), 'bao').legId;
    const linked = told(three(), { type: 'links', ...anna, liveLegIds: [bLeg] }, at);
    expect(leg(linked, 'anna').unlinkedFrom).toBeUndefined();
    const left = leaving(linked, bao, at + 5);
    expect(leg(left, 'anna').unlinkedFrom).toBe(at + 5);
  });

  it('[CR152] is told with what was registered, once', () => {
    const user = { name: 'Bao B.' };
    const call = joining(group(), bao, at);
    const left = told(call, { type: 'leave', why: 'hangup', ...bao, user }, at);
    expect(leg(left, 'bao').user).toEqual(user);
    const next = leaving(left, carla, at);
    expect(leg(next, 'bao')).toEqual({ ...leg(left, 'bao'), user: undefined });
  });
});

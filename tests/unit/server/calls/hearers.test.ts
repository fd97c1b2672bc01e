/** CR159–CR161: what is told of a call to those who have left it, who may not hear of it, and whom it forgets. */
import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import { type CallState, toSnapshot } from '#server/calls/rules/call-state';
import { decide } from '#server/calls/rules/decide';
import { asHeardBy, hasNewsFor, isOpenFor } from '#server/calls/rules/hearers';
import { recordsFor, recordsOfForgotten } from '#server/calls/rules/records';
import { accepted, anna, bao, carla, leg, reasons, ruled, t0, world } from '../../../support/calls';
import {
  crowd,
  deng,
  group,
  groupWorld,
  inviting,
  joining,
  leaving,
  startGroup,
  states,
  three,
  told,
  twoOfFour,
} from '../../../support/group-calls';

const at = t0 + 9_000;

describe('whoever has left a call that goes on', () => {
  it('[CR159] has news of it until they know how it ended for them, and none from then on', () => {
    const before = twoOfFour();
    const left = leaving(before, deng, at);
    expect(hasNewsFor(left, 'deng', before.revision)).toBe(true);
    expect(hasNewsFor(left, 'deng', left.revision)).toBe(false);
    const on = joining(left, carla, at + 1);
    expect(hasNewsFor(on, 'deng', left.revision)).toBe(false);
    expect(hasNewsFor(on, 'deng', before.revision)).toBe(true);
    expect(hasNewsFor(on, 'bao', left.revision)).toBe(true);
    const over = leaving(leaving(on, bao, at + 2), anna, at + 3);
    expect([over.endedAt, hasNewsFor(over, 'deng', left.revision)]).toEqual([at + 3, false]);
  });

  it('[CR159] is in it again when they are asked again', () => {
    const left = leaving(twoOfFour(), deng, at);
    expect(isOpenFor(left, 'deng')).toBe(false);
    const again = told(left, inviting(anna, ['deng']), at);
    expect([isOpenFor(again, 'deng'), hasNewsFor(again, 'deng', left.revision)]).toEqual([
      true,
      true,
    ]);
  });

  it('[CR159] is in it still while their device may come back', () => {
    const lost = told(three(), { type: 'device-lost', ...bao }, at);
    expect([isOpenFor(lost, 'bao'), hasNewsFor(lost, 'bao', lost.revision - 1)]).toEqual([
      true,
      true,
    ]);
  });

  it('[CR159] learns nothing from the revision, which is the server’s own', () => {
    const [, , , row] = toSnapshot(leaving(twoOfFour(), deng, at)).legs;
    expect(row).toMatchObject({ userId: 'deng', state: 'left' });
    expect(row).not.toHaveProperty('leftRevision');
  });
});

describe('whoever has blocked the one who asks', () => {
  const asked = (call: CallState | null, command: Parameters<typeof decide>[1], nowMs: number) =>
    accepted(
      decide(
        groupWorld(call, [], { rules: ruled('bao', { blockedUserIds: ['anna'] }) }),
        command,
        nowMs,
      ),
    ).call;
  const blocked = (): CallState => asked(null, startGroup(), t0);

  it('[CR160] is busy to everybody, and has nothing to hear', () => {
    const call = blocked();
    expect(states(call)[1]).toBe('bao left4');
    expect(toSnapshot(call).legs[1]).not.toHaveProperty('isUnheard');
    expect([isOpenFor(call, 'bao'), hasNewsFor(call, 'bao', 0)]).toEqual([false, false]);
    expect(hasNewsFor(call, 'carla', 0)).toBe(true);
  });

  it('[CR160] finds nothing in the history', () => {
    const over = leaving(leaving(leaving(blocked(), carla, at), deng, at), anna, at);
    expect(recordsFor(over).map(({ userId }) => userId)).toEqual(['anna', 'carla', 'deng']);
  });

  it('[CR160] finds the call that they were in before', () => {
    const left = leaving(twoOfFour(), bao, at);
    const again = asked(left, inviting(anna, ['bao']), at + 1);
    expect(leg(again, 'bao')).toMatchObject({ reason: 4, isUnheard: true });
    expect(leg(asHeardBy(again, 'bao'), 'bao').reason).toBe(3);
    const over = leaving(leaving(leaving(again, carla, at + 2), deng, at + 2), anna, at + 2);
    expect(reasons(over)).toMatchObject({ bao: 4 });
    const own = recordsFor(over).filter(({ userId }) => userId === 'bao');
    expect(own).toMatchObject([{ endReason: 3, connectedAt: t0 + 1_000, seen: true }]);
  });
});

describe('whoever the call forgets', () => {
  it('[CR161] has a record at once, of the time they were there', () => {
    const guests = Array.from({ length: limits.legs }, (_, n) => `guest${String(n)}`);
    const knownUserIds = new Set([...crowd, ...guests]);
    const ask = (call: CallState, userId: string): CallState =>
      accepted(decide(world(call, [], { knownUserIds }), inviting(anna, [userId]), at)).call;
    const talk = group({ groupId: undefined, userIds: ['bao', 'deng'] });
    let call = leaving(joining(talk, bao, t0 + 1_000), deng, t0 + 2_000);
    for (const userId of guests.slice(0, limits.legs - 3)) {
      call = leaving(ask(call, userId), { userId, deviceId: userId }, at);
    }
    const next = ask(call, guests.at(-1) ?? '');
    expect(next.legs.some(({ userId }) => userId === 'deng')).toBe(false);
    expect(recordsOfForgotten(call, next)).toMatchObject([
      {
        ...{ userId: 'deng', recordId: 'call-1:deng', endReason: 2, endedAt: t0 + 2_000 },
        ...{ direction: 'incoming', connectedAt: 0, seen: true },
      },
    ]);
  });

  it('[CR161] is nobody as long as a leg of theirs is left', () => {
    const call = leaving(twoOfFour(), deng, at);
    expect(recordsOfForgotten(call, told(call, inviting(anna, ['deng']), at))).toEqual([]);
    expect(recordsOfForgotten(null, call)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { CallState } from '#server/calls/rules/call-state';
import type { CallCommand } from '#server/calls/rules/command';
import { decide } from '#server/calls/rules/decide';
import {
  anna,
  apply,
  bao,
  baoTwo,
  carla,
  claimed,
  errorOf,
  invited,
  joined,
  leg,
  linked,
  reasons,
  ringing,
  startCommand,
  t0,
  times,
  world,
} from '../../../support/calls';

const refuse = (call: CallState | null, command: CallCommand, nowMs = t0 + 7_000) =>
  errorOf(decide(world(call), command, nowMs));

/** A command that is accepted and changes nothing at all. */
function expectUnchanged(call: CallState, command: CallCommand, nowMs = t0 + 7_000): void {
  const decision = decide(world(call), command, nowMs);
  expect(decision).toMatchObject({ ok: true, changed: false });
  if (decision.ok) expect(decision.call).toBe(call);
}

describe('starting', () => {
  it('[CR1] joins the caller at once and invites the callee for the ring time', () => {
    const call = invited();
    expect(call.revision).toBe(1);
    expect(leg(call, 'anna')).toMatchObject({ state: 'joined', joinIndex: 0, joinedAt: t0 });
    expect(leg(call, 'bao')).toMatchObject({ state: 'invited', answerBy: t0 + 60_000 });
    expect(call.nextDeadline).toBe(t0 + 60_000);
    expect(call.endedAt).toBeUndefined();
  });

  it('[CR1] keeps what the caller wants told: media type, extra and push texts', () => {
    const extras = {
      mediaType: 2,
      extra: 'x',
      push: { callTitle: 't', callContent: 'c' },
    } as const;
    expect(apply(null, startCommand(extras), t0)).toMatchObject(extras);
  });

  it('[CR2] refuses a target that does not exist', () => {
    expect(refuse(null, startCommand({ targetId: 'nobody' }))).toBe('user-unknown');
  });

  it('[CR3] refuses a call to oneself', () => {
    expect(refuse(null, startCommand({ targetId: 'anna' }))).toBe('call-self');
  });

  it('[CR1] shows what the caller’s application registered about its user', () => {
    const call = apply(null, startCommand({ user: { name: 'Anna A.' } }), t0);
    expect(leg(call, 'anna').user).toEqual({ name: 'Anna A.' });
    expect(leg(call, 'bao').user).toBeUndefined();
  });

  it.each([
    ['is in a call', joined(), startCommand()],
    ['is being called', ringing(), startCommand({ ...bao, targetId: 'carla' })],
    ['is calling', invited(), startCommand({ targetId: 'carla' })],
  ])('[CR4] refuses a call from somebody who %s', (_what, other, command) => {
    const decision = decide(world(null, [other]), command, t0);
    expect(errorOf(decision)).toBe('call-exists');
  });

  it('[CR5] ends a call to a busy person at once, without a ring', () => {
    const command = startCommand({ ...carla, callId: 'call-2' });
    const decision = decide(world(null, [joined()]), command, t0 + 7_000);
    if (!decision.ok) throw new Error(decision.error);
    expect(decision.call).toMatchObject({ endedAt: t0 + 7_000, nextDeadline: null });
    expect(reasons(decision.call)).toEqual({ carla: 14, bao: 4 });
    expect(leg(decision.call, 'carla').cause).toBe('call-ended');
  });

  it('[CR5] does not count ended calls and calls that a person has left', () => {
    const ended = apply(joined(), { type: 'leave', ...bao, why: 'hangup' }, t0 + 6_000);
    const decision = decide(world(null, [ended]), startCommand({ ...carla }), t0 + 7_000);
    expect(decision).toMatchObject({ ok: true, rules: ['CR1'] });
  });
});

describe('ringing', () => {
  it('[CR10] counts every device that paints the ring', () => {
    const call = apply(ringing(), { type: 'ringing', ...baoTwo }, t0 + 300);
    expect(leg(call, 'bao')).toMatchObject({
      state: 'ringing',
      ringingDeviceIds: ['bao-1', 'bao-2'],
    });
  });

  it('[CR11] ignores a ring painted twice or too late', () => {
    expectUnchanged(ringing(), { type: 'ringing', ...bao });
    expectUnchanged(claimed(), { type: 'ringing', ...baoTwo });
    expectUnchanged(joined(), { type: 'ringing', ...baoTwo });
  });

  it('[CR12] forgets a ringing device whose socket died, and rings on', () => {
    const call = apply(ringing(), { type: 'device-lost', ...bao }, t0 + 1_000);
    expect(leg(call, 'bao')).toMatchObject({ state: 'ringing', ringingDeviceIds: [] });
    expect(call.nextDeadline).toBe(t0 + 60_000);
  });
});

describe('answering', () => {
  it('[CR20] gives the leg to the first device that claims, with a limit to join', () => {
    const call = claimed();
    expect(leg(call, 'bao')).toMatchObject({
      state: 'claimed',
      deviceId: 'bao-1',
      ringingDeviceIds: [],
    });
    expect(call.nextDeadline).toBe(t0 + 5_000 + 15_000);
  });

  it('[CR20] accepts a claim from a device that never said it rings', () => {
    const call = apply(invited(), { type: 'claim', ...bao }, t0 + 100);
    expect(leg(call, 'bao').state).toBe('claimed');
  });

  it('[CR21] refuses the second device', () => {
    expect(refuse(claimed(), { type: 'claim', ...baoTwo })).toBe('already-claimed');
    expect(refuse(joined(), { type: 'claim', ...baoTwo })).toBe('already-claimed');
  });

  it('[CR22] takes a repeated claim as done', () => {
    expectUnchanged(claimed(), { type: 'claim', ...bao });
    expectUnchanged(joined(), { type: 'claim', ...bao });
  });

  it('[CR30] joins with the next index: the later joiner makes the offers', () => {
    const call = joined();
    expect(leg(call, 'bao')).toMatchObject({
      state: 'joined',
      joinIndex: 1,
      joinedAt: t0 + 5_500,
      answerBy: t0 + 60_000,
    });
    expect(leg(call, 'bao').joinBy).toBeUndefined();
  });

  it('[CR30] keeps the newest that an application registered about its user, to the end', () => {
    const first = { name: 'Bao', extra: '1' };
    const rung = apply(invited(), { type: 'ringing', ...bao, user: first }, t0 + 100);
    expect(leg(rung, 'bao').user).toEqual(first);
    const answered = apply(rung, { type: 'claim', ...bao }, t0 + 200);
    expect(leg(answered, 'bao').user).toEqual(first);
    const second = { name: 'Bao', extra: '2' };
    const there = apply(answered, { type: 'join', ...bao, user: second }, t0 + 300);
    expect(leg(there, 'bao').user).toEqual(second);
    const over = apply(there, { type: 'leave', ...anna, why: 'hangup' }, t0 + 400);
    expect(leg(over, 'bao').user).toEqual(second);
    const third = { name: 'B.' };
    const gone = apply(there, { type: 'leave', ...bao, why: 'hangup', user: third }, t0 + 400);
    expect(leg(gone, 'bao').user).toEqual(third);
  });

  it('[CR31] lets nobody join without a claim of that device', () => {
    expect(refuse(ringing(), { type: 'join', ...bao })).toBe('wrong-state');
    expect(refuse(claimed(), { type: 'join', ...baoTwo })).toBe('wrong-state');
  });

  it('[CR32] takes a repeated join as done', () => {
    expectUnchanged(joined(), { type: 'join', ...bao });
  });

  it('[CR33] ends a claim that does not join in time with 8, seen as 18', () => {
    const late = t0 + 5_000 + 15_000;
    expectUnchanged(claimed(), { type: 'deadline' }, late - 1);
    const call = apply(claimed(), { type: 'deadline' }, late);
    expect(reasons(call)).toEqual({ anna: 18, bao: 8 });
    expect(leg(call, 'bao').cause).toBe('deadline');
  });
});

describe('leaving', () => {
  it.each([
    ['nobody rings yet', invited()],
    ['it rings', ringing()],
    ['the other opens its microphone', claimed()],
  ])('[CR40] cancels with 1 while %s', (_when, call) => {
    const ended = apply(call, { type: 'leave', ...anna, why: 'hangup' }, t0 + 7_000);
    expect(reasons(ended)).toEqual({ anna: 1, bao: 11 });
    expect(leg(ended, 'bao').cause).toBe('call-ended');
  });

  it('[CR41] declines with 2 and remembers the device that did', () => {
    const call = apply(ringing(), { type: 'leave', ...baoTwo, why: 'hangup' }, t0 + 7_000);
    expect(reasons(call)).toEqual({ anna: 12, bao: 2 });
    expect(leg(call, 'bao').deviceId).toBe('bao-2');
  });

  it('[CR42] hangs up with 3, whoever does it', () => {
    expect(reasons(apply(joined(), { type: 'leave', ...anna, why: 'hangup' }, t0 + 7_000))).toEqual(
      { anna: 3, bao: 13 },
    );
    expect(reasons(apply(joined(), { type: 'leave', ...bao, why: 'quit' }, t0 + 7_000))).toEqual({
      anna: 13,
      bao: 3,
    });
    expect(reasons(apply(claimed(), { type: 'leave', ...bao, why: 'hangup' }, t0 + 7_000))).toEqual(
      { anna: 13, bao: 3 },
    );
  });

  it('[CR43] leaves with 8 when the media fail', () => {
    const call = apply(claimed(), { type: 'leave', ...bao, why: 'media' }, t0 + 7_000);
    expect(reasons(call)).toEqual({ anna: 18, bao: 8 });
  });

  it.each(['quit', 'network'] as const)(
    '[CR44] does not decline for an app that leaves: %s',
    (why) => {
      const call = apply(ringing(), { type: 'leave', ...bao, why }, t0 + 7_000);
      expect(leg(call, 'bao')).toMatchObject({ state: 'ringing', ringingDeviceIds: [] });
      expectUnchanged(invited(), { type: 'leave', ...bao, why });
    },
  );

  it.each([
    ['media', 8],
    ['publish', 9],
    ['subscribe', 10],
  ] as const)('[CR43] knows no decline in a ring that ends because of %s: %i', (why, own) => {
    const call = apply(ringing(), { type: 'leave', ...bao, why }, t0 + 7_000);
    expect(reasons(call)).toEqual({ anna: own + 10, bao: own });
    expect(leg(call, 'bao').deviceId).toBe('bao-1');
  });

  it('[CR47] leaves with 7, seen as 17, when the way to the call is lost', () => {
    for (const before of [claimed(), joined()]) {
      const call = apply(before, { type: 'leave', ...bao, why: 'network' }, t0 + 7_000);
      expect(reasons(call)).toEqual({ anna: 17, bao: 7 });
    }
    const unheard = apply(invited(), { type: 'leave', ...anna, why: 'network' }, t0 + 7_000);
    expect(reasons(unheard)).toEqual({ anna: 7, bao: 17 });
  });

  it.each([
    ['publish', 9, 19],
    ['subscribe', 10, 20],
  ] as const)('[CR48] tells what failed: %s is %i, seen as %i', (why, own, seen) => {
    const byBao = apply(joined(), { type: 'leave', ...bao, why }, t0 + 7_000);
    expect(reasons(byBao)).toEqual({ anna: seen, bao: own });
    const byAnna = apply(joined(), { type: 'leave', ...anna, why }, t0 + 7_000);
    expect(reasons(byAnna)).toEqual({ anna: own, bao: seen });
  });

  it('[CR45] ends an unanswered ring with 5, seen as 15', () => {
    expectUnchanged(ringing(), { type: 'deadline' }, t0 + 59_999);
    const call = apply(ringing(), { type: 'deadline' }, t0 + 60_000);
    expect(reasons(call)).toEqual({ anna: 15, bao: 5 });
    expect(leg(call, 'bao').cause).toBe('deadline');
  });

  it('[CR46] never touches a leg that another device holds', () => {
    expect(refuse(joined(), { type: 'leave', ...baoTwo, why: 'hangup' })).toBe('already-claimed');
  });

  it('[CR46] takes leaving twice as done', () => {
    const ended = apply(joined(), { type: 'leave', ...anna, why: 'hangup' }, t0 + 7_000);
    expectUnchanged(ended, { type: 'leave', ...anna, why: 'hangup' });
    const gone = { ...joined(), legs: ended.legs.map((l, i) => (i ? leg(joined(), 'bao') : l)) };
    expectUnchanged(gone, { type: 'leave', ...anna, why: 'hangup' });
  });
});

describe('the end', () => {
  it('[CR50] ends when nobody is joined, although somebody rings', () => {
    const call = apply(invited(), { type: 'leave', ...anna, why: 'hangup' }, t0 + 1);
    expect(call.endedAt).toBe(t0 + 1);
    const decision = decide(world(invited()), { type: 'leave', ...anna, why: 'hangup' }, t0 + 1);
    expect(decision.rules).toEqual(['CR40', 'CR50']);
  });

  it('[CR51] ends when fewer than two are left', () => {
    const decision = decide(world(ringing()), { type: 'leave', ...bao, why: 'hangup' }, t0 + 1);
    expect(decision.rules).toEqual(['CR41', 'CR51']);
    expect(decision).toMatchObject({ call: { endedAt: t0 + 1, nextDeadline: null } });
  });

  it('[CR52] leaves an ended call as it is and tells those who answer', () => {
    const ended = apply(ringing(), { type: 'leave', ...anna, why: 'hangup' }, t0 + 7_000);
    expect(refuse(ended, { type: 'claim', ...bao })).toBe('call-ended');
    expect(refuse(ended, { type: 'join', ...bao })).toBe('call-ended');
    for (const type of ['ringing', 'device-lost', 'device-back'] as const) {
      expectUnchanged(ended, { type, ...bao });
    }
    expectUnchanged(ended, { type: 'links', ...anna, liveLegIds: ['leg-b'] });
    expectUnchanged(ended, { type: 'deadline' }, t0 + 999_999);
    expectUnchanged(ended, { type: 'server-restarted' });
  });

  it.each(['ringing', 'claim', 'join'] as const)(
    '[CR53] answers a stranger (%s) as if there were no call',
    (type) => {
      expect(refuse(ringing(), { type, ...carla })).toBe('call-unknown');
      expect(refuse(null, { type, ...carla })).toBe('call-unknown');
    },
  );

  it('[CR53] lets no stranger leave, report links or ask about an ended call', () => {
    const ended = apply(ringing(), { type: 'leave', ...anna, why: 'hangup' }, t0 + 7_000);
    const leave = { type: 'leave', ...carla, why: 'hangup' } as const;
    expect(refuse(ringing(), leave)).toBe('call-unknown');
    expect(refuse(ended, leave)).toBe('call-unknown');
    expect(refuse(joined(), { type: 'links', ...carla, liveLegIds: [] })).toBe('call-unknown');
  });
});

describe('connections', () => {
  const lost = (call: CallState, who: { userId: string; deviceId: string } = bao) =>
    apply(call, { type: 'device-lost', ...who }, t0 + 10_000);

  it('[CR60] runs the grace of a lost device from the moment its socket died', () => {
    const call = lost(joined());
    expect(leg(call, 'bao')).toMatchObject({ lostAt: t0 + 10_000, graceFrom: t0 + 10_000 });
    expect(call.nextDeadline).toBe(t0 + 40_000);
    expectUnchanged(call, { type: 'device-lost', ...bao });
  });

  it('[CR60] is not moved by the socket of a device that holds no leg', () => {
    expectUnchanged(joined(), { type: 'device-lost', ...baoTwo });
    expectUnchanged(claimed(), { type: 'device-lost', ...bao });
  });

  it('[CR61] stops the clocks when the device is back', () => {
    const call = apply(lost(linked()), { type: 'device-back', ...bao }, t0 + 12_000);
    expect(leg(call, 'bao').lostAt).toBeUndefined();
    expect(leg(call, 'bao').graceFrom).toBeUndefined();
    expect(call.nextDeadline).toBeNull();
    expectUnchanged(call, { type: 'device-back', ...bao });
  });

  it('[CR62] puts a device out with 7, seen as 17, when its grace has passed', () => {
    const call = lost(joined());
    expectUnchanged(call, { type: 'deadline' }, t0 + 39_999);
    const ended = apply(call, { type: 'deadline' }, t0 + 40_000);
    expect(reasons(ended)).toEqual({ anna: 17, bao: 7 });
  });

  it('[CR62] ends the ring of a caller who is lost too long', () => {
    const ended = apply(lost(ringing(), anna), { type: 'deadline' }, t0 + 40_000);
    expect(reasons(ended)).toEqual({ anna: 7, bao: 17 });
  });

  it('[CR63] runs no grace while a connected device hears the lost one', () => {
    const call = lost(linked());
    expect(leg(call, 'bao').graceFrom).toBeUndefined();
    const deaf = apply(call, { type: 'links', ...anna, liveLegIds: [] }, t0 + 50_000);
    expect(leg(deaf, 'bao').graceFrom).toBe(t0 + 50_000);
    const again = apply(deaf, { type: 'links', ...anna, liveLegIds: ['leg-b'] }, t0 + 60_000);
    expect(leg(again, 'bao').graceFrom).toBeUndefined();
  });

  it('[CR63] keeps only links to other legs of the call, and only of the joined device', () => {
    const liveLegIds = ['leg-b', 'leg-a', 'leg-of-another-call'];
    const call = apply(joined(), { type: 'links', ...anna, liveLegIds }, t0 + 6_000);
    expect(leg(call, 'anna').liveLegIds).toEqual(['leg-b']);
    expectUnchanged(call, { type: 'links', ...anna, liveLegIds });
    expectUnchanged(call, { type: 'links', ...baoTwo, liveLegIds: ['leg-a'] });
  });

  it('[CR64] forgives a lost device ten minutes at most', () => {
    const call = lost(linked());
    expect(call.nextDeadline).toBe(t0 + 10_000 + times.lostMs);
    const ended = apply(call, { type: 'deadline' }, t0 + 10_000 + times.lostMs);
    expect(reasons(ended)).toEqual({ anna: 17, bao: 7 });
  });

  it('[CR65] puts out two connected devices that find no way to each other', () => {
    const call = joined();
    expect(call.nextDeadline).toBe(t0 + 5_500 + 30_000);
    const ended = apply(call, { type: 'deadline' }, t0 + 35_500);
    expect(reasons(ended)).toEqual({ anna: 7, bao: 7 });
  });

  it('[CR65] does not blame the connected one for a link to a lost one', () => {
    const call = lost(joined());
    expect(leg(call, 'anna').unlinkedFrom).toBeUndefined();
  });

  it('[CR65] counts from when the last live link was gone', () => {
    const call = apply(linked(), { type: 'links', ...bao, liveLegIds: [] }, t0 + 20_000);
    expect(leg(call, 'bao').unlinkedFrom).toBe(t0 + 20_000);
    expect(call.nextDeadline).toBe(t0 + 50_000);
  });

  it('[CR66] counts everybody as lost after a restart, with the whole grace', () => {
    const before = lost(joined());
    const call = apply(before, { type: 'server-restarted' }, t0 + 39_000);
    for (const userId of ['anna', 'bao']) {
      expect(leg(call, userId)).toMatchObject({ lostAt: t0 + 39_000, graceFrom: t0 + 39_000 });
    }
    expect(call.nextDeadline).toBe(t0 + 69_000);
  });

  it('[CR66] moves no ring: the deadline stays, and devices show it anew', () => {
    const call = apply(ringing(), { type: 'server-restarted' }, t0 + 20_000);
    expect(leg(call, 'bao')).toMatchObject({ answerBy: t0 + 60_000, ringingDeviceIds: [] });
    expect(leg(apply(claimed(), { type: 'server-restarted' }, t0 + 6_000), 'bao').joinBy).toBe(
      t0 + 20_000,
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { DoNotDisturb } from '#protocol/messages';
import { type CallState, type LegRow, toSnapshot } from '#server/calls/rules/call-state';
import type { CallCommand, World } from '#server/calls/rules/command';
import { decide } from '#server/calls/rules/decide';
import { recordsFor } from '#server/calls/rules/records';
import { isReachWrong } from '#server/calls/rules/ring';
import {
  accepted,
  anna,
  apply,
  bao,
  baoTwo,
  carla,
  errorOf,
  invited,
  leg,
  ringing,
  ruled,
  startCommand,
  t0,
  world,
} from '../../../support/calls';
import { groupWorld, startGroup } from '../../../support/group-calls';

type Over = Partial<Pick<World, 'rules' | 'deviceIds'>>;

const switchedOn: DoNotDisturb = { until: 0, schedule: null, favouritesRing: true };
const unwilling = ruled('bao', { doNotDisturb: switchedOn, favouriteUserIds: ['carla'] });
const devices = (...deviceIds: string[]): Over => ({
  deviceIds: new Map([['bao', deviceIds]]),
});
const fromCarla = startCommand({ ...carla, callId: 'call-2' });

const begin = (over: Over, command: CallCommand = startCommand()) =>
  accepted(decide(world(null, [], over), command, t0));
const then = (call: CallState, command: CallCommand, over: Over = {}, nowMs = t0 + 1_000) =>
  accepted(decide(world(call, [], over), command, nowMs));
const ofBao = (call: CallState): LegRow => leg(call, 'bao');

describe('somebody who does not want to be disturbed', () => {
  const silent = begin({ rules: unwilling }).call;

  it('[CR15] is called without a ring, and the caller reads so', () => {
    expect(begin({ rules: unwilling }).rules).toEqual(['CR1', 'CR15']);
    expect(ofBao(silent)).toMatchObject({ state: 'invited', silenced: true });
    const shown = toSnapshot(silent).legs.find(({ userId }) => userId === 'bao');
    expect(shown).toMatchObject({ state: 'invited', silenced: true, ringingOn: 0 });
    expect(Object.keys(shown ?? {})).not.toContain('isSilencedByRules');
  });

  it('[CR15] is called out loud by a favourite, unless favourites are not to ring either', () => {
    expect(begin({ rules: unwilling }, fromCarla).rules).toEqual(['CR1']);
    const rules = ruled('bao', {
      favouriteUserIds: ['carla'],
      doNotDisturb: { ...switchedOn, favouritesRing: false },
    });
    expect(begin({ rules }, fromCarla).rules).toEqual(['CR1', 'CR15']);
  });

  it('[CR15] is asked at the moment of the invitation: what is switched later changes nothing', () => {
    const until = ruled('bao', { doNotDisturb: { ...switchedOn, until: t0 + 1 } });
    expect(begin({ rules: until }).rules).toEqual(['CR1', 'CR15']);
    expect(
      accepted(decide(world(null, [], { rules: until }), startCommand(), t0 + 1)).rules,
    ).toEqual(['CR1']);
    const painted = then(invited(), { type: 'ringing', ...bao }, { rules: unwilling });
    expect(painted.rules).toEqual(['CR10']);
    expect(ofBao(painted.call).silenced).toBeUndefined();
  });

  it.each([
    { type: 'ringing', ...bao },
    { type: 'device-back', ...bao },
    { type: 'reach', userId: 'bao' },
    { type: 'silenced', ...bao },
  ] as const)('[CR15] stays undisturbed, whatever a device says: $type', (command) => {
    const decision = then(silent, command, devices());
    expect(decision).toMatchObject({ changed: false, call: silent });
  });

  it('[CR15] may answer all the same, and the caller hears 15 when nobody does', () => {
    const claimed = then(silent, { type: 'claim', ...bao }).call;
    expect(ofBao(claimed)).toMatchObject({ state: 'claimed', deviceId: 'bao-1' });
    expect(ofBao(claimed)).not.toHaveProperty('silenced');
    const ended = apply(silent, { type: 'deadline' }, t0 + 60_000);
    expect(ofBao(ended)).toMatchObject({ reason: 5, cause: 'deadline', silenced: true });
  });

  it('[CR15] hears busy before it, is blocked before it, and meets who calls at the same time', () => {
    const other = { ...ringing(), callId: 'call-9' };
    const busy = accepted(
      decide(world(null, [other], { rules: unwilling }), startCommand({ ...carla }), t0),
    );
    expect(busy.rules).toEqual(['CR1', 'CR5', 'CR51']);
    const blocking = ruled('bao', { doNotDisturb: switchedOn, blockedUserIds: ['anna'] });
    expect(errorOf(decide(world(null, [], { rules: blocking }), startCommand(), t0))).toBe(
      'blocked',
    );
    const back = startCommand({ ...bao, targetId: 'anna', callId: 'call-2' });
    const merged = accepted(decide(world(null, [silent]), back, t0 + 500));
    expect(merged.rules).toEqual(['CR8']);
    expect(ofBao(merged.call).state).toBe('joined');
  });

  it('[CR15] is free for a favourite and may call others while such a call waits', () => {
    const through = accepted(
      decide(world(null, [silent], { rules: unwilling }), fromCarla, t0 + 500),
    );
    expect(through.rules).toEqual(['CR1']);
    expect(ofBao(through.call).silenced).toBeUndefined();
    const out = startCommand({ ...bao, targetId: 'carla', callId: 'call-2' });
    expect(accepted(decide(world(null, [silent]), out, t0 + 500)).rules).toEqual(['CR1']);
  });

  it('[CR15] is told apart from the others of a group call, and of those who are asked in later', () => {
    const started = accepted(decide(groupWorld(null, [], { rules: unwilling }), startGroup(), t0));
    expect(started.rules).toEqual(['CR100', 'CR15']);
    expect(started.call.legs.filter((one) => one.silenced).map((one) => one.userId)).toEqual([
      'bao',
    ]);
    const later = { type: 'invite', ...anna, userIds: ['deng'], legIds: ['leg-d2'] } as const;
    const gone = { type: 'leave', userId: 'deng', deviceId: 'deng-1', why: 'hangup' } as const;
    const without = accepted(decide(groupWorld(started.call), gone, t0 + 100)).call;
    const rules = ruled('deng', { doNotDisturb: switchedOn });
    const asked = accepted(decide(groupWorld(without, [], { rules }), later, t0 + 200));
    expect(asked.rules).toEqual(['CR110', 'CR15']);
    expect(leg(asked.call, 'deng')).toMatchObject({ state: 'invited', silenced: true });
  });
});

describe('devices whose systems keep them quiet', () => {
  const quiet = (call: CallState, over: Over = {}) =>
    then(call, { type: 'silenced', ...bao }, over);

  it('[CR16] silence the ring when there is no other one', () => {
    const { call, rules } = quiet(invited(), devices('bao-1'));
    expect(rules).toEqual(['CR16']);
    expect(ofBao(call)).toMatchObject({ state: 'invited', silenced: true });
    expect(toSnapshot(call).legs[1]).not.toHaveProperty('quietDeviceIds');
    expect(then(call, { type: 'silenced', ...bao }, devices('bao-1')).changed).toBe(false);
  });

  it('[CR16] leave it to another one that is connected, until that one says so, too', () => {
    const one = quiet(invited()).call;
    expect(ofBao(one).silenced).toBeUndefined();
    const both = then(one, { type: 'silenced', ...baoTwo }).call;
    expect(ofBao(both).silenced).toBe(true);
    expect(
      ofBao(then(one, { type: 'device-lost', ...baoTwo }, devices('bao-1')).call).silenced,
    ).toBe(true);
    const came = then(
      both,
      { type: 'device-back', userId: 'bao', deviceId: 'bao-3' },
      devices('bao-1', 'bao-2', 'bao-3'),
    );
    expect(ofBao(came.call).silenced).toBeUndefined();
  });

  it('[CR16] do not count one that is in another call', () => {
    const talking = apply(
      apply(invited(), { type: 'claim', ...baoTwo }, t0),
      { type: 'join', ...baoTwo },
      t0,
    );
    const second = { ...invited(), callId: 'call-2' };
    const asked = world(second, [talking]);
    const decision = accepted(decide(asked, { type: 'silenced', ...bao }, t0 + 1_000));
    expect(ofBao(decision.call).silenced).toBe(true);
  });

  it('[CR16] stop a ring that they showed, and take their word back by showing it', () => {
    const { call } = quiet(ringing(), devices('bao-1'));
    expect(ofBao(call)).toMatchObject({ state: 'ringing', ringingDeviceIds: [], silenced: true });
    const again = then(call, { type: 'ringing', ...bao }, devices('bao-1')).call;
    expect(ofBao(again).ringingDeviceIds).toEqual(['bao-1']);
    expect(ofBao(again)).not.toHaveProperty('silenced');
    expect(ofBao(again)).not.toHaveProperty('quietDeviceIds');
  });

  it('[CR16] say nothing of a call that is answered, or none of theirs', () => {
    const claimed = apply(invited(), { type: 'claim', ...baoTwo }, t0);
    expect(quiet(claimed).changed).toBe(false);
    expect(errorOf(decide(world(invited()), { type: 'silenced', ...carla }, t0))).toBe(
      'call-unknown',
    );
  });
});

describe('somebody without a device', () => {
  const nowhere = begin(devices()).call;

  it('[CR17] cannot be reached, which the caller reads at once', () => {
    expect(begin(devices()).rules).toEqual(['CR1', 'CR17']);
    expect(ofBao(nowhere)).toMatchObject({ state: 'invited', unreachable: true });
  });

  it('[CR17] cannot be reached any more when the last device goes that has not shown the ring', () => {
    const one = then(invited(), { type: 'device-lost', ...bao }, devices('bao-2'));
    expect(one.changed).toBe(false);
    const none = then(invited(), { type: 'device-lost', ...baoTwo }, devices());
    expect(none.rules).toEqual(['CR12', 'CR17']);
    expect(ofBao(none.call).unreachable).toBe(true);
    const shown = then(ringing(), { type: 'device-lost', ...bao }, devices());
    expect(ofBao(shown.call)).toMatchObject({ state: 'ringing', ringingDeviceIds: [] });
    expect(ofBao(shown.call)).not.toHaveProperty('unreachable');
  });

  it.each([
    ['device-back', { type: 'device-back', ...bao }],
    ['reach', { type: 'reach', userId: 'bao' }],
    ['ringing', { type: 'ringing', ...bao }],
  ] as const)('[CR18] can be reached again: %s', (_, command) => {
    const { call } = then(nowhere, command, devices('bao-1'));
    expect(ofBao(call)).not.toHaveProperty('unreachable');
  });

  it('[CR18] says nothing of it once they have left', () => {
    const ended = apply(nowhere, { type: 'leave', ...anna, why: 'hangup' }, t0 + 5_000);
    expect(ofBao(ended)).not.toHaveProperty('unreachable');
  });

  it('[CR17] is found by whoever compares calls with sockets, in both directions', () => {
    const row = ofBao(invited());
    expect(isReachWrong(invited(), row, true)).toBe(false);
    expect(isReachWrong(invited(), row, false)).toBe(true);
    expect(isReachWrong(nowhere, ofBao(nowhere), true)).toBe(true);
    expect(isReachWrong(nowhere, ofBao(nowhere), false)).toBe(false);
    expect(isReachWrong(ringing(), ofBao(ringing()), false)).toBe(false);
    const silent = begin({ rules: unwilling }).call;
    expect(isReachWrong(silent, ofBao(silent), false)).toBe(false);
  });
});

describe('a word with a decline', () => {
  const no = { type: 'leave', ...bao, why: 'hangup', reply: '  In ten minutes ' } as const;

  it('[CR49] is kept with the leg', () => {
    const { call, rules } = then(ringing(), no);
    expect(rules).toEqual(['CR41', 'CR49', 'CR51']);
    expect(ofBao(call)).toMatchObject({ reason: 2, reply: 'In ten minutes' });
  });

  it('[CR49] is none where it is blank, or with another leaving', () => {
    expect(then(ringing(), { ...no, reply: '   ' }).rules).toEqual(['CR41', 'CR51']);
    const claimed = apply(ringing(), { type: 'claim', ...bao }, t0 + 500);
    for (const call of [
      then(claimed, no).call,
      then(ringing(), { ...no, why: 'quit' }).call,
      then(ringing(), { ...no, why: 'media' }).call,
      then(ringing(), { ...no, ...anna }).call,
    ]) {
      expect(call.legs.every(({ reply }) => reply === undefined)).toBe(true);
    }
  });

  it('[CR84] is in both records of a private call, and in none of a group call', () => {
    const ended = then(ringing(), no).call;
    expect(recordsFor(ended).map(({ reply }) => reply)).toEqual(Array(2).fill('In ten minutes'));
    const group = accepted(decide(groupWorld(null), startGroup({ userIds: ['bao'] }), t0)).call;
    const over = accepted(decide(groupWorld(group), no, t0 + 500)).call;
    expect(over.endedAt).toBeDefined();
    expect(recordsFor(over).map(({ reply }) => reply)).toEqual([undefined, undefined]);
  });
});

describe('the history of a call', () => {
  it('[CR84] says that it was silent here, and shows it as missed', () => {
    const ended = apply(begin({ rules: unwilling }).call, { type: 'deadline' }, t0 + 60_000);
    const [ofAnna, ofTheCallee] = recordsFor(ended);
    expect(ofAnna).not.toHaveProperty('silenced');
    expect(ofTheCallee).toMatchObject({ silenced: true, seen: false, endReason: 5 });
  });

  it('[CR83] names everybody else, and who asked its user in', () => {
    let call = accepted(
      decide(groupWorld(null), startGroup({ userIds: ['bao', 'carla'] }), t0),
    ).call;
    const tell = (command: CallCommand, after: number): void => {
      call = accepted(decide(groupWorld(call), command, t0 + after)).call;
    };
    tell({ type: 'claim', ...bao }, 100);
    tell({ type: 'join', ...bao }, 200);
    tell({ type: 'invite', ...bao, userIds: ['deng'], legIds: ['leg-deng'] }, 300);
    const deng = { userId: 'deng', deviceId: 'deng-1' };
    tell({ type: 'leave', ...deng, why: 'hangup' }, 400);
    tell({ type: 'enter', ...deng, legId: 'leg-deng-2' }, 500);
    tell({ type: 'leave', ...deng, why: 'hangup' }, 600);
    tell({ type: 'leave', ...carla, why: 'hangup' }, 700);
    tell({ type: 'leave', ...anna, why: 'hangup' }, 800);
    expect(
      recordsFor(call).map(({ userId, memberIds, invitedBy }) => [userId, memberIds, invitedBy]),
    ).toEqual([
      ['anna', ['bao', 'carla', 'deng'], 'anna'],
      ['bao', ['anna', 'carla', 'deng'], 'anna'],
      ['carla', ['anna', 'bao', 'deng'], 'anna'],
      ['deng', ['anna', 'bao', 'carla'], 'bao'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Viewer } from '#protocol/snapshot';
import { decide } from '#server/calls/rules/decide';
import { type CallState, toSnapshot } from '#server/calls/rules/call-state';
import {
  accepted,
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
  world,
} from '../../../support/calls';

const later = t0 + 9_000;
const removeBao = { type: 'remove', userId: 'bao' } as const;

describe('somebody whom an admin wants out', () => {
  const rungs = [
    ['invited', invited()],
    ['ringing', ringing()],
    ['claimed', claimed()],
    ['joined', joined()],
    ['linked', linked()],
  ] as const;

  it.each(rungs)('[CR54] is due at once while %s', (_state, before) => {
    const decided = accepted(decide(world(before), removeBao, later));
    expect(decided.rules).toEqual(['CR54']);
    expect(decided.call).toMatchObject({ revision: before.revision + 1, nextDeadline: later });
    expect(decided.call.legs.map((row) => row.state)).toEqual(before.legs.map((row) => row.state));
  });

  it.each(rungs)('[CR55] is out with 23, seen as 33, while %s', (_state, before) => {
    const call = apply(apply(before, removeBao, later), { type: 'deadline' }, later);
    expect(reasons(call)).toEqual({ anna: 33, bao: 23 });
    expect(leg(call, 'bao')).toMatchObject({ cause: 'kicked', leftAt: later });
    expect(leg(call, 'bao').removeAt).toBeUndefined();
  });

  it('[CR55] may be the caller whose call rings', () => {
    const due = apply(ringing(), { type: 'remove', userId: 'anna' }, later);
    expect(reasons(apply(due, { type: 'deadline' }, later))).toEqual({ anna: 23, bao: 33 });
  });

  it('[CR55] does not escape by answering or joining in between', () => {
    const due = apply(ringing(), removeBao, later);
    const answered = apply(due, { type: 'claim', ...bao }, later + 100);
    const there = apply(answered, { type: 'join', ...bao }, later + 200);
    for (const call of [answered, there]) {
      expect(call.nextDeadline).toBe(later);
      expect(reasons(apply(call, { type: 'deadline' }, later + 900))).toEqual({
        anna: 33,
        bao: 23,
      });
    }
  });

  it('[CR54] is asked for once, and not after leaving', () => {
    const due = apply(joined(), removeBao, later);
    const ended = apply(joined(), { type: 'leave', ...bao, why: 'hangup' }, later);
    const gone = { ...joined(), legs: [leg(joined(), 'anna'), leg(ended, 'bao')] };
    for (const call of [due, ended, gone]) {
      const decision = decide(world(call), removeBao, later + 5);
      expect(decision).toMatchObject({ ok: true, changed: false });
      expect(accepted(decision).call).toBe(call);
    }
  });

  it('[CR54] is nobody outside the call, and is told to no device', () => {
    const stranger = { type: 'remove', userId: 'carla' } as const;
    expect(errorOf(decide(world(joined()), stranger, later))).toBe('call-unknown');
    expect(errorOf(decide(world(null), stranger, later))).toBe('call-unknown');
    const due = apply(joined(), removeBao, later);
    const { revision: _revision, ...shown } = toSnapshot(due);
    expect(toSnapshot(joined())).toMatchObject(shown);
    expect(JSON.stringify(shown)).not.toContain('removeAt');
  });
});

describe('a video call that becomes an audio call', () => {
  const video = () => {
    const call = apply(null, startCommand({ mediaType: 2 }), t0);
    const answered = apply(call, { type: 'claim', ...bao }, t0 + 1_000);
    return apply(answered, { type: 'join', ...bao }, t0 + 2_000);
  };
  const toAudio = { type: 'media', mediaType: 1 } as const;

  it.each([anna, bao])('[CR56] says who changed it: %o', (who) => {
    const { call, rules } = accepted(decide(world(video()), { ...toAudio, ...who }, later));
    expect(call).toMatchObject({ mediaType: 1, mediaChangedBy: who.userId });
    expect(rules).toEqual(['CR56']);
    expect(call.legs).toEqual(video().legs);
  });

  it('[CR57] stays one, and whoever changed it first', () => {
    const audio = apply(video(), { ...toAudio, ...anna }, later);
    const decision = accepted(decide(world(audio), { ...toAudio, ...bao }, later + 1));
    expect([decision.changed, decision.call.mediaChangedBy]).toEqual([false, 'anna']);
    expect(accepted(decide(world(joined()), { ...toAudio, ...bao }, later)).changed).toBe(false);
  });

  it('[CR58] is not asked for by a device that has not joined', () => {
    const asking = (call: CallState, who: Viewer = bao) =>
      errorOf(decide(world(call), { ...toAudio, ...who }, later));
    expect(asking(video(), baoTwo)).toBe('wrong-state');
    expect(asking(ringing())).toBe('wrong-state');
    expect(asking(claimed())).toBe('wrong-state');
    expect(asking(video(), carla)).toBe('call-unknown');
  });

  it('[CR52] changes nothing any more when it is over', () => {
    const over = apply(video(), { type: 'leave', ...anna, why: 'hangup' }, later);
    const decision = accepted(decide(world(over), { ...toAudio, ...bao }, later + 1));
    expect([decision.changed, decision.call]).toEqual([false, over]);
  });
});

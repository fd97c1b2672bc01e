/** Every decision names the rows of docs/call-spec.md that it applied, and no other ones. */
import { describe, expect, it } from 'vitest';
import type { CallState } from '#server/calls/rules/call-state';
import type { CallCommand } from '#server/calls/rules/command';
import { decide } from '#server/calls/rules/decide';
import { recordsFor } from '#server/calls/rules/records';
import {
  anna,
  apply,
  bao,
  baoTwo,
  carla,
  claimed,
  invited,
  joined,
  leg,
  linked,
  ringing,
  startCommand,
  t0,
  times,
  world,
} from '../../../support/calls';

const later = t0 + 10_000;

const ended = (): CallState => apply(joined(), { type: 'leave', ...anna, why: 'hangup' }, later);
const lost = (who: typeof anna | typeof bao, call = joined()): CallState =>
  apply(call, { type: 'device-lost', ...who }, later);
const toRemove = (): CallState => apply(joined(), { type: 'remove', userId: 'bao' }, later);
const leave = (why: 'hangup' | 'media' | 'network' | 'publish' | 'subscribe' | 'quit') =>
  ({ type: 'leave', why }) as const;

/** Bao is in Anna's call and Carla calls, so that nobody's device is free. */
const fromCarla = startCommand({
  ...{ callId: 'call-2', callerLegId: 'leg-c', calleeLegId: 'leg-d', ...carla },
});

describe('a decision names its rows', () => {
  const rows: readonly (readonly [string, CallState | null, CallCommand, number, string])[] = [
    ['a start', null, startCommand(), t0, 'CR1'],
    ['an unknown target', null, startCommand({ targetId: 'nobody' }), t0, 'CR2'],
    ['oneself', null, startCommand({ targetId: 'anna' }), t0, 'CR3'],
    ['no call at all', null, { type: 'ringing', ...bao }, t0, 'CR53'],
    ['the first ring', invited(), { type: 'ringing', ...bao }, later, 'CR10'],
    ['the same ring again', ringing(), { type: 'ringing', ...bao }, later, 'CR11'],
    ['a ring after the answer', claimed(), { type: 'ringing', ...baoTwo }, later, 'CR11'],
    ['a stranger’s ring', invited(), { type: 'ringing', ...carla }, later, 'CR53'],
    ['a ringing device that goes', ringing(), { type: 'device-lost', ...bao }, later, 'CR12'],
    ['one that did not ring', ringing(), { type: 'device-lost', ...baoTwo }, later, 'CR12'],
    ['a claim', ringing(), { type: 'claim', ...bao }, later, 'CR20'],
    ['a second claim', claimed(), { type: 'claim', ...baoTwo }, later, 'CR21'],
    ['the same claim again', claimed(), { type: 'claim', ...bao }, later, 'CR22'],
    ['a stranger’s claim', ringing(), { type: 'claim', ...carla }, later, 'CR53'],
    ['a claim after the end', ended(), { type: 'claim', ...bao }, later, 'CR52'],
    ['a join', claimed(), { type: 'join', ...bao }, later, 'CR30'],
    ['a join without a claim', ringing(), { type: 'join', ...bao }, later, 'CR31'],
    ['a join of another device', claimed(), { type: 'join', ...baoTwo }, later, 'CR31'],
    ['the same join again', joined(), { type: 'join', ...bao }, later, 'CR32'],
    ['a stranger’s join', claimed(), { type: 'join', ...carla }, later, 'CR53'],
    ['a join after the end', ended(), { type: 'join', ...bao }, later, 'CR52'],
    ['a cancel', ringing(), { ...leave('hangup'), ...anna }, later, 'CR40 CR50'],
    ['a cancel after the claim', claimed(), { ...leave('hangup'), ...anna }, later, 'CR40 CR50'],
    ['a decline', ringing(), { ...leave('hangup'), ...bao }, later, 'CR41 CR51'],
    ['a hang-up of the caller', joined(), { ...leave('hangup'), ...anna }, later, 'CR42 CR51'],
    ['a hang-up of the callee', joined(), { ...leave('hangup'), ...bao }, later, 'CR42 CR51'],
    ['an app that ends in a call', joined(), { ...leave('quit'), ...bao }, later, 'CR42 CR51'],
    ['a failed microphone', claimed(), { ...leave('media'), ...bao }, later, 'CR43 CR51'],
    ['one before the claim came', ringing(), { ...leave('media'), ...bao }, later, 'CR43 CR51'],
    ['an app that ends while it rings', ringing(), { ...leave('quit'), ...bao }, later, 'CR44'],
    ['a lost way while it rings', ringing(), { ...leave('network'), ...bao }, later, 'CR44'],
    ['a lost way', joined(), { ...leave('network'), ...anna }, later, 'CR47 CR51'],
    ['media not sent', joined(), { ...leave('publish'), ...anna }, later, 'CR48 CR51'],
    ['media not received', joined(), { ...leave('subscribe'), ...anna }, later, 'CR48 CR51'],
    ['a leave for another device', joined(), { ...leave('hangup'), ...baoTwo }, later, 'CR46'],
    ['a stranger’s leave', joined(), { ...leave('hangup'), ...carla }, later, 'CR53'],
    ['a leave after the end', ended(), { ...leave('hangup'), ...anna }, later, 'CR52'],
    ['a stranger’s leave after it', ended(), { ...leave('hangup'), ...carla }, later, 'CR53'],
    ['a deadline after the end', ended(), { type: 'deadline' }, later, 'CR52'],
    ['a ring too long', ringing(), { type: 'deadline' }, t0 + times.ringMs, 'CR45 CR51'],
    ['a join too late', claimed(), { type: 'deadline' }, t0 + 20_000, 'CR33 CR51'],
    ['nothing due', ringing(), { type: 'deadline' }, later, ''],
    ['a removal wished for', joined(), { type: 'remove', userId: 'bao' }, later, 'CR54'],
    ['wished for twice', toRemove(), { type: 'remove', userId: 'bao' }, later, 'CR54'],
    ['of a stranger', joined(), { type: 'remove', userId: 'carla' }, later, 'CR53'],
    ['a removal', toRemove(), { type: 'deadline' }, later, 'CR55 CR51'],
    [
      'the media of an audio call',
      joined(),
      { type: 'media', mediaType: 1, ...bao },
      later,
      'CR57',
    ],
    ['of one not joined', claimed(), { type: 'media', mediaType: 1, ...bao }, later, 'CR58'],
    ['of a twin', joined(), { type: 'media', mediaType: 1, ...baoTwo }, later, 'CR58'],
    ['of a stranger’s call', joined(), { type: 'media', mediaType: 1, ...carla }, later, 'CR53'],
    ['a dead socket', joined(), { type: 'device-lost', ...bao }, later, 'CR60'],
    ['of a twin', joined(), { type: 'device-lost', ...baoTwo }, later, 'CR60'],
    ['dead twice', lost(bao), { type: 'device-lost', ...bao }, later, 'CR60'],
    ['of a stranger', joined(), { type: 'device-lost', ...carla }, later, 'CR53'],
    ['a socket back', lost(bao), { type: 'device-back', ...bao }, later, 'CR61'],
    ['never gone', joined(), { type: 'device-back', ...bao }, later, 'CR61'],
    ['of a stranger', joined(), { type: 'device-back', ...carla }, later, 'CR61'],
    ['a grace over', lost(bao), { type: 'deadline' }, later + times.graceMs, 'CR62 CR51'],
    ['a live link', joined(), { type: 'links', ...anna, liveLegIds: ['leg-b'] }, later, 'CR63'],
    ['the same again', linked(), { type: 'links', ...anna, liveLegIds: ['leg-b'] }, later, 'CR63'],
    ['of a twin', joined(), { type: 'links', ...baoTwo, liveLegIds: ['leg-a'] }, later, 'CR63'],
    ['of a stranger', joined(), { type: 'links', ...carla, liveLegIds: [] }, later, 'CR53'],
    [
      'lost for too long',
      lost(bao, linked()),
      { type: 'deadline' },
      later + times.lostMs,
      'CR64 CR51',
    ],
    [
      'no link at all',
      joined(),
      { type: 'deadline' },
      t0 + 5_500 + times.graceMs,
      'CR65 CR65 CR50',
    ],
    ['a restart', joined(), { type: 'server-restarted' }, later, 'CR66'],
  ];

  it.each(rows)('%s', (...[, call, command, nowMs, names]) => {
    expect(decide(world(call), command, nowMs).rules.join(' ')).toBe(names);
  });

  it('when the target is busy, and when its own device is', () => {
    const busy = decide(world(null, [joined()]), fromCarla, later);
    expect(busy.rules.join(' ')).toBe('CR1 CR5 CR51');
    const second = startCommand({ callId: 'call-2', targetId: 'carla' });
    expect(decide(world(null, [joined()]), second, later).rules).toEqual(['CR4']);
  });
});

describe('links that are reported', () => {
  it('count only for legs of the call, and never for the own one', () => {
    const told = ['leg-b', 'leg-a', 'no-such-leg'];
    const next = apply(joined(), { type: 'links', ...anna, liveLegIds: told }, later);
    expect(leg(next, 'anna').liveLegIds).toEqual(['leg-b']);
  });

  it('are news when one takes the place of another', () => {
    const call = linked();
    const legs = [...call.legs, { ...leg(call, 'bao'), legId: 'leg-c', userId: 'carla' }];
    const decision = decide(
      world({ ...call, legs }),
      { type: 'links', ...anna, liveLegIds: ['leg-c'] },
      later,
    );
    expect(decision).toMatchObject({ ok: true, changed: true });
  });
});

describe('a record', () => {
  it('is unseen only for who was called and took no notice', () => {
    const seenBy = (call: CallState): Record<string, boolean> =>
      Object.fromEntries(recordsFor(call).map(({ userId, seen }) => [userId, seen]));
    const missed = apply(ringing(), { type: 'deadline' }, t0 + times.ringMs);
    expect(seenBy(missed)).toEqual({ anna: true, bao: false });
    const declined = apply(ringing(), { ...leave('hangup'), ...bao }, later);
    expect(seenBy(declined)).toEqual({ anna: true, bao: true });
    expect(seenBy(ended())).toEqual({ anna: true, bao: true });
  });

  it('does not exist while the call goes on, and names the other person', () => {
    expect(recordsFor(joined())).toEqual([]);
    expect(recordsFor(ended()).map(({ userId, targetId }) => [userId, targetId])).toEqual([
      ['anna', 'bao'],
      ['bao', 'anna'],
    ]);
  });
});

/** Calls of 3–9 people in which anything happens: what must hold after every step, and once it is quiet. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endReasonFor } from '#protocol/end-reason-for';
import { limits } from '#protocol/limits';
import type { Viewer } from '#protocol/snapshot';
import { type CallState, toSnapshot } from '#server/calls/rules/call-state';
import type { CallCommand } from '#server/calls/rules/command';
import { decide } from '#server/calls/rules/decide';
import { accepted, startCommand, t0, times, world } from '../../../support/calls';
import { checkStep } from '../../../support/decide-simulation';
import { crowd, groupWorld, inviting, linking, startGroup } from '../../../support/group-calls';

const histories = 600;

const whats = [
  ...['ringing', 'claim', 'claim', 'join', 'join', 'join', 'leave', 'quit', 'fail'],
  ...['invite', 'invite', 'invite', 'extend', 'enter', 'enter', 'video', 'audio', 'yes', 'no'],
  ...['fill', 'links', 'unlink', 'lost', 'back', 'tick', 'tick', 'restart', 'remove'],
] as const;
type What = (typeof whats)[number];

const step = fc.record({
  what: fc.constantFrom(...whats),
  who: fc.nat(9),
  named: fc.array(fc.nat(10), { minLength: 1, maxLength: 5 }),
  chance: fc.integer({ min: 0, max: 9 }),
  afterMs: fc.constantFrom(0, 200, 2_000, 6_000, 16_000, 31_000, 61_000),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const history = fc.record({
  people: fc.integer({ min: 3, max: 9 }),
  begin: fc.constantFrom('group', 'any people', 'two'),
  /** Seldom: it takes long. */
  crowded: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  steps: fc.array(step, { minLength: 10, maxLength: 80 }),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

/** One call of some of the crowd, of whom carla is in another call on one device. */
class OneCall {
  nowMs = t0;
  call: CallState | null = null;
  readonly reached = new Set<string>();
  readonly #group;
  readonly #other: CallState;

  constructor({ people, begin }: History) {
    const memberIds = new Set(crowd.slice(0, people));
    this.#group = begin === 'group' ? { groupId: 'design', memberIds } : null;
    const elsewhere = { userId: 'carla', deviceId: 'carla-2', targetId: 'outsider' };
    const outside = world(null, [], { knownUserIds: new Set(['outsider']) });
    const talk = startCommand({ ...elsewhere, callId: 'call-9' });
    this.#other = accepted(decide(outside, talk, t0)).call;
  }

  run(command: CallCommand): void {
    const others = [this.#other];
    const seen = groupWorld(this.call, others, { group: this.#group });
    const decision = decide(seen, command, this.nowMs);
    for (const rule of decision.rules) this.reached.add(rule);
    if (!decision.ok || !decision.changed) return;
    checkStep(this.call, decision.call);
    this.call = decision.call;
    checkPlaces(decision.call);
  }

  /** Whatever is due, at the time at which it is. */
  pass(ms: number): void {
    const until = this.nowMs + ms;
    for (let due = this.#due(until); due !== null; due = this.#due(until)) {
      this.nowMs = Math.max(this.nowMs, due);
      this.run({ type: 'deadline' });
    }
    this.nowMs = until;
  }

  #due(until: number): number | null {
    const due = this.call?.nextDeadline ?? null;
    return due !== null && due <= until ? due : null;
  }
}

/** Nobody is there twice, and never more than the mesh and the message carry. */
function checkPlaces({ legs }: CallState): void {
  const present = legs.filter((leg) => leg.state !== 'left').map((leg) => leg.userId);
  assert.deepEqual(present, [...new Set(present)], 'nobody is there twice');
  assert.ok(
    present.length <= limits.participants,
    'a call has no more people than the mesh carries',
  );
  assert.ok(legs.length <= limits.legs, 'a call remembers no more legs than a message carries');
}

/** Mostly of people of the call, mostly their first device. */
function deviceOf({ who, chance }: Step, { legs }: CallState): Viewer {
  const ofCall = [...new Set(legs.map((leg) => leg.userId))];
  const userId = (chance < 8 ? ofCall[who % ofCall.length] : crowd[who]) ?? '';
  return { userId, deviceId: `${userId}-${chance === 0 ? '2' : '1'}` };
}

const commands: Record<
  Exclude<What, 'tick'>,
  (from: Viewer, step: Step, call: CallState) => CallCommand
> = {
  ringing: (from) => ({ type: 'ringing', ...from }),
  claim: (from) => ({ type: 'claim', ...from }),
  join: (from) => ({ type: 'join', ...from, user: { name: 'A name' } }),
  leave: (from) => ({ type: 'leave', ...from, why: 'hangup' }),
  quit: (from) => ({ type: 'leave', ...from, why: 'quit' }),
  fail: (from) => ({ type: 'leave', ...from, why: 'media' }),
  invite: (from, { named }) => inviting(from, named.map(nameOf)),
  extend: (from, { named }) => inviting(from, named.map(nameOf), 'extend'),
  fill: (from, _step, { legs }) => {
    const present = legs.filter((leg) => leg.state !== 'left').map((leg) => leg.userId);
    const absent = crowd.filter((userId) => !present.includes(userId)).toReversed();
    return inviting(from, absent.slice(0, limits.participants - present.length));
  },
  enter: (from, _step, call) => ({
    ...({ type: 'enter', legId: `entered-${String(call.revision)}` } as const),
    ...from,
  }),
  video: (from) => ({ type: 'media', mediaType: 2, ...from }),
  audio: (from) => ({ type: 'media', mediaType: 1, ...from }),
  yes: (from) => ({ type: 'media-answer', accept: true, ...from }),
  no: (from) => ({ type: 'media-answer', accept: false, ...from }),
  links: (from, _step, { legs }) => ({
    ...({ type: 'links', ...from } as const),
    liveLegIds: legs.map((leg) => leg.legId).slice(0, limits.legs),
  }),
  unlink: (from) => ({ type: 'links', ...from, liveLegIds: [] }),
  lost: (from) => ({ type: 'device-lost', ...from }),
  back: (from) => ({ type: 'device-back', ...from }),
  restart: () => ({ type: 'server-restarted' }),
  remove: ({ userId }) => ({ type: 'remove', userId }),
};

const nameOf = (index: number): string => crowd[index] ?? 'nobody';

function begin(sim: OneCall, { people, begin: how }: History): void {
  const userIds = crowd.slice(0, people);
  if (how === 'two') {
    const bao = { userId: 'bao', deviceId: 'bao-1' };
    sim.run(startCommand());
    sim.run({ type: 'claim', ...bao });
    sim.run({ type: 'join', ...bao });
  } else {
    sim.run(startGroup({ groupId: how === 'group' ? 'design' : undefined, userIds }));
  }
}

/** Somebody is asked, and declines, until the call remembers no more. */
function crowdIn(sim: OneCall): void {
  for (let n = 0; n < limits.legs; n += 1) {
    const userId = crowd[3 + (n % 2)] ?? '';
    sim.run({ type: 'leave', userId, deviceId: `${userId}-1`, why: 'hangup' });
    sim.run(inviting({ userId: 'anna', deviceId: 'anna-1' }, [userId]));
  }
}

function play(sim: OneCall, one: Step): void {
  if (one.what === 'tick') sim.pass(one.afterMs);
  else sim.nowMs += one.afterMs === 61_000 ? 200 : one.afterMs;
  if (one.what !== 'tick' && sim.call)
    sim.run(commands[one.what](deviceOf(one, sim.call), one, sim.call));
}

/** Who is there reports its links; nobody does anything. */
function quiet(sim: OneCall): void {
  sim.pass(0);
  if (sim.call && sim.call.endedAt === undefined) sim.call = linking(sim.call, sim.nowMs);
  sim.pass(times.ringMs + times.joinMs);
}

function expectEnded({ call }: OneCall): void {
  expect(call?.endedAt).toBeDefined();
  if (!call) return;
  for (const { userId, deviceId = '' } of call.legs) {
    expect(endReasonFor(toSnapshot(call), { userId, deviceId })).not.toBeNull();
  }
}

describe('random histories of calls with several', () => {
  const reached = new Set<string>();

  it('[CR151] keep them legal: one reason each, nobody rings or sits alone for ever', () => {
    fc.assert(
      fc.property(history, (all) => {
        const sim = new OneCall(all);
        begin(sim, all);
        if (all.crowded) crowdIn(sim);
        for (const one of all.steps) play(sim, one);
        quiet(sim);
        if (sim.call?.endedAt === undefined) {
          const present = sim.call?.legs.filter(({ state }) => state !== 'left') ?? [];
          expect(present.map(({ state }) => state)).not.toContain('ringing');
          expect(present.every(({ state }) => state === 'joined')).toBe(true);
          expect(present.length).toBeGreaterThan(1);
          sim.run({ type: 'server-restarted' });
          sim.pass(times.lostMs);
        }
        expectEnded(sim);
        for (const rule of sim.reached) reached.add(rule);
      }),
      { numRuns: histories },
    );
  }, 60_000);

  /** The rarer rows have tests of their own only. */
  it('[CR150] reach what they are about', () => {
    const rows = [100, 105, 110, 111, 112, 113, 120, 130, 131, 140, 143, 150];
    expect(rows.filter((row) => !reached.has(`CR${String(row)}`))).toEqual([]);
  });
});

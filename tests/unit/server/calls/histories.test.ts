import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { JoinType } from '#protocol/primitives';
import type { CallState } from '#server/calls/rules/call-state';
import type { CallCommand } from '#server/calls/rules/command';
import { DecideSimulation, type DecideDevice, users } from '../../../support/decide-simulation';

const histories = 3_000;

const joinTypes = [0, 1, 2] as const;

/** What happens in a call, the frequent more often than the rare. */
const whats = [
  ...['start', 'start', 'start', 'ringing', 'ringing', 'claim', 'claim', 'join', 'join'],
  ...['leave', 'quit', 'fail', 'links', 'links', 'unlink', 'lost', 'lost', 'back', 'to-audio'],
  ...['tick', 'tick', 'restart', 'stranger', 'remove', 'block', 'silenced'],
] as const;

const user = { name: 'A name', extra: 'x' } as const;

/** Something that happens somewhere; numbers choose among what there is at that moment. */
const happening = fc.record({
  what: fc.constantFrom(...whats),
  who: fc.nat(7),
  call: fc.nat(3),
  target: fc.nat(9),
  joinType: fc.constantFrom(undefined, ...joinTypes),
  heard: fc.boolean(),
  twice: fc.integer({ min: 0, max: 9 }),
  afterMs: fc.constantFrom(0, 200, 2_000, 6_000, 16_000, 31_000, 61_000, 601_000),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** How each person wants to be called. */
const laws = fc.record({
  busy: fc.constantFrom('user', 'device'),
  secondDevice: fc.constantFrom(...joinTypes),
  favouriteUserIds: fc.constantFrom([], ['anna'], ['carla', 'deng']),
  doNotDisturb: fc.record({
    until: fc.constantFrom(null, null, null, null, 0, 1_030_000),
    schedule: fc.constant(null),
    favouritesRing: fc.boolean(),
  }),
});

const targets = ['anna', 'bao', 'carla', 'deng', 'nobody'] as const;

function play(sim: DecideSimulation, step: Happening): void {
  sim.nowMs += step.afterMs;
  const device = sim.devices[step.who];
  if (!device) throw new Error('no such device');
  const targetId = targets[step.target % targets.length] ?? 'nobody';
  if (step.what === 'tick') {
    sim.tick();
  } else if (step.what === 'restart') {
    sim.restart();
  } else if (step.what === 'block') {
    sim.block(device.userId, targetId);
  } else if (step.what === 'start') {
    sim.start(device, { targetId, mediaType: step.target < 5 ? 1 : 2, ...joinedBy(step) });
  } else {
    command(sim, device, { ...step, what: step.what });
  }
}

const joinedBy = ({ joinType }: Pick<Happening, 'joinType'>) =>
  joinType === undefined ? {} : { joinType };

type Told = Exclude<Happening['what'], 'tick' | 'restart' | 'start' | 'block'>;

function command(
  sim: DecideSimulation,
  device: DecideDevice,
  step: Happening & { what: Told },
): void {
  const callId = [...sim.calls.keys()].at(-1 - step.call);
  if (callId === undefined) return;
  const told = commandFor(step, involved(sim, callId, step, device), sim.calls.get(callId));
  sim.run(callId, told, step.heard);
  if (step.twice === 0) sim.run(callId, told, step.heard);
}

/** Mostly the devices of people who are in the call; now and then a stranger's. */
function involved(
  sim: DecideSimulation,
  callId: string,
  step: Happening,
  anyone: DecideDevice,
): DecideDevice {
  if (step.what === 'stranger') return anyone;
  const legs = sim.calls.get(callId)?.legs ?? [];
  const devices = sim.devices.filter((d) => legs.some((leg) => leg.userId === d.userId));
  return devices[step.who % devices.length] ?? anyone;
}

const failures = ['media', 'network', 'publish', 'subscribe'] as const;

function commandFor(
  step: Happening & { what: Told },
  { userId, deviceId }: DecideDevice,
  call: CallState | undefined,
): CallCommand {
  const from = { userId, deviceId };
  const told = step.heard ? { ...from, user } : from;
  const why = failures[step.target % failures.length] ?? 'media';
  const commands: Record<Told, CallCommand> = {
    ringing: { type: 'ringing', ...told },
    silenced: { type: 'silenced', ...from },
    claim: { type: 'claim', ...from, ...joinedBy(step) },
    stranger: { type: 'claim', ...from },
    join: { type: 'join', ...told },
    leave: {
      type: 'leave',
      ...told,
      why: 'hangup',
      ...(step.target < 5 ? { reply: 'Later' } : {}),
    },
    fail: { type: 'leave', ...from, why },
    quit: { type: 'leave', ...from, why: 'quit' },
    lost: { type: 'device-lost', ...from },
    back: { type: 'device-back', ...from },
    links: { type: 'links', ...from, liveLegIds: call?.legs.map((leg) => leg.legId) ?? [] },
    unlink: { type: 'links', ...from, liveLegIds: [] },
    'to-audio': { type: 'media', ...from, mediaType: 1 },
    remove: { type: 'remove', userId },
  };
  return commands[step.what];
}

/** How the first call of a history stands when chance takes over, so that rare situations are met often enough. */
const openings = {
  none: [],
  ringing: ['start', 'ringing'],
  talking: ['start', 'ringing', 'claim', 'join'],
  linked: ['start', 'claim', 'join', 'links', 'links-back'],
  /** The caller's socket dies while it rings at the other end; and stays dead for longer than its grace. */
  'caller-lost': ['start', 'ringing', 'caller-lost'],
  'caller-gone': ['start', 'ringing', 'caller-lost', 'grace', 'tick'],
  /** The callee's socket dies for a long time, while the caller still hears it. */
  'long-lost': ['start', 'claim', 'join', 'links', 'lost', 'long'],
  glare: ['start', 'ringing', 'call-back'],
  'blocked before': ['callee-blocks', 'start'],
  'blocked meanwhile': ['start', 'ringing', 'moment', 'caller-blocks', 'claim'],
  removed: ['start', 'claim', 'join', 'remove', 'tick'],
  audio: ['start', 'claim', 'join', 'to-audio', 'to-audio', 'twin-to-audio'],
  'way lost': ['start', 'claim', 'join', 'network'],
  /** The callee's second device calls somebody, or is called while the first one talks. */
  'twin calls': ['start', 'claim', 'join', 'twin-calls'],
  'twin is called': ['any-device', 'start', 'claim', 'join', 'third-calls', 'twin-claims'],
  'twin is refused': ['any-device', 'start', 'claim', 'join', 'third-calls', 'twin-tries'],
  'two rings': ['any-device', 'start', 'ringing', 'third-calls', 'rings', 'claims'],
  /** The callee has no device, until one is back; or both are kept quiet by their systems. */
  'nobody there': ['lost', 'twin-lost', 'start', 'back', 'ringing', 'declines'],
  quiet: ['start', 'ringing', 'silenced', 'twin-silenced'],
  'called again': ['any-device', 'start', 'claim', 'join', 'third-calls', 'rings', 'claims'],
} as const satisfies Record<string, readonly string[]>;

interface Opening {
  readonly name: keyof typeof openings;
  readonly joinType: JoinType;
}

function open(sim: DecideSimulation, { name, joinType }: Opening): void {
  const [caller, , callee, twin, third] = sim.devices;
  if (!caller || !callee || !twin || !third) throw new Error('too few devices');
  const a = { userId: caller.userId, deviceId: caller.deviceId };
  const b = { userId: callee.userId, deviceId: callee.deviceId };
  const b2 = { userId: twin.userId, deviceId: twin.deviceId };
  const rungs = {
    start: () => sim.start(caller, { targetId: b.userId, mediaType: 2 }),
    ringing: () => sim.run('call-1', { type: 'ringing', ...b, user }),
    claim: () => sim.run('call-1', { type: 'claim', ...b }),
    join: () => sim.run('call-1', { type: 'join', ...b, user }),
    links: () => sim.run('call-1', { type: 'links', ...a, liveLegIds: ['leg-1b'] }),
    'links-back': () => sim.run('call-1', { type: 'links', ...b, liveLegIds: ['leg-1a'] }),
    lost: () => sim.run('call-1', { type: 'device-lost', ...b }),
    'twin-lost': () => sim.run('call-1', { type: 'device-lost', ...b2 }),
    back: () => sim.run('call-1', { type: 'device-back', ...b }),
    silenced: () => sim.run('call-1', { type: 'silenced', ...b }),
    'twin-silenced': () => sim.run('call-1', { type: 'silenced', ...b2 }),
    declines: () => sim.run('call-1', { type: 'leave', ...b, why: 'hangup', reply: 'Later' }),
    'caller-lost': () => sim.run('call-1', { type: 'device-lost', ...a }),
    'call-back': () => sim.start(callee, { targetId: a.userId, mediaType: 1 }),
    'callee-blocks': () => sim.block(b.userId, a.userId),
    'caller-blocks': () => sim.block(a.userId, b.userId),
    remove: () => sim.run('call-1', { type: 'remove', userId: b.userId }),
    'to-audio': () => sim.run('call-1', { type: 'media', ...b, mediaType: 1 }),
    'twin-to-audio': () => sim.run('call-1', { type: 'media', ...b2, mediaType: 1 }),
    'any-device': () => sim.lay(b.userId, { busy: 'device' }),
    'twin-calls': () => sim.start(twin, { targetId: third.userId, mediaType: 1, joinType }),
    'third-calls': () => sim.start(third, { targetId: b.userId, mediaType: 1 }),
    'twin-claims': () => sim.run('call-2', { type: 'claim', ...b2, joinType }),
    'twin-tries': () => sim.run('call-2', { type: 'claim', ...b2, joinType: 1 }),
    network: () => sim.run('call-1', { type: 'leave', ...b, why: 'network' }),
    rings: () => sim.run('call-2', { type: 'ringing', ...b }),
    claims: () => sim.run('call-2', { type: 'claim', ...b, joinType }),
    tick: () => sim.tick(),
    moment: () => (sim.nowMs += 1),
    grace: () => (sim.nowMs += 31_000),
    long: () => (sim.nowMs += 590_000),
  };
  for (const rung of openings[name]) rungs[rung]();
}

describe('random histories', () => {
  const counts = new Map<string, number>();

  it('[CR51] keep every call legal, and end with one reason for each leg that all agree on', () => {
    const opening = fc.record({
      name: fc.constantFrom(...(Object.keys(openings) as (keyof typeof openings)[])),
      joinType: fc.constantFrom(...joinTypes),
    });
    const history = fc.tuple(
      opening,
      fc.array(laws, { minLength: users.length, maxLength: users.length }),
      fc.array(happening, { minLength: 8, maxLength: 40 }),
    );
    fc.assert(
      fc.property(history, ([begin, lawsOf, steps]) => {
        const sim = new DecideSimulation();
        for (const [index, userId] of users.entries()) sim.lay(userId, lawsOf[index] ?? {});
        open(sim, begin);
        for (const step of steps) play(sim, step);
        sim.settle();
        for (const rule of sim.reached) counts.set(rule, (counts.get(rule) ?? 0) + 1);
        expect(sim.unended()).toEqual([]);
        expectAgreement(sim);
      }),
      { numRuns: histories },
    );
  }, 60_000);

  it('[CR52] reach every row of the spec in at least one of a hundred', () => {
    const rows = specRows();
    const rare = rows.filter((row) => (counts.get(row) ?? 0) < histories / 100);
    expect(rare).toEqual([]);
  });

  afterAll(() => {
    const shares = specRows().map((row) => `${row} ${String(counts.get(row) ?? 0)}`);
    process.stdout.write(`${String(histories)} histories reached: ${shares.join(', ')}\n`);
  });
});

/** After quiet, all devices of everybody concerned hold the same last word. */
function expectAgreement(sim: DecideSimulation): void {
  for (const call of sim.calls.values()) {
    const concerned = sim.devices.filter((d) => call.legs.some((leg) => leg.userId === d.userId));
    const held = concerned.map((device) => JSON.stringify(device.held.get(call.callId)));
    expect(new Set(held).size).toBe(1);
    expect(concerned[0]?.held.get(call.callId)?.revision).toBe(call.revision);
  }
}

/** The rows of calls with several (CR100 and up) have histories of their own. */
function specRows(): string[] {
  const spec = readFileSync(join(import.meta.dirname, '../../../../docs/call-spec.md'), 'utf8');
  return [...spec.matchAll(/^\| (CR\d{1,2}) +\|/gm)].map((match) => match[1] ?? '');
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { CallCommand } from '#server/calls/rules/command';
import { CallSimulation, type SimDevice } from '../../../support/call-simulation';

const histories = 3_000;

/** Something that happens somewhere; numbers choose among what there is at that moment. */
const happening = fc.record({
  what: fc.constantFrom(
    ...([
      'start',
      'start',
      'start',
      'ringing',
      'ringing',
      'claim',
      'claim',
      'join',
      'join',
    ] as const),
    ...(['leave', 'media', 'quit', 'links', 'links', 'unlink', 'lost', 'lost', 'back'] as const),
    ...(['tick', 'tick', 'restart', 'stranger'] as const),
  ),
  who: fc.nat(7),
  call: fc.nat(3),
  target: fc.nat(9),
  heard: fc.boolean(),
  twice: fc.integer({ min: 0, max: 9 }),
  afterMs: fc.constantFrom(0, 200, 2_000, 6_000, 16_000, 31_000, 61_000, 601_000),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

const targets = ['anna', 'bao', 'carla', 'deng', 'nobody'] as const;

function play(sim: CallSimulation, step: Happening): void {
  sim.nowMs += step.afterMs;
  const device = sim.devices[step.who];
  if (!device) throw new Error('no such device');
  if (step.what === 'tick') {
    sim.tick();
  } else if (step.what === 'restart') {
    sim.restart();
  } else if (step.what === 'start') {
    sim.start(device, targets[step.target % targets.length] ?? 'nobody', 1);
  } else {
    command(sim, device, { ...step, what: step.what });
  }
}

type Told = Exclude<Happening['what'], 'tick' | 'restart' | 'start'>;

function command(sim: CallSimulation, device: SimDevice, step: Happening & { what: Told }): void {
  const callId = [...sim.calls.keys()].at(-1 - step.call);
  if (callId === undefined) return;
  const told = commandFor(step.what, involved(sim, callId, step, device), sim, callId);
  sim.run(callId, told, step.heard);
  if (step.twice === 0) sim.run(callId, told, step.heard);
}

/** Mostly the devices of people who are in the call; now and then a stranger's. */
function involved(
  sim: CallSimulation,
  callId: string,
  step: Happening,
  anyone: SimDevice,
): SimDevice {
  if (step.what === 'stranger') return anyone;
  const legs = sim.calls.get(callId)?.legs ?? [];
  const devices = sim.devices.filter((d) => legs.some((leg) => leg.userId === d.userId));
  return devices[step.who % devices.length] ?? anyone;
}

function commandFor(
  what: Told,
  { userId, deviceId }: SimDevice,
  sim: CallSimulation,
  callId: string,
): CallCommand {
  const from = { userId, deviceId };
  const legIds = sim.calls.get(callId)?.legs.map((leg) => leg.legId) ?? [];
  const commands: Record<Told, CallCommand> = {
    ringing: { type: 'ringing', ...from },
    claim: { type: 'claim', ...from },
    stranger: { type: 'claim', ...from },
    join: { type: 'join', ...from },
    leave: { type: 'leave', ...from, why: 'hangup' },
    media: { type: 'leave', ...from, why: 'media' },
    quit: { type: 'leave', ...from, why: 'quit' },
    lost: { type: 'device-lost', ...from },
    back: { type: 'device-back', ...from },
    links: { type: 'links', ...from, liveLegIds: legIds },
    unlink: { type: 'links', ...from, liveLegIds: [] },
  };
  return commands[what];
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
} as const satisfies Record<string, readonly string[]>;

function open(sim: CallSimulation, opening: keyof typeof openings): void {
  const [caller, , callee] = sim.devices;
  if (!caller || !callee) throw new Error('too few devices');
  const a = { userId: caller.userId, deviceId: caller.deviceId };
  const b = { userId: callee.userId, deviceId: callee.deviceId };
  const rungs = {
    start: () => sim.start(caller, callee.userId, 2),
    ringing: () => sim.run('call-1', { type: 'ringing', ...b }),
    claim: () => sim.run('call-1', { type: 'claim', ...b }),
    join: () => sim.run('call-1', { type: 'join', ...b }),
    links: () => sim.run('call-1', { type: 'links', ...a, liveLegIds: ['leg-1b'] }),
    'links-back': () => sim.run('call-1', { type: 'links', ...b, liveLegIds: ['leg-1a'] }),
    lost: () => sim.run('call-1', { type: 'device-lost', ...b }),
    'caller-lost': () => sim.run('call-1', { type: 'device-lost', ...a }),
    tick: () => {
      sim.tick();
    },
    grace: () => (sim.nowMs += 31_000),
    long: () => (sim.nowMs += 590_000),
  };
  for (const rung of openings[opening]) rungs[rung]();
}

describe('random histories', () => {
  const counts = new Map<string, number>();

  it('[CR51] keep every call legal, and end with one reason for each leg that all agree on', () => {
    const opening = fc.constantFrom(...(Object.keys(openings) as (keyof typeof openings)[]));
    const history = fc.tuple(opening, fc.array(happening, { minLength: 8, maxLength: 40 }));
    fc.assert(
      fc.property(history, ([begin, steps]) => {
        const sim = new CallSimulation();
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
function expectAgreement(sim: CallSimulation): void {
  for (const call of sim.calls.values()) {
    const concerned = sim.devices.filter((d) => call.legs.some((leg) => leg.userId === d.userId));
    const held = concerned.map((device) => JSON.stringify(device.held.get(call.callId)));
    expect(new Set(held).size).toBe(1);
    expect(concerned[0]?.held.get(call.callId)?.revision).toBe(call.revision);
  }
}

function specRows(): string[] {
  const spec = readFileSync(join(import.meta.dirname, '../../../../docs/call-spec.md'), 'utf8');
  return [...spec.matchAll(/^\| (CR\d+) +\|/gm)].map((match) => match[1] ?? '');
}

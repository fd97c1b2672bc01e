import { describe, expect, it } from 'vitest';
import { probeMs, reachOf } from '#common/reach';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import { toSnapshot } from '#server/calls/rules/call-state';
import * as calls from '../../support/calls';

/** Anna’s call to Bao, whose leg is as given. */
function callWith(change: Partial<Leg>): CallSnapshot {
  const call = toSnapshot(calls.invited());
  const legs = call.legs.map((leg) => (leg.userId === 'bao' ? { ...leg, ...change } : leg));
  return { ...call, legs };
}

const reach = (change: Partial<Leg>, sinceMs = 0): unknown =>
  reachOf(callWith(change), 'bao', sinceMs);

describe('how far a call to somebody has got', () => {
  it('is unknown at first, and unreachable when nothing has rung for longer than a probe takes', () => {
    expect(reach({})).toBeNull();
    expect(reach({}, probeMs - 1)).toBeNull();
    expect(reach({}, probeMs)).toEqual({ kind: 'unreachable' });
  });

  it('is what the server says of it', () => {
    expect(reach({ unreachable: true })).toEqual({ kind: 'unreachable' });
    expect(reach({ silenced: true }, probeMs)).toEqual({ kind: 'silenced' });
  });

  it('is on how many devices it rings, however long', () => {
    expect(reach({ state: 'ringing', ringingOn: 2 }, 60_000)).toEqual({
      kind: 'ringing',
      devices: 2,
    });
  });

  it('is nothing any more once somebody has answered or gone, and nothing of strangers', () => {
    for (const state of ['claimed', 'joined', 'left'] as const) expect(reach({ state })).toBeNull();
    expect(reachOf(callWith({}), 'carla', probeMs)).toBeNull();
  });
});

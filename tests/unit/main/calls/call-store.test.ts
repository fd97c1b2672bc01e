/** What a device names in its heartbeats, and for how long it remembers a call. */
import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import { CallStore } from '#main/calls/call-store';
import { endedWindowMs } from '#main/calls/rules/wanted';
import { callersLeg, groupCall, left, leg, t0 } from '../../../support/group-snapshots';

const self = { userId: 'bao', deviceId: 'bao-1' };

function storeOf(...calls: readonly CallSnapshot[]): CallStore {
  const store = new CallStore(self, () => undefined);
  for (const call of calls) store.put(call, t0);
  return store;
}

const callWith = (callId: string, own: Leg): CallSnapshot => ({
  ...groupCall(1, [callersLeg(), own]),
  callId,
});

const idsOf = (calls: readonly CallSnapshot[]): string[] => calls.map(({ callId }) => callId);

describe('a device names in its heartbeats', () => {
  it('[CR159] no call that its user has left, though it goes on', () => {
    const store = storeOf(
      callWith('declined', left(leg('bao', 'invited'), 2)),
      callWith('rings', leg('bao', 'invited')),
    );
    expect(idsOf(store.named())).toEqual(['rings']);
    expect(store.isLeftOut([])).toBe(true);
    expect(store.isLeftOut(store.named())).toBe(false);
  });

  it('a call that it wants to be out of, until the server has told how that ended', () => {
    const store = storeOf(callWith('c', leg('bao', 'joined')));
    store.markOut('c', 'hangup', t0);
    expect(idsOf(store.named())).toEqual(['c']);
  });

  it('the call that it is in first, however many others ring', () => {
    const others = Array.from({ length: limits.heartbeatCalls }, (_, n) =>
      callWith(`ring-${String(n)}`, leg('bao', 'invited')),
    );
    const named = idsOf(storeOf(callWith('held', leg('bao', 'joined')), ...others).named());
    expect(named).toHaveLength(limits.heartbeatCalls);
    expect(named[0]).toBe('held');
  });
});

describe('a call that its user has left', () => {
  it('is forgotten when nothing can show it any more', () => {
    const store = storeOf(callWith('c', left(leg('bao', 'invited'), 2)));
    expect(store.forgetOld(t0 + 2 * endedWindowMs)).toEqual([]);
    expect(store.forgetOld(t0 + 2 * endedWindowMs + 1)).toEqual(['c']);
  });

  it('is remembered while its user goes back into it', async () => {
    const store = storeOf(callWith('c', left(leg('bao', 'invited'), 2)));
    await store.goInto('c', () => {
      expect(store.forgetOld(t0 + 10 * endedWindowMs)).toEqual([]);
      return Promise.resolve({ ok: true });
    });
  });
});

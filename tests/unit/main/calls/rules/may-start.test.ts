import { describe, expect, it } from 'vitest';
import { type CallState, toSnapshot } from '#server/calls/rules/call-state';
import { isFreeFor } from '#main/calls/rules/may-start';
import type { LocalFacts } from '#main/calls/rules/wanted';
import * as calls from '../../../../support/calls';

const now = calls.t0 + 1_000;

const known = (call: CallState, facts: Partial<LocalFacts> = {}) => ({
  call: toSnapshot(call),
  facts: { out: null, reply: null, isHushed: false, overSince: null, entered: true, ...facts },
});

describe('isFreeFor', () => {
  it('is true when nothing rings and nothing is held', () => {
    expect(isFreeFor('anna', [], calls.bao, now)).toBe(true);
    expect(isFreeFor('anna', [known(calls.claimed())], calls.baoTwo, now)).toBe(true);
    const over = known(calls.joined(), { out: 'hangup', overSince: now });
    expect(isFreeFor('anna', [over], calls.bao, now)).toBe(true);
  });

  it('is false while a call is held, whomever it is with and whichever run began it', () => {
    for (const entered of [true, false]) {
      const held = [known(calls.joined(), { entered })];
      expect(isFreeFor('anna', held, calls.bao, now)).toBe(false);
      expect(isFreeFor('carla', held, calls.bao, now)).toBe(false);
    }
  });

  it('is true during a ring of that very person alone', () => {
    const ring = [known(calls.ringing())];
    expect(isFreeFor('anna', ring, calls.bao, now)).toBe(true);
    expect(isFreeFor('carla', ring, calls.bao, now)).toBe(false);
    expect(isFreeFor(null, ring, calls.bao, now)).toBe(false);
  });
});

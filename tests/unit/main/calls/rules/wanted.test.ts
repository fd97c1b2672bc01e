import { describe, expect, it } from 'vitest';
import type { CallState } from '#server/calls/rules/call-state';
import { toSnapshot } from '#server/calls/rules/call-state';
import { type LocalFacts, wanted } from '#main/calls/rules/wanted';
import * as calls from '../../../../support/calls';

const nothing = { popup: null, windows: [], keepAwake: null, leave: [], strays: [] };
const now = calls.t0 + 1_000;

const known = (call: CallState, facts: Partial<LocalFacts> = {}) => ({
  call: toSnapshot(call),
  facts: { out: null, reply: null, isHushed: false, overSince: null, entered: true, ...facts },
});

describe('wanted', () => {
  it('is nothing when nothing is known', () => {
    expect(wanted([], calls.bao, now)).toEqual(nothing);
  });

  it('is a card and a hidden window for a ring', () => {
    expect(wanted([known(calls.invited())], calls.bao, now)).toEqual({
      ...nothing,
      popup: 'call-1',
      windows: [{ callId: 'call-1', shown: false, lingering: false }],
    });
  });

  it('shows the oldest of several rings', () => {
    const first = known(calls.invited());
    const second = {
      ...first,
      call: { ...first.call, callId: 'call-2', createdAt: first.call.createdAt - 1 },
    };
    expect(wanted([first, second], calls.bao, now).popup).toBe('call-2');
  });

  it.each([
    ['claimed', calls.claimed],
    ['joined', calls.joined],
  ])('is a shown window and a machine that stays awake once the call is %s', (_state, make) => {
    expect(wanted([known(make())], calls.bao, now)).toEqual({
      ...nothing,
      windows: [{ callId: 'call-1', shown: true, lingering: false }],
      keepAwake: 'machine',
    });
  });

  it('keeps the display on, too, for as long as there are pictures', () => {
    const call = calls.apply(null, calls.startCommand({ mediaType: 2 }), calls.t0);
    const withPictures = known(call);
    expect(wanted([withPictures], calls.bao, now).keepAwake).toBeNull();
    expect(wanted([withPictures], calls.anna, now).keepAwake).toBe('display');
    const voicesOnly = { ...withPictures, call: { ...withPictures.call, mediaType: 1 as const } };
    expect(wanted([voicesOnly], calls.anna, now).keepAwake).toBe('machine');
  });

  it('is nothing on the device whose twin answered', () => {
    const lost = known(calls.claimed(), { overSince: now });
    expect(wanted([lost], calls.baoTwo, now)).toEqual(nothing);
  });

  it('forgets a ring whose end was never told', () => {
    const { call, facts } = known(calls.ringing());
    const deadline = call.legs[1]?.answerBy ?? 0;
    expect(wanted([{ call, facts }], calls.bao, deadline + 5_000).popup).toBe('call-1');
    expect(wanted([{ call, facts }], calls.bao, deadline + 5_001)).toEqual(nothing);
  });

  it('is to leave what the person left and the server still counts', () => {
    const left: Partial<LocalFacts> = { out: 'hangup', overSince: now };
    expect(wanted([known(calls.ringing(), left)], calls.bao, now)).toEqual({
      ...nothing,
      leave: [{ callId: 'call-1', why: 'hangup' }],
    });
    expect(wanted([known(calls.joined(), left)], calls.bao, now)).toEqual({
      ...nothing,
      windows: [{ callId: 'call-1', shown: true, lingering: true }],
      leave: [{ callId: 'call-1', why: 'hangup' }],
    });
  });

  it('is never to leave a call that another device won', () => {
    const lost: Partial<LocalFacts> = { out: 'lost', overSince: now };
    expect(wanted([known(calls.ringing(), lost)], calls.bao, now)).toEqual(nothing);
  });

  it('keeps the window of an ended call for twenty seconds', () => {
    const call = calls.apply(
      calls.joined(),
      { type: 'leave', why: 'hangup', ...calls.anna },
      calls.t0 + 9_000,
    );
    const over = known(call, { overSince: now });
    expect(wanted([over], calls.bao, now + 20_000).windows).toHaveLength(1);
    expect(wanted([over], calls.bao, now + 20_001)).toEqual(nothing);
  });

  it('has no window for a call of a former run, and does not keep the machine awake for it', () => {
    expect(wanted([known(calls.joined(), { entered: false })], calls.bao, now)).toEqual(nothing);
  });

  it('is to leave what a former run answered and never joined', () => {
    const stray = known(calls.claimed(), { entered: false });
    expect(wanted([stray], calls.bao, now)).toEqual({ ...nothing, strays: ['call-1'] });
    expect(wanted([stray], calls.baoTwo, now).strays).toEqual([]);
  });

  it('is to leave for the reason it has', () => {
    for (const out of ['network', 'media', 'publish'] as const) {
      const left = known(calls.joined(), { out, overSince: now });
      expect(wanted([left], calls.bao, now).leave).toEqual([{ callId: 'call-1', why: out }]);
    }
  });

  it.each([true, false])('shows no ring while a call is held (in this run: %s)', (entered) => {
    const held = known(calls.joined(), { entered });
    const ring = { ...known(calls.invited()) };
    const second = { ...ring, call: { ...ring.call, callId: 'call-2' } };
    const { popup, windows } = wanted([held, second], calls.bao, now);
    expect(popup).toBeNull();
    expect(windows.map(({ callId }) => callId)).toEqual(entered ? ['call-1'] : []);
  });

  it('has no window for a call that was declined here', () => {
    const call = calls.apply(
      calls.ringing(),
      { type: 'leave', why: 'hangup', ...calls.bao },
      calls.t0 + 900,
    );
    expect(wanted([known(call, { out: 'hangup', overSince: now })], calls.bao, now)).toEqual(
      nothing,
    );
  });
});

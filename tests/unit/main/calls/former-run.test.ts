/** Calls that a former run of the app was in: it was killed, or the machine lost its power. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as calls from '../../../support/calls';
import { type Bench, deskOf } from './fakes';
import { callId, settle, snapshot, welcome } from './scenes';

beforeEach(() => void vi.useFakeTimers({ now: calls.t0 }));
afterEach(() => void vi.useRealTimers());

function startedAnew(): Bench {
  const bench = deskOf('bao');
  bench.desk.handleWelcome(welcome(snapshot.joined()));
  return bench;
}

describe('a call of a former run', () => {
  it('is offered in home and not left, without a window', async () => {
    const { desk, desktop, signaling } = startedAnew();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(desk.home.list()).toMatchObject([{ callId, phase: 'active', canReturn: true }]);
    expect(desktop.calls).toMatchObject([{ callId, canReturn: true }]);
    expect(desktop.windows.size).toBe(0);
    expect(desktop.awake).toBeNull();
    expect(signaling.all('call.leave')).toHaveLength(0);
  });

  it('is gone back into muted and without a camera: how it was left is not known', async () => {
    const { desk, desktop } = startedAnew();
    expect(desk.home.returnTo(callId)).toEqual({ ok: true, value: null });
    expect(desktop.only.shown).toBe(true);
    expect(desktop.awake).toBe('machine');
    expect(desktop.calls).toMatchObject([{ callId, canReturn: false }]);
    desk.windows.ready(desktop.only.id);
    await settle();
    expect(desktop.only.assignments).toMatchObject([
      { purpose: 'answer', accepted: true, resume: { voiceMuted: true, cameraOff: true } },
    ]);
    expect(desk.windows.mayUseDevices(desktop.only.id)).toBe(true);
  });

  it('is as the person made it, when its window has to be made anew after that', async () => {
    const { desk, desktop } = startedAnew();
    desk.home.returnTo(callId);
    const { id } = desktop.only;
    desk.windows.ready(id);
    await settle();
    desk.windows.reportMediaState(id, callId, { voiceMuted: false, cameraOff: true });
    desk.windows.ready(id);
    await settle();
    expect(desktop.only.assignments.at(-1)).toMatchObject({ resume: { voiceMuted: false } });
  });

  it('has one window however often it is gone back into', () => {
    const { desk, desktop } = startedAnew();
    desk.home.returnTo(callId);
    expect(desk.home.returnTo(callId)).toEqual({ ok: true, value: null });
    expect(desktop.shows).toEqual([desktop.only.id, desktop.only.id]);
  });

  it('is hung up from home', async () => {
    const { desk, desktop, signaling } = startedAnew();
    const hungUp = desk.home.hangUp(callId);
    expect(desktop.calls).toEqual([]);
    expect(signaling.last('call.leave').body).toEqual({ callId, why: 'hangup' });
    signaling.answer('call.leave', snapshot.hungUp());
    expect(await hungUp).toEqual({ ok: true, value: null });
    expect(desk.home.returnTo(callId)).toEqual({ ok: false, error: 'call-over' });
  });

  it('occupies this device', async () => {
    const { desk } = startedAnew();
    const click = { targetId: 'carla', mediaType: 1, switchHere: false } as const;
    expect(await desk.home.place(click)).toEqual({ ok: false, error: 'call-exists' });
  });

  it('is not offered any more when the server ended it', () => {
    const { desk, desktop } = startedAnew();
    desk.handleSnapshot(snapshot.hungUp());
    expect(desktop.calls).toEqual([]);
  });

  it('is left as lost when it was answered and never joined', () => {
    const { desk, desktop, signaling } = deskOf('bao');
    desk.handleWelcome(welcome(snapshot.claimed()));
    expect(signaling.last('call.leave').body).toEqual({ callId, why: 'network' });
    expect(desktop.windows.size).toBe(0);
    expect(desk.home.list()).toEqual([]);
  });

  it('is left by an orderly quit like any other', () => {
    const { desk, signaling } = startedAnew();
    void desk.quit();
    expect(signaling.last('call.leave').body).toEqual({ callId, why: 'quit' });
  });
});

describe('home', () => {
  it('cannot go into or end what is none of this device', async () => {
    const { desk, signaling } = deskOf('bao');
    desk.handleWelcome(welcome(snapshot.claimedElsewhere()));
    for (const id of [callId, 'unknown']) {
      expect(desk.home.returnTo(id)).toEqual({ ok: false, error: 'call-over' });
      expect(await desk.home.hangUp(id)).toEqual({ ok: false, error: 'call-over' });
    }
    expect(signaling.all('call.leave')).toHaveLength(0);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as calls from '../../../support/calls';
import { deskOf } from './fakes';
import { answered, callId, painted, placed, rung, settle, snapshot, welcome } from './scenes';

beforeEach(() => void vi.useFakeTimers({ now: calls.t0 }));
afterEach(() => void vi.useRealTimers());

describe('a ring', () => {
  it('shows the card and makes a hidden call window ready', async () => {
    const { desktop } = await painted();
    expect(desktop.popup).toMatchObject({ callId, phase: 'incoming', peer: { name: 'Anna Li' } });
    expect(desktop.only.shown).toBe(false);
    expect(desktop.only.assignments).toMatchObject([
      { purpose: 'answer', accepted: false, deviceId: 'bao-1', peer: { userId: 'anna' } },
    ]);
  });

  it('makes no call window before the card was painted: the ring comes first', async () => {
    const { desk, desktop } = await rung();
    expect(desktop.windows.size).toBe(0);
    desk.card.painted(callId);
    expect(desktop.only.shown).toBe(false);
  });

  it('that is accepted before it was painted gets its window all the same', async () => {
    const { desk, desktop, signaling } = await rung();
    const accepted = desk.card.accept(callId, false);
    desk.windows.ready(desktop.only.id);
    signaling.answer('call.claim', snapshot.claimed());
    expect(await accepted).toEqual({ ok: true, value: null });
    expect(desktop.only.shown).toBe(true);
  });

  it('is reported only when it was painted, and once', async () => {
    const { desk, signaling } = await rung();
    expect(signaling.all('call.ringing')).toHaveLength(0);
    desk.card.painted(callId);
    desk.card.painted(callId);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(signaling.all('call.ringing')).toHaveLength(1);
  });

  it.each(['rate-limited', 'internal'] as const)(
    'is reported once a second while the server answers %s, whatever else happens meanwhile',
    async (code) => {
      const { desk, signaling } = await rung();
      desk.card.painted(callId);
      signaling.refuse('call.ringing', code);
      await settle();
      for (let n = 0; n < 20; n += 1) desk.card.painted(callId);
      expect(signaling.all('call.ringing')).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(signaling.all('call.ringing')).toHaveLength(2);
      signaling.answer('call.ringing', snapshot.ringing());
      await vi.advanceTimersByTimeAsync(5_000);
      expect(signaling.all('call.ringing')).toHaveLength(2);
    },
  );

  it('is reported again on a new connection', async () => {
    const { desk, signaling } = await rung();
    desk.card.painted(callId);
    desk.handleWelcome(welcome(snapshot.invited()));
    expect(signaling.all('call.ringing')).toHaveLength(2);
  });

  it('has its card made anew when nothing was painted in 700 ms, ever more patiently', async () => {
    const { desk, desktop } = await rung();
    await vi.advanceTimersByTimeAsync(700);
    expect(desktop.rebuilt).toBe(1);
    await vi.advanceTimersByTimeAsync(2_700);
    expect(desktop.rebuilt).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(desktop.rebuilt).toBe(2);
    desk.card.painted(callId);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(desktop.rebuilt).toBe(2);
  });

  it('waits longer for the card of a page that has the ring: another page would come even later', async () => {
    const { desk, desktop } = await rung();
    desk.card.received(callId);
    await vi.advanceTimersByTimeAsync(2_700);
    expect(desktop.rebuilt).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(desktop.rebuilt).toBe(1);
    // Of the new page nothing is known yet.
    await vi.advanceTimersByTimeAsync(2_900);
    expect(desktop.rebuilt).toBe(2);
  });

  it('brings its card back ever more patiently when every page of it dies at once', async () => {
    const { desk, desktop } = await rung();
    desk.card.painted(callId);
    const backAfter: number[] = [];
    for (let crash = 0; crash < 3; crash += 1) {
      desktop.popup = null;
      const from = Date.now();
      while (desktop.popupCallId() === null) await vi.advanceTimersByTimeAsync(100);
      backAfter.push(Date.now() - from);
    }
    // Looked for each second.
    for (const [crash, rest] of [700, 2_800, 11_200].entries()) {
      expect(backAfter[crash]).toBeGreaterThanOrEqual(rest);
      expect(backAfter[crash]).toBeLessThanOrEqual(rest + 1_000);
    }
  });

  it('brings its card back when the window crashed', async () => {
    const { desktop } = await rung();
    desktop.popup = null;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(desktop.popup).toMatchObject({ callId });
  });

  it.each([
    ['the caller cancelled', snapshot.cancelled],
    ['another device answered', snapshot.claimedElsewhere],
    ['another device declined', snapshot.declinedElsewhere],
  ])('leaves no card and no window behind when %s', async (_what, last) => {
    const { desk, desktop } = await rung();
    desk.handleSnapshot(last());
    expect(desktop.popup).toBeNull();
    expect(desktop.windows.size).toBe(0);
  });

  it('leaves no card behind when every further event is lost', async () => {
    const { desktop } = await rung();
    await vi.advanceTimersByTimeAsync(60_000 + 7_000);
    expect(desktop.popup).toBeNull();
    expect(desktop.windows.size).toBe(0);
  });

  it('is out of the list of calls when its end was never told', async () => {
    const { desktop, desk } = await rung();
    expect(desktop.calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000 + 7_000);
    expect(desk.home.list()).toEqual([]);
    expect(desktop.calls).toEqual([]);
  });

  it('leaves no card behind when the heartbeat says that the call is gone', async () => {
    const { desk, desktop } = await rung();
    desk.handleGone([callId]);
    expect(desktop.popup).toBeNull();
    expect(desk.home.list()).toEqual([]);
  });

  it('leaves no card behind when the next welcome does not know the call', async () => {
    const { desk, desktop, signaling } = await rung();
    const before = signaling.beats;
    desk.handleWelcome(welcome());
    expect(signaling.beats).toBe(before + 1);
    desk.handleGone([callId]);
    expect(desktop.popup).toBeNull();
  });

  it('is still there when it only had no room in the welcome, and takes what is newer', async () => {
    const { desk, desktop } = await rung();
    desk.handleWelcome(welcome());
    expect(desktop.popup).toMatchObject({ callId });
    desk.handleSnapshot(snapshot.ringing());
    expect(desk.heartbeat().calls).toEqual({ [callId]: snapshot.ringing().revision });
    desk.handleSnapshot(snapshot.cancelled());
    expect(desktop.popup).toBeNull();
  });

  it('is not brought back by a snapshot that comes late', async () => {
    const { desk, desktop } = await rung();
    desk.handleSnapshot(snapshot.cancelled());
    desk.handleSnapshot(snapshot.ringing());
    expect(desktop.popup).toBeNull();
  });
});

describe('accepting', () => {
  it('claims at once, then shows the call window and tells its page', async () => {
    const { desk, desktop, signaling } = await painted();
    const accepted = desk.card.accept(callId, false);
    expect(signaling.last('call.claim').body).toEqual({ callId });
    expect(desktop.only).toMatchObject({ shown: false, accepted: [] });
    signaling.answer('call.claim', snapshot.claimed());
    await accepted;
    expect(desktop.popup).toBeNull();
    expect(desktop.only).toMatchObject({ shown: true, accepted: [callId] });
    expect(desktop.awake).toBe('machine');
  });

  it('tells a page that becomes ready later that the call was accepted', async () => {
    const bench = deskOf('bao');
    bench.desk.handleSnapshot(snapshot.invited());
    void bench.desk.card.accept(callId, false);
    bench.signaling.answer('call.claim', snapshot.claimed());
    await settle();
    bench.desk.windows.ready(bench.desktop.only.id);
    await settle();
    expect(bench.desktop.only.assignments).toMatchObject([{ purpose: 'answer', accepted: true }]);
    expect(bench.desktop.only.accepted).toEqual([]);
  });

  it('loses card and window, and leaves nothing, when another device was first', async () => {
    const { desk, desktop, signaling } = await rung();
    const accepted = desk.card.accept(callId, false);
    signaling.refuse('call.claim', 'already-claimed');
    expect(await accepted).toEqual({ ok: false, error: 'answered-elsewhere' });
    expect(desktop.popup).toBeNull();
    expect(desktop.windows.size).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(signaling.all('call.leave')).toHaveLength(0);
  });

  it('keeps the card for a second try when the server could not be reached', async () => {
    const { desk, desktop, signaling } = await rung();
    const accepted = desk.card.accept(callId, false);
    signaling.refuse('call.claim', 'offline');
    expect(await accepted).toEqual({ ok: false, error: 'offline' });
    expect(desktop.popup).toMatchObject({ callId });
  });
});

describe('declining', () => {
  it('takes the card away before the server answered', async () => {
    const { desk, desktop, signaling } = await rung();
    void desk.card.decline(callId);
    expect(desktop.popup).toBeNull();
    expect(desktop.windows.size).toBe(0);
    expect(signaling.last('call.leave').body).toEqual({ callId, why: 'hangup' });
  });

  it('is said again until the server has heard it', async () => {
    const { desk, signaling } = await rung();
    signaling.online = false;
    void desk.card.decline(callId);
    signaling.refuse('call.leave', 'offline');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(signaling.all('call.leave')).toHaveLength(1);
    signaling.online = true;
    desk.handleWelcome(welcome(snapshot.invited()));
    expect(signaling.all('call.leave')).toHaveLength(2);
    signaling.answer('call.leave', snapshot.declined());
    await vi.advanceTimersByTimeAsync(3_000);
    expect(signaling.all('call.leave')).toHaveLength(2);
  });
});

describe('what is declined', () => {
  it('is a ring, and nothing else', async () => {
    const { desk, signaling } = await answered();
    for (const id of [callId, 'unknown']) {
      expect(await desk.card.decline(id)).toEqual({ ok: false, error: 'call-over' });
    }
    expect(signaling.all('call.leave')).toHaveLength(0);
  });
});

describe('placing a call', () => {
  it('takes the warm window, shows it and assigns it', async () => {
    const { desk, desktop } = deskOf('anna');
    desk.home.prepare();
    desk.home.prepare();
    const { id } = desktop.only;
    desk.windows.ready(id);
    expect(desktop.only.assignments).toEqual([]);
    expect(await desk.home.place({ targetId: 'bao', mediaType: 2, switchHere: false })).toEqual({
      ok: true,
      value: null,
    });
    await settle();
    expect(desktop.only).toMatchObject({ id, shown: true });
    expect(desktop.only.assignments).toMatchObject([
      { purpose: 'place', targetId: 'bao', mediaType: 2, peer: { name: 'Bao Tran' } },
    ]);
  });

  it('gives an unused warm window back after two minutes', async () => {
    const { desk, desktop } = deskOf('anna');
    desk.home.prepare();
    await vi.advanceTimersByTimeAsync(122_000);
    expect(desktop.windows.size).toBe(0);
  });

  it('is refused while a call rings here', async () => {
    const { desk } = await rung();
    expect(await desk.home.place({ targetId: 'carla', mediaType: 1, switchHere: false })).toEqual({
      ok: false,
      error: 'call-exists',
    });
  });

  it('is refused while another start is under way, and without a connection', () => {
    const { desk, desktop, signaling } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    void desk.windows.start(desktop.only.id, { targetId: 'bao', mediaType: 1 });
    const { id } = desktop.only;
    expect(desk.windows.mayStart(id)).toEqual({ ok: false, error: 'call-exists' });
    signaling.online = false;
    expect(desk.windows.mayStart(id)).toEqual({ ok: false, error: 'offline' });
  });

  it('says with the assignment whether the call may be placed, before any device is opened', async () => {
    const { desk, desktop, signaling } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    signaling.online = false;
    desk.windows.ready(desktop.only.id);
    await settle();
    expect(desktop.only.assignments).toMatchObject([{ may: { ok: false, error: 'offline' } }]);
    // The next click is not shown what came to nothing.
    signaling.online = true;
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    desk.windows.ready(desktop.only.id);
    await settle();
    expect(desktop.only.assignments).toMatchObject([{ may: { ok: true } }]);
  });

  it.each([
    ['a double click', 1],
    ['Audio followed at once by Video', 2],
  ] as const)('opens one window at %s', async (_what, second) => {
    const { desk, desktop } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    const { id } = desktop.only;
    desk.windows.ready(id);
    await settle();
    expect(
      await desk.home.place({ targetId: 'bao', mediaType: second, switchHere: false }),
    ).toEqual({
      ok: true,
      value: null,
    });
    expect(desktop.only.id).toBe(id);
    expect(desktop.shows).toEqual([id, id]);
    await settle();
    expect(desktop.only.assignments).toMatchObject([{ mediaType: 1 }]);
    // It does not stand in its own way.
    expect(desk.windows.mayStart(id)).toEqual({ ok: true, value: null });
  });

  it('shows the window whose start the server has not answered yet', async () => {
    const { desk, desktop } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    const { id } = desktop.only;
    void desk.windows.start(id, { targetId: 'bao', mediaType: 1 });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false })).toEqual({
      ok: true,
      value: null,
    });
    expect(desktop.only.id).toBe(id);
  });

  it('replaces a window whose start was refused', async () => {
    const { desk, desktop, signaling } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    const { id } = desktop.only;
    void desk.windows.start(id, { targetId: 'bao', mediaType: 1 });
    signaling.refuse('call.start', 'call-unknown');
    await settle();
    expect(await desk.home.place({ targetId: 'bao', mediaType: 2, switchHere: false })).toEqual({
      ok: true,
      value: null,
    });
    expect(desktop.only.id).not.toBe(id);
  });

  it('replaces a window whose page never came to ask for the call', async () => {
    const { desk, desktop } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 2, switchHere: false });
    const { id } = desktop.only;
    await vi.advanceTimersByTimeAsync(5_000);
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    expect(desktop.only.id).not.toBe(id);
  });

  it('binds the window to the call, and pushes it what follows', async () => {
    const { desk, desktop, windowId } = await placed();
    desk.handleSnapshot(snapshot.ringing());
    desk.handleSnapshot(snapshot.ringing());
    expect(desktop.windows.get(windowId)?.snapshots.at(-1)).toEqual(snapshot.ringing());
    expect(desk.home.list()).toMatchObject([{ callId, phase: 'ringing', direction: 'outgoing' }]);
  });

  it('does not leave its own call when the push is faster than the reply', async () => {
    const { desk, desktop, signaling } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    const started = desk.windows.start(desktop.only.id, { targetId: 'bao', mediaType: 1 });
    desk.handleSnapshot(snapshot.ringing());
    await vi.advanceTimersByTimeAsync(2_000);
    signaling.answer('call.start', snapshot.invited());
    // The newest snapshot counts, not the one in the reply.
    expect(await started).toEqual({ ok: true, value: snapshot.ringing() });
    expect(signaling.all('call.leave')).toHaveLength(0);
  });

  it('cancels a start that was never answered by its id, at once and until it was heard', async () => {
    const { desk, desktop, signaling } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    const started = desk.windows.start(desktop.only.id, { targetId: 'bao', mediaType: 1 });
    const { id } = signaling.last('call.start');
    signaling.online = false;
    signaling.refuse('call.start', 'offline');
    expect(await started).toEqual({ ok: false, error: 'offline' });
    expect(signaling.all('call.cancel-start')).toHaveLength(0);
    signaling.online = true;
    desk.handleWelcome(welcome());
    expect(signaling.last('call.cancel-start').body).toEqual({ commandId: id });
    signaling.refuse('call.cancel-start', 'offline');
    await settle();
    desk.handleWelcome(welcome());
    signaling.last('call.cancel-start').answer({ ok: true, value: {} });
    await settle();
    desk.handleWelcome(welcome());
    expect(signaling.all('call.cancel-start')).toHaveLength(2);
  });

  it.each(['unavailable', 'internal'] as const)(
    'cancels a start that was answered with "%s", since it may have been carried out',
    async (code) => {
      const { desk, desktop, signaling } = deskOf('anna');
      void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
      const started = desk.windows.start(desktop.only.id, { targetId: 'bao', mediaType: 1 });
      const { id } = signaling.last('call.start');
      signaling.refuse('call.start', code);
      expect((await started).ok).toBe(false);
      expect(signaling.last('call.cancel-start').body).toEqual({ commandId: id });
      for (const [index, refusal] of (
        ['internal', 'unavailable', 'rate-limited'] as const
      ).entries()) {
        expect(signaling.all('call.cancel-start')).toHaveLength(index + 1);
        signaling.refuse('call.cancel-start', refusal);
        await vi.advanceTimersByTimeAsync(1_000);
      }
      // The fourth one has no answer yet: one question at a time is enough.
      await vi.advanceTimersByTimeAsync(5_000);
      expect(signaling.all('call.cancel-start')).toHaveLength(4);
      signaling.last('call.cancel-start').answer({ ok: true, value: {} });
      await vi.advanceTimersByTimeAsync(5_000);
      expect(signaling.all('call.cancel-start')).toHaveLength(4);
    },
  );

  it('cancels nothing when the start was plainly refused', async () => {
    const { desk, desktop, signaling } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    void desk.windows.start(desktop.only.id, { targetId: 'bao', mediaType: 1 });
    signaling.refuse('call.start', 'rate-limited');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(signaling.all('call.cancel-start')).toHaveLength(0);
  });

  it('leaves a call whose window was closed before the reply came', async () => {
    const { desk, desktop, signaling } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    const { id } = desktop.only;
    void desk.windows.start(id, { targetId: 'bao', mediaType: 1 });
    desktop.windows.delete(id);
    desk.windows.gone(id, false);
    signaling.answer('call.start', snapshot.invited());
    await settle();
    expect(signaling.last('call.leave').body).toEqual({ callId, why: 'hangup' });
  });
});

describe('a call window', () => {
  it('that is closed during a call leaves the call', async () => {
    const { desk, desktop, signaling } = await answered();
    desk.handleSnapshot(snapshot.joined());
    const { id } = desktop.only;
    desktop.windows.delete(id);
    desk.windows.gone(id, false);
    expect(signaling.last('call.leave').body).toEqual({ callId, why: 'hangup' });
  });

  it('may speak for its own call only', async () => {
    const { desk, signaling } = await answered();
    const signal = { callId, fromLeg: 'a', toLeg: 'b', linkId: 'l', payload: 'x' };
    expect(await desk.windows.join(99, { callId })).toEqual({ ok: false, error: 'call-over' });
    expect(await desk.windows.leave(99, { callId, why: 'hangup' })).toEqual({
      ok: false,
      error: 'call-over',
    });
    desk.windows.sendSignal(99, signal);
    desk.windows.reportLiveLinks(99, callId, ['leg-a']);
    expect(signaling.signals).toEqual([]);
    expect(desk.heartbeat().live).toEqual({ [callId]: [] });
  });

  it('gets the signals of its own call', async () => {
    const { desk, desktop } = await answered();
    const signal = { callId, fromLeg: 'a', toLeg: 'b', linkId: 'l', payload: 'x' };
    desk.handleSignal(signal);
    desk.handleSignal({ ...signal, callId: 'other' });
    expect(desktop.only.signals).toEqual([signal]);
  });

  it('stays to show why the call ended, and is taken away after twenty seconds', async () => {
    const { desk, desktop } = await answered();
    desk.handleSnapshot(snapshot.hungUp());
    expect(desktop.only.shown).toBe(true);
    expect(desktop.only.snapshots.at(-1)?.endedAt).toBeDefined();
    expect(desktop.awake).toBeNull();
    await vi.advanceTimersByTimeAsync(19_000);
    expect(desktop.windows.size).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(desktop.windows.size).toBe(0);
  });

  it('stays while its own hang-up is on the way', async () => {
    const { desk, desktop, signaling } = await answered();
    void desk.windows.leave(desktop.only.id, { callId, why: 'hangup' });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(desktop.windows.size).toBe(1);
    expect(signaling.all('call.leave')).toHaveLength(1);
  });

  it('hears that the call is gone when the server forgot it, with the unknown reason', async () => {
    const { desk, desktop } = await answered();
    desk.handleGone([callId]);
    const last = desktop.only.snapshots.at(-1);
    expect(last?.legs.every((leg) => leg.state === 'left')).toBe(true);
  });

  it('gets everything anew when its page was loaded again', async () => {
    const { desk, desktop } = await answered();
    desk.windows.ready(desktop.only.id);
    await settle();
    expect(desktop.only.assignments).toHaveLength(2);
    expect(desktop.only.assignments[1]).toMatchObject({ accepted: true });
  });
});

describe('what a call window may not do', () => {
  const audio = { targetId: 'bao', mediaType: 1 } as const;
  const refused = { ok: false, error: 'call-over' };

  it('is to start a call from a window that no click opened', async () => {
    const { desk, desktop, signaling } = deskOf('anna');
    desk.home.prepare();
    expect(await desk.windows.start(desktop.only.id, audio)).toEqual(refused);
    expect(await desk.windows.start(99, audio)).toEqual(refused);
    expect(signaling.all('call.start')).toHaveLength(0);
  });

  it('is to claim the call that rings in it, which would open the devices unseen', async () => {
    const { desk, desktop, signaling } = await painted();
    expect(await desk.windows.claim(desktop.only.id, { callId })).toEqual(refused);
    expect(signaling.all('call.claim')).toHaveLength(0);
    expect(desk.windows.mayUseDevices(desktop.only.id)).toBe(false);
    void desk.card.accept(callId, false);
    void desk.windows.claim(desktop.only.id, { callId });
    expect(signaling.all('call.claim')).toHaveLength(2);
  });

  it('is to start a call from a window that rings', async () => {
    const { desk, desktop, signaling } = await painted();
    expect(await desk.windows.start(desktop.only.id, { ...audio, targetId: 'anna' })).toEqual(
      refused,
    );
    expect(signaling.all('call.start')).toHaveLength(0);
  });

  it.each([
    ['another person', { targetId: 'carla', mediaType: 1 }],
    ['another kind of call', { targetId: 'bao', mediaType: 2 }],
  ] as const)('is to start a call to %s than was clicked', async (_what, body) => {
    const { desk, desktop, signaling } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    expect(await desk.windows.start(desktop.only.id, body)).toEqual(refused);
    expect(signaling.all('call.start')).toHaveLength(0);
  });

  it('is to start a second call, even after the first one', async () => {
    const { desk, signaling, windowId } = await placed();
    expect(await desk.windows.start(windowId, audio)).toEqual(refused);
    desk.handleSnapshot(snapshot.cancelled());
    expect(await desk.windows.start(windowId, audio)).toEqual(refused);
    expect(signaling.all('call.start')).toHaveLength(1);
  });

  it('is to use devices or to hear of ICE servers while it is warm or rings', async () => {
    const warm = deskOf('anna');
    warm.desk.home.prepare();
    const ringing = await painted();
    for (const { desk, desktop, signaling } of [warm, ringing]) {
      expect(desk.windows.mayUseDevices(desktop.only.id)).toBe(false);
      expect(await desk.windows.iceServers(desktop.only.id)).toEqual(refused);
      expect(signaling.all('ice.servers')).toHaveLength(0);
    }
    expect(warm.desk.windows.mayUseDevices(99)).toBe(false);
  });

  it('is to use devices when its call is over', async () => {
    const { desk, desktop } = await answered();
    desk.handleSnapshot(snapshot.hungUp());
    expect(desk.windows.mayUseDevices(desktop.only.id)).toBe(false);
  });
});

describe('a window in a call', () => {
  it('may use devices while it places, and afterwards', async () => {
    const { desk, desktop } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    expect(desk.windows.mayUseDevices(desktop.only.id)).toBe(true);
    const then = await placed();
    expect(then.desk.windows.mayUseDevices(then.windowId)).toBe(true);
  });

  it('may use devices and hear of ICE servers from the claim on', async () => {
    const { desk, desktop, signaling } = await answered();
    expect(desk.windows.mayUseDevices(desktop.only.id)).toBe(true);
    void desk.windows.iceServers(desktop.only.id);
    expect(signaling.all('ice.servers')).toHaveLength(1);
  });
});

describe('a welcome that does not know a call this desk is in', () => {
  it('is asked by a heartbeat why it ended, and the person reads the true reason', async () => {
    const { desk, desktop, signaling } = await answered();
    const before = signaling.beats;
    desk.handleWelcome(welcome());
    expect(signaling.beats).toBe(before + 1);
    expect(desk.home.list()).toMatchObject([{ endReason: null }]);
    desk.handleSnapshot(snapshot.hungUp());
    const told = desktop.only.snapshots.at(-1)?.legs.map(({ reason }) => reason);
    expect(told).toEqual([3, 13]);
  });
});

describe('a changed network', () => {
  it('is told to the window of a call', async () => {
    const { desk, desktop } = await answered();
    desk.handleNetworkChanged();
    expect(desktop.networkChanges).toEqual([desktop.only.id]);
  });

  it('is told when the server is back, not at the first welcome', async () => {
    const { desk, desktop } = await answered();
    desk.handleWelcome(welcome(snapshot.joined()));
    expect(desktop.networkChanges).toEqual([]);
    desk.handleWelcome(welcome(snapshot.joined()));
    expect(desktop.networkChanges).toEqual([desktop.only.id]);
  });

  it('is not told to a window without a call', async () => {
    const { desk, desktop } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    desk.windows.ready(desktop.only.id);
    await settle();
    desk.handleNetworkChanged();
    expect(desktop.networkChanges).toEqual([]);
  });
});

describe('a bug in one look at the desktop', () => {
  it('does not end the looks that follow, and is logged', async () => {
    const { desktop, log } = await rung();
    desktop.callWindowIds = () => {
      throw new Error('broken');
    };
    desktop.popup = null;
    // The sweep fails; the card is brought back in the same second nevertheless.
    await vi.advanceTimersByTimeAsync(1_000);
    expect(desktop.popup).toMatchObject({ callId });
    const hide = desktop.hidePopup;
    desktop.hidePopup = () => {
      throw new Error('broken too');
    };
    await vi.advanceTimersByTimeAsync(70_000);
    desktop.hidePopup = hide;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(desktop.popup).toBeNull();
    expect(log.lines.join()).toMatch(
      /calls: tick: Error: broken .*calls: reconcile: Error: broken too/s,
    );
  });
});

describe('the heartbeat', () => {
  it('is fast from the first moment of a call and carries its live legs', async () => {
    const { desk, desktop, signaling } = await answered();
    expect(signaling.beats).toBe(1);
    desk.handleSnapshot(snapshot.joined());
    desk.windows.reportLiveLinks(desktop.only.id, callId, ['leg-a']);
    expect(signaling.beats).toBe(2);
    expect(desk.heartbeat()).toEqual({
      calls: { [callId]: snapshot.joined().revision },
      live: { [callId]: ['leg-a'] },
      inCall: true,
    });
  });

  it('does not count a ring as a call', async () => {
    const { desk } = await rung();
    expect(desk.heartbeat()).toMatchObject({ inCall: false, live: {} });
  });
});

describe('the end of a session', () => {
  it('leaves its calls as an orderly quit before anything is taken down', async () => {
    const { desk, desktop, signaling } = await answered();
    const quit = desk.quit();
    expect(signaling.last('call.leave').body).toEqual({ callId, why: 'quit' });
    expect(desktop.windows.size).toBe(1);
    signaling.answer('call.leave', snapshot.hungUp());
    await quit;
    expect(desktop.windows.size).toBe(0);
    expect(desktop.awake).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait longer than its limit', async () => {
    const { desk, desktop } = await answered();
    const quit = desk.quit();
    await vi.advanceTimersByTimeAsync(1_500);
    await quit;
    expect(desktop.windows.size).toBe(0);
  });

  it('writes one line per phase and no names', async () => {
    const { desk, log } = await answered();
    desk.handleSnapshot(snapshot.hungUp());
    expect(log.lines.filter((line) => line.includes(`call ${callId}`))).toEqual([
      `info call ${callId}: new → incoming`,
      `info call ${callId}: incoming → connecting`,
      `info call ${callId}: connecting → ended (13)`,
    ]);
    expect(log.lines.join()).not.toContain('Anna');
  });
});

/** Two calls that meet: the same two people, a second ring, a second device, and the call after the last one. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallSnapshot } from '#protocol/snapshot';
import * as calls from '../../../support/calls';
import { type Bench, deskOf } from './fakes';
import { answered, callId, painted, placed, rung, settle, snapshot } from './scenes';

beforeEach(() => void vi.useFakeTimers({ now: calls.t0 }));
afterEach(() => void vi.useRealTimers());

const click = { targetId: 'anna', mediaType: 1, switchHere: false } as const;
const audio = { targetId: 'anna', mediaType: 1 } as const;

/** The same call with video; Anna's ring at Bao's. */
const asVideo = (call: CallSnapshot): CallSnapshot => ({ ...call, mediaType: 2 });

describe('two people who call each other', () => {
  /** Bao clicked on Anna; while his devices open, her call rings at his desk. */
  async function met(): Promise<Bench & { windowId: number }> {
    const bench = deskOf('bao');
    void bench.desk.home.place(click);
    const windowId = bench.desktop.only.id;
    bench.desk.windows.ready(windowId);
    bench.desk.handleSnapshot(snapshot.invited());
    bench.desk.card.painted(callId);
    await settle();
    return { ...bench, windowId };
  }

  it('are in one call, in the window that placed it', async () => {
    const { desk, desktop, signaling, windowId } = await met();
    expect(desktop.popup).toMatchObject({ callId });
    expect(desktop.windows.size).toBe(2);
    const started = desk.windows.start(windowId, audio);
    signaling.answer('call.start', snapshot.joined());
    expect(await started).toEqual({ ok: true, value: snapshot.joined() });
    expect(desktop.only).toMatchObject({ id: windowId, shown: true });
    expect(desktop.popup).toBeNull();
    expect(desk.home.list()).toMatchObject([{ callId, phase: 'active', canReturn: false }]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(signaling.all('call.leave')).toHaveLength(0);
  });

  it('are in one call when the push was faster than the answer', async () => {
    const { desk, desktop, signaling, windowId } = await met();
    void desk.windows.start(windowId, audio);
    desk.handleSnapshot(snapshot.joined());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(desk.home.list()).toMatchObject([{ callId, canReturn: false }]);
    signaling.answer('call.start', snapshot.joined());
    await settle();
    expect(desktop.only.id).toBe(windowId);
    expect(desk.heartbeat().inCall).toBe(true);
    expect(signaling.all('call.leave')).toHaveLength(0);
  });

  it('are in one call when the card was accepted before the devices were open', async () => {
    const { desk, desktop, signaling, windowId } = await met();
    const accepted = desk.card.accept(callId, false);
    signaling.answer('call.claim', snapshot.claimed());
    await accepted;
    expect(desktop.only.id).not.toBe(windowId);
    expect(desktop.only.shown).toBe(true);
    expect(await desk.windows.start(windowId, audio)).toEqual({ ok: false, error: 'call-over' });
  });

  it('are in one call when the card was accepted while the start was on its way', async () => {
    const { desk, desktop, signaling, windowId } = await met();
    void desk.windows.start(windowId, audio);
    void desk.card.accept(callId, false);
    signaling.answer('call.claim', snapshot.claimed());
    await settle();
    signaling.answer('call.start', snapshot.joined());
    await settle();
    expect(desktop.only.id).not.toBe(windowId);
    expect(desktop.only.shown).toBe(true);
    expect(signaling.all('call.leave')).toHaveLength(0);
  });

  it('need one click: to call the person who rings is to answer', async () => {
    const { desk, desktop, signaling } = await painted();
    const placing = desk.home.place(click);
    expect(signaling.last('call.claim').body).toEqual({ callId });
    signaling.answer('call.claim', snapshot.claimed());
    expect(await placing).toEqual({ ok: true, value: null });
    expect(desktop.only.shown).toBe(true);
    expect(signaling.all('call.start')).toHaveLength(0);
  });

  it('leave it to the server when one wants sound alone: no camera is opened for the other', async () => {
    const { desk, desktop, signaling } = deskOf('bao');
    desk.handleSnapshot(asVideo(snapshot.invited()));
    void desk.home.place(click);
    expect(signaling.all('call.claim')).toHaveLength(0);
    const { id } = desktop.only;
    desk.windows.ready(id);
    await settle();
    expect(desktop.only.assignments).toMatchObject([{ purpose: 'place', mediaType: 1 }]);
    expect(desk.windows.mayStart(id)).toEqual({ ok: true, value: null });
  });
});

describe('a second ring', () => {
  const second = (): CallSnapshot => ({ ...snapshot.invited(), callId: 'call-2' });

  it('is not shown and not reported while this device holds a call', async () => {
    const { desk, desktop, signaling } = await answered();
    desk.handleSnapshot(second());
    desk.card.painted('call-2');
    expect(desktop.popup).toBeNull();
    expect(desktop.windows.size).toBe(1);
    expect(signaling.all('call.ringing').map(({ body }) => body)).toEqual([{ callId }]);
  });

  it('is shown when the call before it is over', async () => {
    const { desk, desktop } = await answered();
    desk.handleSnapshot(second());
    desk.handleSnapshot(snapshot.hungUp());
    expect(desktop.popup).toMatchObject({ callId: 'call-2' });
  });
});

describe('a ring that this device cannot have', () => {
  it.each(['already-claimed', 'blocked'] as const)('goes when the server says %s', async (code) => {
    const { desk, desktop, signaling } = await rung();
    const accepted = desk.card.accept(callId, false);
    signaling.refuse('call.claim', code);
    expect((await accepted).ok).toBe(false);
    expect(desktop.popup).toBeNull();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(signaling.all('call.leave')).toHaveLength(0);
  });

  it('is not claimed when nothing rings', async () => {
    const { desk, signaling } = deskOf('bao');
    expect(await desk.card.accept(callId, false)).toEqual({ ok: false, error: 'call-over' });
    expect(signaling.asked).toEqual([]);
  });
});

describe('a call on another device of this user', () => {
  const toBao = { targetId: 'bao', mediaType: 1 } as const;

  it('is switched here by a start that says so, whatever the page says', async () => {
    const { desk, desktop, signaling } = deskOf('anna');
    void desk.home.place({ ...toBao, switchHere: true });
    void desk.windows.start(desktop.only.id, { ...toBao, joinType: 2 });
    expect(signaling.last('call.start').body).toEqual({ ...toBao, joinType: 0 });
    await settle();
  });

  it('is left to the rules of the user otherwise', () => {
    const { desk, desktop, signaling } = deskOf('anna');
    void desk.home.place({ ...toBao, switchHere: false });
    void desk.windows.start(desktop.only.id, toBao);
    expect(signaling.last('call.start').body).toEqual(toBao);
  });

  it('is switched here from the window whose start was refused', async () => {
    const { desk, desktop, signaling } = deskOf('anna');
    void desk.home.place({ ...toBao, switchHere: false });
    const { id } = desktop.only;
    const started = desk.windows.start(id, toBao);
    signaling.refuse('call.start', 'in-call-elsewhere');
    expect(await started).toEqual({ ok: false, error: 'in-call-elsewhere' });
    expect(await desk.windows.callAgain(id, true)).toEqual({ ok: true, value: null });
    void desk.windows.start(desktop.only.id, toBao);
    expect(signaling.last('call.start').body).toEqual({ ...toBao, joinType: 0 });
  });
});

describe('calling again', () => {
  it('opens a new window where the former one was, for the same call', async () => {
    const { desk, desktop, windowId } = await placed();
    desk.handleSnapshot(snapshot.declined());
    expect(await desk.windows.callAgain(windowId, false)).toEqual({ ok: true, value: null });
    const { id, shown } = desktop.only;
    expect(id).not.toBe(windowId);
    expect(shown).toBe(true);
    expect(desktop.replaced.get(id)).toBe(windowId);
    desk.windows.ready(id);
    await settle();
    expect(desktop.only.assignments).toMatchObject([
      { purpose: 'place', targetId: 'bao', mediaType: 1 },
    ]);
  });

  it('calls the caller back from the window of a call that was answered', async () => {
    const { desk, desktop } = await answered();
    desk.handleSnapshot(snapshot.hungUp());
    expect(await desk.windows.callAgain(desktop.only.id, false)).toEqual({ ok: true, value: null });
    desk.windows.ready(desktop.only.id);
    await settle();
    expect(desktop.only.assignments).toMatchObject([{ purpose: 'place', targetId: 'anna' }]);
  });

  it('is refused while the call goes on, from a warm window and from none', async () => {
    const { desk, desktop, windowId } = await placed();
    desk.home.prepare();
    const ids = desktop.callWindowIds();
    expect(ids).toHaveLength(2);
    for (const id of [...ids, 99]) {
      expect(await desk.windows.callAgain(id, false)).toEqual({ ok: false, error: 'call-exists' });
    }
    expect(desktop.callWindowIds()).toContain(windowId);
  });

  it('keeps the window when it is refused: its words say why', async () => {
    const { desk, desktop, signaling, windowId } = await placed();
    desk.handleSnapshot(snapshot.declined());
    signaling.online = false;
    expect(await desk.windows.callAgain(windowId, false)).toEqual({ ok: false, error: 'offline' });
    expect(desktop.only.id).toBe(windowId);
  });

  it('answers when that very person rings meanwhile', async () => {
    const { desk, desktop, signaling } = await answered();
    desk.handleSnapshot(snapshot.hungUp());
    desk.handleSnapshot({ ...snapshot.invited(), callId: 'call-2' });
    const former = desktop.only.id;
    const again = desk.windows.callAgain(former, false);
    expect(signaling.last('call.claim').body).toEqual({ callId: 'call-2' });
    const claimed = { ...snapshot.claimed(), callId: 'call-2' };
    signaling.answer('call.claim', claimed);
    expect(await again).toEqual({ ok: true, value: null });
    expect(desktop.only.id).not.toBe(former);
  });
});

describe('a click on another person', () => {
  it('takes the place of a window whose devices did not open', async () => {
    const { desk, desktop } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    const former = desktop.only.id;
    await vi.advanceTimersByTimeAsync(1_000);
    void desk.home.place({ targetId: 'carla', mediaType: 1, switchHere: false });
    expect(desktop.only.id).not.toBe(former);
    desk.windows.ready(desktop.only.id);
    await settle();
    expect(desktop.only.assignments).toMatchObject([{ targetId: 'carla' }]);
  });

  it('is refused while the first start is on its way', async () => {
    const { desk, desktop } = deskOf('anna');
    void desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
    void desk.windows.start(desktop.only.id, { targetId: 'bao', mediaType: 1 });
    const other = { targetId: 'carla', mediaType: 1, switchHere: false } as const;
    expect(await desk.home.place(other)).toEqual({ ok: false, error: 'call-exists' });
  });
});

describe('sound only', () => {
  it('is asked for by the window of the call alone', async () => {
    const { desk, desktop, signaling } = await answered();
    expect(await desk.windows.setMedia(99, { callId, mediaType: 1 })).toEqual({
      ok: false,
      error: 'call-over',
    });
    const asked = desk.windows.setMedia(desktop.only.id, { callId, mediaType: 1 });
    expect(signaling.last('call.media').body).toEqual({ callId, mediaType: 1 });
    const changed = { ...snapshot.joined(), mediaType: 1 as const, mediaChangedBy: 'bao' };
    signaling.answer('call.media', changed);
    expect(await asked).toEqual({ ok: true, value: changed });
  });
});

/** What becomes of a ring, a call and a try to call when the page of their window dies or is loaded anew. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as calls from '../../../support/calls';
import { type Bench, deskOf } from './fakes';
import { answered, callId, painted, placed, rung, settle, snapshot } from './scenes';

beforeEach(() => void vi.useFakeTimers({ now: calls.t0 }));
afterEach(() => void vi.useRealTimers());

const click = { targetId: 'bao', mediaType: 1, switchHere: false } as const;
const audio = { targetId: 'bao', mediaType: 1 } as const;

/** Its window is destroyed first, as in Electron. */
function crash({ desk, desktop }: Bench, windowId = desktop.only.id): number {
  desktop.windows.delete(windowId);
  desk.windows.gone(windowId, true);
  return windowId;
}

/** Bao's desk in the middle of the call. */
async function talking(): Promise<Bench> {
  const bench = await answered();
  bench.desk.handleSnapshot(snapshot.joined());
  return bench;
}

/** The page of the only window says that it is there, and has its call then. */
async function assigned({ desk, desktop }: Bench) {
  desk.windows.ready(desktop.only.id);
  await settle();
  return desktop.only.assignments.at(-1);
}

describe('a call whose window crashed', () => {
  it('gets another window where the former one was, and is not left', async () => {
    const bench = await talking();
    const former = crash(bench);
    const { desktop, signaling } = bench;
    expect(desktop.only.id).not.toBe(former);
    expect(desktop.only.shown).toBe(true);
    expect(desktop.replaced.get(desktop.only.id)).toBe(former);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(signaling.all('call.leave')).toHaveLength(0);
    expect(desktop.awake).toBe('machine');
  });

  it('goes on with what was sent last', async () => {
    const bench = await talking();
    const state = { voiceMuted: true, cameraOff: true };
    bench.desk.windows.reportMediaState(bench.desktop.only.id, callId, state);
    crash(bench);
    expect(await assigned(bench)).toMatchObject({
      ...{ purpose: 'answer', accepted: true, resume: state },
      call: { callId, legs: [{ state: 'joined' }, { state: 'joined' }] },
    });
  });

  it('goes on with the voice on when nothing was reported, and no camera in an audio call', async () => {
    const bench = await talking();
    crash(bench);
    expect(await assigned(bench)).toMatchObject({
      resume: { voiceMuted: false, cameraOff: true },
    });
  });

  it('goes on at the caller too, as a call to go on with, not as one to place', async () => {
    const bench = await placed();
    bench.desk.handleSnapshot(snapshot.ringing());
    crash(bench, bench.windowId);
    expect(await assigned(bench)).toMatchObject({ purpose: 'answer', accepted: true });
    expect(bench.signaling.all('call.start')).toHaveLength(1);
    expect(bench.signaling.all('call.leave')).toHaveLength(0);
  });

  it('counts no link of the former page as alive', async () => {
    const bench = await talking();
    bench.desk.windows.reportLiveLinks(bench.desktop.only.id, callId, ['leg-a']);
    crash(bench);
    expect(bench.desk.heartbeat().live).toEqual({ [callId]: [] });
  });

  it('is found without a word within a second', async () => {
    const { desktop, signaling } = await talking();
    const former = desktop.only.id;
    desktop.windows.clear();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(desktop.only.id).not.toBe(former);
    expect(signaling.all('call.leave')).toHaveLength(0);
  });

  it('is left as lost when its page dies again and again, and not sooner', async () => {
    const bench = await talking();
    for (let reopening = 0; reopening < 3; reopening += 1) crash(bench);
    expect(bench.desktop.windows.size).toBe(1);
    expect(bench.signaling.all('call.leave')).toHaveLength(0);
    crash(bench);
    expect(bench.desktop.windows.size).toBe(0);
    expect(bench.signaling.last('call.leave').body).toEqual({ callId, why: 'network' });
    expect(bench.desktop.awake).toBeNull();
  });

  it('is not left when its page dies once in a while', async () => {
    const bench = await talking();
    for (let reopening = 0; reopening < 6; reopening += 1) {
      crash(bench);
      await vi.advanceTimersByTimeAsync(20_001);
    }
    expect(bench.signaling.all('call.leave')).toHaveLength(0);
    expect(bench.desktop.windows.size).toBe(1);
  });

  it('is left for its own reason again when the server could not be told', async () => {
    const bench = await talking();
    for (let reopening = 0; reopening < 4; reopening += 1) crash(bench);
    bench.signaling.refuse('call.leave', 'offline');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(bench.signaling.all('call.leave')).toHaveLength(2);
    expect(bench.signaling.last('call.leave').body).toEqual({ callId, why: 'network' });
  });

  it('gets no window any more when it was over', async () => {
    const bench = await talking();
    bench.desk.handleSnapshot(snapshot.hungUp());
    crash(bench);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(bench.desktop.windows.size).toBe(0);
  });

  it('is left at once when it is the person who closes the window that came', async () => {
    const bench = await talking();
    crash(bench);
    const { id } = bench.desktop.only;
    bench.desktop.windows.delete(id);
    bench.desk.windows.gone(id, false);
    expect(bench.signaling.last('call.leave').body).toEqual({ callId, why: 'hangup' });
  });
});

describe('a call whose page was loaded anew', () => {
  it('goes on in the same window', async () => {
    const bench = await talking();
    const { id } = bench.desktop.only;
    bench.desk.windows.reportMediaState(id, callId, { voiceMuted: true, cameraOff: false });
    bench.desk.windows.reportLiveLinks(id, callId, ['leg-a']);
    expect(await assigned(bench)).toMatchObject({
      ...{ purpose: 'answer', accepted: true },
      resume: { voiceMuted: true, cameraOff: false },
    });
    expect(bench.desktop.only.id).toBe(id);
    expect(bench.desk.heartbeat().live).toEqual({ [callId]: [] });
    expect(bench.signaling.all('call.leave')).toHaveLength(0);
  });

  it('is not placed a second time', async () => {
    const bench = await placed();
    expect(await assigned(bench)).toMatchObject({ purpose: 'answer', call: { callId } });
  });

  it('has nothing to resume while it merely rings', async () => {
    const bench = await painted();
    const again = await assigned(bench);
    expect(again).toMatchObject({ purpose: 'answer', accepted: false });
    expect(again).not.toHaveProperty('resume');
  });

  it('closes when the call was over', async () => {
    const bench = await talking();
    bench.desk.handleSnapshot(snapshot.hungUp());
    bench.desk.windows.ready(bench.desktop.only.id);
    expect(bench.desktop.windows.size).toBe(0);
  });
});

describe('a ring', () => {
  it('is unharmed when its hidden window dies, and gets another one', async () => {
    const bench = await painted();
    const former = crash(bench);
    expect(bench.desktop.popup).toMatchObject({ callId });
    expect(bench.desktop.only.id).not.toBe(former);
    expect(bench.desktop.only.shown).toBe(false);
    expect(bench.signaling.all('call.leave')).toHaveLength(0);
  });

  it('goes on without a window when each dies, and the click opens one all the same', async () => {
    const bench = await painted();
    for (let reopening = 0; reopening < 4; reopening += 1) crash(bench);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(bench.desktop.windows.size).toBe(0);
    expect(bench.desktop.popup).toMatchObject({ callId });
    void bench.desk.card.accept(callId, false);
    expect(bench.desktop.windows.size).toBe(1);
  });

  it('that was accepted opens its window anew when that dies before the server answered', async () => {
    const bench = await painted();
    const accepted = bench.desk.card.accept(callId, false);
    crash(bench);
    bench.signaling.answer('call.claim', snapshot.claimed());
    await accepted;
    expect(bench.desktop.only.shown).toBe(true);
    expect(await assigned(bench)).toMatchObject({ purpose: 'answer', accepted: true });
  });

  it('has a card that came back after a crash watched like the first one', async () => {
    const bench = await rung();
    bench.desk.card.painted(callId);
    bench.desktop.popup = null;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(bench.desktop.popup).toMatchObject({ callId });
    await vi.advanceTimersByTimeAsync(700);
    expect(bench.desktop.rebuilt).toBe(1);
    bench.desk.card.painted(callId);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(bench.desktop.rebuilt).toBe(1);
    expect(bench.signaling.all('call.ringing')).toHaveLength(1);
  });
});

describe('a call that was not placed yet', () => {
  async function placing(): Promise<Bench & { windowId: number }> {
    const bench = deskOf('anna');
    void bench.desk.home.place(click);
    const windowId = bench.desktop.only.id;
    bench.desk.windows.ready(windowId);
    await settle();
    return { ...bench, windowId };
  }

  it('is cancelled when its window dies, shows nothing, and can be placed again at once', async () => {
    const { windowId, ...bench } = await placing();
    const started = bench.desk.windows.start(windowId, audio);
    const { id } = bench.signaling.last('call.start');
    crash(bench, windowId);
    expect(bench.signaling.last('call.cancel-start').body).toEqual({ commandId: id });
    expect(bench.desktop.windows.size).toBe(0);
    expect(bench.log.lines.join()).toContain('the window of a start is gone');
    expect(await bench.desk.home.place(click)).toEqual({ ok: true, value: null });
    bench.signaling.refuse('call.start', 'command-cancelled');
    expect(await started).toEqual({ ok: false, error: 'call-over' });
  });

  it('is left when it had become a call all the same, and is never offered', async () => {
    const { windowId, ...bench } = await placing();
    void bench.desk.windows.start(windowId, audio);
    crash(bench, windowId);
    bench.desk.handleSnapshot(snapshot.ringing());
    expect(bench.desk.home.list()).not.toContainEqual(expect.objectContaining({ canReturn: true }));
    bench.signaling.answer('call.start', snapshot.invited());
    await settle();
    expect(bench.signaling.last('call.leave').body).toEqual({ callId, why: 'hangup' });
    expect(bench.desk.home.list()).toEqual([]);
    expect(bench.desktop.windows.size).toBe(0);
  });

  it('is cancelled when its page is loaded anew', async () => {
    const { windowId, desk, desktop, signaling } = await placing();
    void desk.windows.start(windowId, audio);
    desk.windows.ready(windowId);
    expect(signaling.all('call.cancel-start')).toHaveLength(1);
    expect(desktop.windows.size).toBe(0);
  });

  it('has nothing to cancel while its page was opening devices', async () => {
    const { windowId, ...bench } = await placing();
    crash(bench, windowId);
    expect(bench.signaling.asked).toEqual([]);
    expect(bench.desktop.windows.size).toBe(0);
  });
});

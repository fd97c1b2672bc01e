/** How a ring is answered without a click, and what is said while declining. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as calls from '../../../support/calls';
import { callId, painted, rung, settle, snapshot, welcome } from './scenes';

beforeEach(() => {
  vi.useFakeTimers({ now: calls.t0 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the keys that answer from anywhere', () => {
  it('are held while it rings, and the card names them', async () => {
    const { desk, desktop } = await painted();
    expect(desktop.hasAnswerKeys).toBe(true);
    expect(desktop.popup?.answerKeys).toEqual({ accept: 'F9', decline: null });
    desk.handleSnapshot(snapshot.cancelled());
    expect(desktop.hasAnswerKeys).toBe(false);
  });

  it('are given back at the end of a sign-in', async () => {
    const { desk, desktop } = await painted();
    desk.stop();
    expect(desktop.hasAnswerKeys).toBe(false);
  });

  it('accept as a click does, once, however long the key is held down', async () => {
    const { desk, desktop, signaling } = await painted();
    const pressed = Promise.all([desk.card.press('accept'), desk.card.press('accept')]);
    expect(signaling.all('call.claim')).toHaveLength(1);
    signaling.answer('call.claim', snapshot.claimed());
    await pressed;
    expect(desktop.only.shown).toBe(true);
    expect(desktop.hasAnswerKeys).toBe(false);
  });

  it('say why the answer did not get through, and may be pressed again', async () => {
    const { desk, signaling } = await painted();
    const pressed = desk.card.press('accept');
    signaling.refuse('call.claim', 'offline');
    expect(await pressed).toEqual({ callId, problem: 'offline' });
    await vi.advanceTimersByTimeAsync(700);
    void desk.card.press('accept');
    expect(signaling.all('call.claim')).toHaveLength(2);
  });

  it('decline one ring, and not the next one too, however long the key is held down', async () => {
    const { desk, desktop, signaling } = await painted();
    const next = { ...snapshot.invited(), callId: 'call-2' };
    void desk.card.press('decline');
    await vi.advanceTimersByTimeAsync(660);
    desk.handleSnapshot(next);
    for (let repeats = 0; repeats < 50; repeats += 1) {
      void desk.card.press('decline');
      await vi.advanceTimersByTimeAsync(40);
    }
    expect(desktop.popup).toMatchObject({ callId: 'call-2' });
    expect(signaling.all('call.leave')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(660);
    void desk.card.press('decline');
    expect(signaling.last('call.leave').body).toEqual({ callId: 'call-2', why: 'hangup' });
    expect(desktop.popup).toBeNull();
  });

  it('do not answer a ring again because another answer came late', async () => {
    const { desk, signaling } = await painted();
    const first = desk.card.press('accept');
    desk.handleSnapshot(snapshot.cancelled());
    desk.handleSnapshot({ ...snapshot.invited(), callId: 'call-2' });
    await vi.advanceTimersByTimeAsync(700);
    void desk.card.press('accept');
    const [toFirst] = signaling.all('call.claim');
    toFirst?.answer({ ok: false, error: 'call-ended' });
    await first;
    await vi.advanceTimersByTimeAsync(700);
    void desk.card.press('accept');
    expect(signaling.all('call.claim').map(({ body }) => body['callId'])).toEqual([
      callId,
      'call-2',
    ]);
  });

  it('decline as a click does, and do nothing where nothing rings', async () => {
    const { desk, desktop, signaling } = await painted();
    void desk.card.press('decline');
    expect(desktop.popup).toBeNull();
    expect(signaling.last('call.leave').body).toEqual({ callId, why: 'hangup' });
    await vi.advanceTimersByTimeAsync(700);
    await desk.card.press('accept');
    expect(signaling.all('call.claim')).toEqual([]);
  });
});

describe('a reply', () => {
  const reply = 'I’ll call you back in 10 minutes.';

  it('goes to the caller with the decline', async () => {
    const { desk, signaling } = await painted();
    void desk.card.decline(callId, reply);
    expect(signaling.last('call.leave').body).toEqual({ callId, why: 'hangup', reply });
  });

  it('is said again with the decline that a lost connection swallowed', async () => {
    const { desk, desktop, signaling } = await rung();
    void desk.card.decline(callId, reply);
    signaling.refuse('call.leave', 'offline');
    signaling.online = false;
    await vi.advanceTimersByTimeAsync(3_000);
    expect([signaling.all('call.leave').length, desktop.popup]).toEqual([1, null]);
    signaling.online = true;
    desk.handleWelcome(welcome(snapshot.invited()));
    await settle();
    expect(signaling.all('call.leave')).toHaveLength(2);
    expect(signaling.last('call.leave').body).toEqual({ callId, why: 'hangup', reply });
  });
});

/** Where a desk stands in a call: each scene goes on from the one before. Under fake timers that start at calls.t0. */
import { expect, vi } from 'vitest';
import { type Welcome, defaultCallRules } from '#protocol/messages';
import type { CallSnapshot } from '#protocol/snapshot';
import { toSnapshot } from '#server/calls/rules/call-state';
import * as calls from '../../../support/calls';
import { type Bench, deskOf } from './fakes';

export const snapshot = {
  invited: () => toSnapshot(calls.invited()),
  ringing: () => toSnapshot(calls.ringing()),
  claimed: () => toSnapshot(calls.claimed()),
  joined: () => toSnapshot(calls.joined()),
  cancelled: () => toSnapshot(calls.apply(calls.ringing(), leave(calls.anna), calls.t0 + 3_000)),
  hungUp: () => toSnapshot(calls.apply(calls.joined(), leave(calls.anna), calls.t0 + 9_000)),
  declined: () => toSnapshot(calls.apply(calls.ringing(), leave(calls.bao), calls.t0 + 3_000)),
  declinedElsewhere: () =>
    toSnapshot(calls.apply(calls.ringing(), leave(calls.baoTwo), calls.t0 + 3_000)),
  claimedElsewhere: () =>
    toSnapshot(calls.apply(calls.ringing(), { type: 'claim', ...calls.baoTwo }, calls.t0 + 3_000)),
};

const leave = (who: { userId: string; deviceId: string }) =>
  ({ type: 'leave', why: 'hangup', ...who }) as const;

export const welcome = (...known: CallSnapshot[]): Welcome => ({
  type: 'welcome',
  id: 'w',
  protocol: 1,
  serverNowMs: Date.now(),
  user: { userId: 'bao', name: 'Bao Tran' },
  deviceId: 'bao-1',
  calls: known,
  records: [],
  rules: defaultCallRules,
});

/** Lets what was answered arrive. */
export const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

export const { callId } = snapshot.invited();

/** Bao's desk when Anna's call has arrived there and nothing is painted yet. */
export async function rung(): Promise<Bench> {
  const bench = deskOf('bao');
  bench.desk.handleSnapshot(snapshot.invited());
  await settle();
  return bench;
}

/** Bao's desk while Anna's call rings there on the screen, with the page of its hidden call window ready. */
export async function painted(): Promise<Bench> {
  const bench = await rung();
  bench.desk.card.painted(callId);
  bench.signaling.answer('call.ringing', snapshot.ringing());
  bench.desk.windows.ready(bench.desktop.only.id);
  await settle();
  return bench;
}

/** Bao's desk after the click on Accept. */
export async function answered(): Promise<Bench> {
  const bench = await painted();
  const accepted = bench.desk.card.accept(callId, false);
  bench.signaling.answer('call.claim', snapshot.claimed());
  expect(await accepted).toEqual({ ok: true, value: null });
  return bench;
}

/** Anna's desk after her call was stored by the server. */
export async function placed(): Promise<Bench & { windowId: number }> {
  const bench = deskOf('anna');
  void bench.desk.home.place({ targetId: 'bao', mediaType: 1, switchHere: false });
  const windowId = bench.desktop.only.id;
  bench.desk.windows.ready(windowId);
  await settle();
  const started = bench.desk.windows.start(windowId, { targetId: 'bao', mediaType: 1 });
  bench.signaling.answer('call.start', snapshot.invited());
  expect(await started).toEqual({ ok: true, value: snapshot.invited() });
  return { ...bench, windowId };
}

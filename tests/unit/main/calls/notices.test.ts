/** Which notification of the system a call has, from its ring to its end. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallSnapshot } from '#protocol/snapshot';
import { toSnapshot } from '#server/calls/rules/call-state';
import * as calls from '../../../support/calls';
import { answered, callId, painted, placed, rung, settle, snapshot, welcome } from './scenes';

const kindOf = ({ desktop }: { desktop: { notices: ReadonlyMap<string, { kind: string }> } }) =>
  desktop.notices.get(callId)?.kind ?? null;

beforeEach(() => {
  vi.useFakeTimers({ now: calls.t0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const timedOut = (): CallSnapshot =>
  toSnapshot(calls.apply(calls.ringing(), { type: 'deadline' }, calls.t0 + 60_001));

describe('the notification of a ring', () => {
  it('comes after the card was painted, with the caller’s name and the words of the call', async () => {
    const bench = await rung();
    expect(kindOf(bench)).toBeNull();
    bench.desk.card.painted(callId);
    expect(bench.desktop.notices.get(callId)).toEqual({
      callId,
      kind: 'incoming',
      caller: 'Anna Li',
      mediaType: 1,
    });
  });

  it('comes without the card when nothing is painted in time', async () => {
    const bench = await rung();
    await vi.advanceTimersByTimeAsync(700);
    expect(kindOf(bench)).toBe('incoming');
  });

  it.each([
    ['was cancelled', () => snapshot.cancelled()],
    ['was not answered in time', timedOut],
  ])('is replaced by the one of a missed call when it %s', async (_how, end) => {
    const bench = await painted();
    bench.desk.handleSnapshot(end());
    expect(kindOf(bench)).toBe('missed');
  });

  it.each([
    ['declined', () => snapshot.declined()],
    ['declined on another device', () => snapshot.declinedElsewhere()],
    ['answered on another device', () => snapshot.claimedElsewhere()],
  ])('just goes when it was %s', async (_how, end) => {
    const bench = await painted();
    bench.desk.handleSnapshot(end());
    expect(kindOf(bench)).toBeNull();
  });

  it('just goes when it was answered here, and nothing follows at the end of the call', async () => {
    const bench = await answered();
    expect(kindOf(bench)).toBeNull();
    bench.desk.handleSnapshot(snapshot.hungUp());
    expect(kindOf(bench)).toBeNull();
  });

  it('is not that of a missed call when the person declined and the server did not hear it', async () => {
    const bench = await painted();
    void bench.desk.card.decline(callId);
    bench.desk.handleSnapshot(timedOut());
    expect(kindOf(bench)).toBeNull();
  });

  it('just goes when the server forgot the call: what became of it is unknown', async () => {
    const bench = await painted();
    bench.desk.handleGone([callId]);
    expect(kindOf(bench)).toBeNull();
  });

  it('tells of the missed call even when the end is heard long after the ring was over', async () => {
    const bench = await painted();
    await vi.advanceTimersByTimeAsync(70_000);
    expect(kindOf(bench)).toBeNull();
    bench.desk.handleWelcome(welcome());
    bench.desk.handleSnapshot(timedOut());
    expect(kindOf(bench)).toBe('missed');
  });
});

describe('the notification of a missed call', () => {
  it('is shown once and stays until the person has dealt with it', async () => {
    const bench = await painted();
    bench.desk.handleSnapshot(snapshot.cancelled());
    bench.desktop.notices.clear();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(kindOf(bench)).toBeNull();
  });

  it('stays when the call itself is forgotten, and goes at the end of the session', async () => {
    const bench = await painted();
    bench.desk.handleSnapshot(snapshot.cancelled());
    await vi.advanceTimersByTimeAsync(120_000);
    expect(kindOf(bench)).toBe('missed');
    bench.desk.stop();
    expect(kindOf(bench)).toBeNull();
  });

  it('is not made of a call that never rang here', async () => {
    const bench = await placed();
    bench.desk.handleSnapshot(snapshot.cancelled());
    await settle();
    expect(kindOf(bench)).toBeNull();
  });
});

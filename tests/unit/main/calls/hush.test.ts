/** A computer whose system says that the person does not want to be disturbed. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as calls from '../../../support/calls';
import { type Bench, deskOf } from './fakes';
import { callId, settle, snapshot, welcome } from './scenes';

beforeEach(() => {
  vi.useFakeTimers({ now: calls.t0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Bao's desk, whose system is quiet, and where Anna's call has come. */
async function rungQuietly(): Promise<Bench> {
  const bench = deskOf('bao');
  bench.quiet.isQuiet = true;
  bench.desk.handleSnapshot(snapshot.invited());
  await settle();
  return bench;
}

const silenced = ({ signaling }: Bench): number => signaling.all('call.silenced').length;

describe('a ring while the system is quiet', () => {
  it('is neither shown nor told, and the server hears so', async () => {
    const bench = await rungQuietly();
    await vi.advanceTimersByTimeAsync(2_000);
    const { desktop, signaling } = bench;
    expect([desktop.popup, desktop.calls, desktop.notices.size]).toEqual([null, [], 0]);
    expect(desktop.hasAnswerKeys).toBe(false);
    expect(signaling.last('call.silenced').body).toEqual({ callId });
    expect(signaling.all('call.ringing')).toEqual([]);
    expect(silenced(bench)).toBe(1);
  });

  it('leaves no notice of a missed call, since nothing of it was told', async () => {
    const bench = await rungQuietly();
    bench.desk.handleSnapshot(snapshot.cancelled());
    await settle();
    expect(bench.desktop.notices.size).toBe(0);
  });

  it('does not keep the person from calling somebody', async () => {
    const bench = await rungQuietly();
    expect(
      await bench.desk.home.place({ targetId: 'chen', mediaType: 1, switchHere: false }),
    ).toEqual({ ok: true, value: null });
  });

  it('is told again on a new connection, and until the server has heard it', async () => {
    const bench = await rungQuietly();
    bench.signaling.refuse('call.silenced', 'offline');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(silenced(bench)).toBe(2);
    bench.signaling.answer('call.silenced', snapshot.invited());
    await vi.advanceTimersByTimeAsync(5_000);
    expect(silenced(bench)).toBe(2);
    bench.desk.handleWelcome(welcome(snapshot.invited()));
    await settle();
    expect(silenced(bench)).toBe(3);
  });

  it.each(['rate-limited', 'internal'] as const)(
    'is told once a second while the server answers %s, whatever else happens meanwhile',
    async (code) => {
      const bench = await rungQuietly();
      bench.signaling.refuse('call.silenced', code);
      await settle();
      for (let n = 0; n < 20; n += 1) bench.desk.card.painted('another');
      expect(silenced(bench)).toBe(1);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(silenced(bench)).toBe(2);
      bench.signaling.answer('call.silenced', snapshot.invited());
      await vi.advanceTimersByTimeAsync(5_000);
      expect(silenced(bench)).toBe(2);
    },
  );

  it('is told no more when the server says that the ring is over', async () => {
    const bench = await rungQuietly();
    bench.signaling.refuse('call.silenced', 'wrong-state');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(silenced(bench)).toBe(1);
  });

  it('is shown all the same when a favourite calls, and the rule says so', async () => {
    const bench = deskOf('bao');
    bench.quiet.isQuiet = true;
    bench.rules.favouriteUserIds = ['anna'];
    bench.desk.handleSnapshot(snapshot.invited());
    expect(bench.desktop.popup).toMatchObject({ callId });

    const strict = deskOf('bao');
    strict.quiet.isQuiet = true;
    strict.rules.favouriteUserIds = ['anna'];
    strict.rules.doNotDisturb = { until: null, schedule: null, favouritesRing: false };
    strict.desk.handleSnapshot(snapshot.invited());
    await settle();
    expect(strict.desktop.popup).toBeNull();
  });
});

describe('a ring while the system is not quiet', () => {
  it('is there at once: nobody is asked', () => {
    const bench = deskOf('bao');
    bench.desk.handleSnapshot(snapshot.invited());
    expect(bench.desktop.popup).toMatchObject({ callId });
  });

  it('goes on, as does one that is kept quiet, when the system says something else meanwhile', async () => {
    const loud = deskOf('bao');
    loud.desk.handleSnapshot(snapshot.invited());
    loud.quiet.isQuiet = true;
    const quiet = await rungQuietly();
    quiet.quiet.isQuiet = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(loud.desktop.popup).toMatchObject({ callId });
    expect([quiet.desktop.popup, silenced(loud), silenced(quiet)]).toEqual([null, 0, 1]);
  });
});

describe('a ring that the rules of its user silence', () => {
  it('is none here', async () => {
    const bench = deskOf('bao');
    const call = snapshot.invited();
    const legs = call.legs.map((leg) =>
      leg.userId === 'bao' ? { ...leg, silenced: true as const } : leg,
    );
    bench.desk.handleSnapshot({ ...call, legs });
    await vi.advanceTimersByTimeAsync(2_000);
    const { desktop, signaling } = bench;
    expect([desktop.popup, desktop.calls, desktop.notices.size]).toEqual([null, [], 0]);
    expect(signaling.asked).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '#main/clock';
import { PageCalls } from '#peal-caller/page-calls';
import { EndReason } from '#protocol/end-reason';
import { endReasonFor } from '#protocol/end-reason-for';
import { type CallRecord, type Welcome, defaultCallRules } from '#protocol/messages';
import type { CallSnapshot } from '#protocol/snapshot';
import { toSnapshot } from '#server/calls/rules/call-state';
import { decide } from '#server/calls/rules/decide';
import * as calls from '../../support/calls';
import { FakeSignaling } from '../main/calls/fakes';
import { KeptLog } from '../main/silent-log';

const leave = (who: { userId: string; deviceId: string }) =>
  ({ type: 'leave', why: 'hangup', ...who }) as const;

const snapshot = {
  invited: () => toSnapshot(calls.invited()),
  ringing: () => toSnapshot(calls.ringing()),
  claimed: () => toSnapshot(calls.claimed()),
  joined: () => toSnapshot(calls.joined()),
  cancelled: () => toSnapshot(calls.apply(calls.ringing(), leave(calls.anna), calls.t0 + 3_000)),
  hungUp: () => toSnapshot(calls.apply(calls.joined(), leave(calls.anna), calls.t0 + 9_000)),
};
const { callId } = snapshot.invited();

const missed: CallRecord = {
  recordId: 'call-0:bao',
  callId: 'call-0',
  kind: 'private',
  direction: 'incoming',
  targetId: 'anna',
  callerId: 'anna',
  mediaType: 1,
  createdAt: calls.t0 - 90_000,
  connectedAt: 0,
  endedAt: calls.t0 - 30_000,
  endReason: EndReason.NO_RESPONSE,
  seen: false,
  memberIds: ['anna'],
  invitedBy: 'anna',
};

function welcome(known: readonly CallSnapshot[], records: readonly CallRecord[] = []): Welcome {
  return {
    type: 'welcome',
    id: 'w',
    protocol: 1,
    serverNowMs: Date.now(),
    user: { userId: 'bao', name: 'Bao Chen' },
    deviceId: 'bao-1',
    calls: known,
    records,
    rules: defaultCallRules,
  };
}

interface Bench {
  readonly page: PageCalls;
  readonly signaling: FakeSignaling;
  readonly incoming: CallSnapshot[];
  readonly snapshots: CallSnapshot[];
  readonly records: CallRecord[];
}

/** A page that has signed in and listens, and is told of nothing yet. */
function closedPage(userId: 'anna' | 'bao'): Bench {
  const signaling = new FakeSignaling();
  let ids = 0;
  const page = new PageCalls({
    self: { userId, deviceId: `${userId}-1` },
    signaling,
    clock: systemClock,
    newId: () => `command-${(ids += 1)}`,
    log: new KeptLog(),
  });
  const bench: Bench = { page, signaling, incoming: [], snapshots: [], records: [] };
  page.onIncoming((call) => bench.incoming.push(call));
  page.onSnapshot((call) => bench.snapshots.push(call));
  return bench;
}

function pageOf(userId: 'anna' | 'bao'): Bench {
  const bench = closedPage(userId);
  bench.page.handleWelcome(welcome([]));
  bench.page.open();
  return bench;
}

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers({ now: calls.t0 }));
afterEach(() => void vi.useRealTimers());

describe('a ring', () => {
  it('is announced once, and then said to ring', () => {
    const { page, signaling, incoming } = pageOf('bao');
    let asksWhenAnnounced = -1;
    page.onIncoming(() => (asksWhenAnnounced = signaling.all('call.ringing').length));
    page.handleSnapshot(snapshot.invited());
    page.handleSnapshot(snapshot.ringing());
    expect(incoming).toHaveLength(1);
    expect(asksWhenAnnounced).toBe(0);
    expect(signaling.all('call.ringing').map(({ body }) => body)).toEqual([{ callId }]);
  });

  it('of the welcome waits until the page is open', () => {
    const { page, signaling, incoming, snapshots } = closedPage('bao');
    page.handleWelcome(welcome([snapshot.invited()]));
    expect([incoming, snapshots, signaling.asked]).toEqual([[], [], []]);
    page.open();
    expect(incoming).toHaveLength(1);
  });

  it('is said to ring again on every new connection', async () => {
    const { page, signaling } = pageOf('bao');
    page.handleSnapshot(snapshot.invited());
    signaling.answer('call.ringing', snapshot.ringing());
    await settle();
    page.handleWelcome(welcome([snapshot.ringing()]));
    expect(signaling.all('call.ringing')).toHaveLength(2);
  });

  it('that is declined at once by the listener is never said to ring', () => {
    const { page, signaling } = pageOf('bao');
    page.onIncoming((call) => void page.leave(call.callId, 'hangup'));
    page.handleSnapshot(snapshot.invited());
    expect(signaling.all('call.leave').map(({ body }) => body)).toEqual([
      { callId, why: 'hangup' },
    ]);
    expect(signaling.all('call.ringing')).toEqual([]);
  });

  it('is not announced to a page that is in a call', async () => {
    const { page, signaling, incoming } = pageOf('bao');
    page.handleSnapshot(snapshot.invited());
    void page.claim(callId);
    signaling.answer('call.claim', snapshot.claimed());
    await settle();
    const other = toSnapshot(calls.apply(null, calls.startCommand({ callId: 'call-2' }), calls.t0));
    page.handleSnapshot(other);
    expect(incoming.map((call) => call.callId)).toEqual([callId]);
  });
});

describe('what the caller is told', () => {
  it('is each newer snapshot once, whether a push or a reply brought it', async () => {
    const { page, signaling, snapshots } = pageOf('bao');
    page.handleSnapshot(snapshot.invited());
    signaling.answer('call.ringing', snapshot.ringing());
    await settle();
    page.handleSnapshot(snapshot.ringing());
    expect(snapshots.map(({ revision }) => revision)).toEqual([
      snapshot.invited().revision,
      snapshot.ringing().revision,
    ]);
  });

  it('is the end of a call that a new welcome does not name, once the server says that it is gone', () => {
    const { page, signaling, snapshots } = pageOf('bao');
    page.handleSnapshot(snapshot.ringing());
    const before = signaling.beats;
    page.handleWelcome(welcome([]));
    expect(signaling.beats).toBe(before + 1);
    expect(page.heartbeat().calls).toEqual({ [callId]: snapshot.ringing().revision });
    expect(snapshots).toHaveLength(1);
    page.handleGone([callId]);
    expect(endReasonFor(snapshots.at(-1)!, page.self)).toBe(EndReason.REMOTE_HANGUP);
  });

  it('is a lost connection (7) when the server will not be heard again', () => {
    const { page, snapshots } = pageOf('bao');
    page.handleSnapshot(snapshot.joined());
    page.cutOff();
    expect(endReasonFor(snapshots.at(-1)!, page.self)).toBe(EndReason.NETWORK_ERROR);
  });
});

describe('a call of this page', () => {
  it('is not announced to the page that starts it, however early its snapshot comes', async () => {
    const { page, signaling, incoming } = pageOf('anna');
    const started = page.start({ targetId: 'bao', mediaType: 1 });
    await settle();
    page.handleSnapshot(snapshot.invited());
    signaling.answer('call.start', snapshot.invited());
    expect(await started).toMatchObject({ ok: true });
    page.handleSnapshot(snapshot.ringing());
    expect(incoming).toEqual([]);
    expect(signaling.all('call.leave')).toEqual([]);
  });

  it('keeps a second one from starting, and so does the lack of a connection', async () => {
    const { page, signaling } = pageOf('anna');
    signaling.online = false;
    expect(await page.mayStart()).toEqual({ ok: false, error: 'offline' });
    signaling.online = true;
    void page.start({ targetId: 'bao', mediaType: 1 });
    await settle();
    signaling.answer('call.start', snapshot.invited());
    await settle();
    expect(await page.mayStart()).toEqual({ ok: false, error: 'call-exists' });
  });

  it('starts although the person whom it is for rings here by now, and becomes their call', async () => {
    const { page, signaling, incoming } = pageOf('bao');
    expect(await page.mayStart()).toEqual({ ok: true, value: null });
    page.handleSnapshot(snapshot.ringing());
    const started = page.start({ targetId: 'anna', mediaType: 1 });
    await settle();
    signaling.answer('call.start', snapshot.joined());
    expect(await started).toEqual({ ok: true, value: snapshot.joined() });
    expect(incoming).toHaveLength(1);
    expect(signaling.all('call.leave')).toEqual([]);
  });

  it('does not start while somebody else rings, or while another one starts', async () => {
    const { page, signaling } = pageOf('bao');
    const refused = { ok: false, error: 'call-exists' };
    void page.start({ targetId: 'carla', mediaType: 1 });
    expect(await page.start({ targetId: 'carla', mediaType: 1 })).toEqual(refused);
    signaling.refuse('call.start', 'user-unknown');
    await settle();
    page.handleSnapshot(snapshot.ringing());
    expect(await page.start({ targetId: 'carla', mediaType: 1 })).toEqual(refused);
    expect(signaling.all('call.start')).toHaveLength(1);
  });

  it('is taken up by a page that was loaded anew as the same device', () => {
    const { page, signaling, incoming } = closedPage('bao');
    page.handleWelcome(welcome([snapshot.joined()]));
    page.open();
    expect(incoming).toHaveLength(1);
    expect(signaling.asked).toEqual([]);
  });

  it('is named in the heartbeat with its live legs, which beats at once', () => {
    const { page, signaling } = closedPage('bao');
    page.handleWelcome(welcome([snapshot.joined()]));
    page.open();
    const before = signaling.beats;
    page.reportLiveLinks(callId, ['leg-a']);
    expect(signaling.beats).toBe(before + 1);
    expect(page.heartbeat()).toEqual({
      calls: { [callId]: snapshot.joined().revision },
      live: { [callId]: ['leg-a'] },
      inCall: true,
    });
  });

  it('is left again each second until the server has heard it', async () => {
    const { page, signaling } = closedPage('bao');
    page.handleWelcome(welcome([snapshot.joined()]));
    page.open();
    void page.leave(callId, 'hangup');
    signaling.refuse('call.leave', 'offline');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(signaling.all('call.leave')).toHaveLength(2);
    signaling.answer('call.leave', snapshot.hungUp());
    await vi.advanceTimersByTimeAsync(5_000);
    expect(signaling.all('call.leave')).toHaveLength(2);
  });

  it('is not left again by a page that is closed, however often the server was not reached', async () => {
    const { page, signaling } = closedPage('bao');
    page.handleWelcome(welcome([snapshot.joined()]));
    page.open();
    const left = page.leave(callId, 'hangup');
    page.close();
    signaling.refuse('call.leave', 'offline');
    expect(await left).toEqual({ ok: false, error: 'offline' });
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(signaling.all('call.leave')).toHaveLength(1);
  });

  it('is not waited for any more when the page is closed between two tries', async () => {
    const { page, signaling } = closedPage('bao');
    page.handleWelcome(welcome([snapshot.joined()]));
    page.open();
    void page.leave(callId, 'hangup');
    signaling.refuse('call.leave', 'offline');
    await settle();
    expect(vi.getTimerCount()).toBe(1);
    page.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not occupy the page after an answer that the server did not hear', async () => {
    const { page, signaling, incoming } = pageOf('bao');
    page.handleSnapshot(snapshot.invited());
    const claimed = page.claim(callId);
    signaling.refuse('call.claim', 'offline');
    expect(await claimed).toEqual({ ok: false, error: 'offline' });
    expect(await page.mayStart()).toEqual({ ok: true, value: null });
    const other = toSnapshot(calls.apply(null, calls.startCommand({ callId: 'call-2' }), calls.t0));
    page.handleSnapshot(other);
    expect(incoming.map((call) => call.callId)).toEqual([callId, 'call-2']);
    expect(signaling.all('call.leave')).toEqual([]);
  });

  it('is left in order when the page goes away', () => {
    const { page, signaling } = closedPage('bao');
    page.handleWelcome(welcome([snapshot.joined()]));
    page.open();
    void page.quit();
    expect(signaling.last('call.leave').body).toEqual({ callId, why: 'quit' });
  });
});

describe('records', () => {
  function listening(): Bench {
    const bench = pageOf('bao');
    bench.page.onOfflineRecord((record) => bench.records.push(record));
    return bench;
  }

  it('of missed calls are told once and then marked as seen', () => {
    const { page, signaling, records } = listening();
    page.handleWelcome(welcome([], [missed]));
    page.handleWelcome(welcome([], [missed]));
    expect(records).toEqual([missed]);
    expect(signaling.last('records.seen').body).toEqual({ recordIds: [missed.recordId] });
  });

  it('of calls that rang here are no news, but seen', () => {
    const { page, signaling, records } = listening();
    page.handleSnapshot(snapshot.ringing());
    page.handleSnapshot(snapshot.cancelled());
    page.handleRecord({ ...missed, callId, recordId: `${callId}:bao` });
    expect(records).toEqual([]);
    expect(signaling.last('records.seen').body).toEqual({ recordIds: [`${callId}:bao`] });
  });

  it('of a call that its user did not want to hear are all that the application hears of it', () => {
    const { page, signaling, incoming, records } = listening();
    const rules = calls.ruled('bao', {
      doNotDisturb: { ...defaultCallRules.doNotDisturb, until: 0 },
    });
    const begun = decide(calls.world(null, [], { rules }), calls.startCommand(), calls.t0);
    const silent = calls.accepted(begun).call;
    page.handleSnapshot(toSnapshot(silent));
    expect(incoming).toEqual([]);
    expect(signaling.all('call.ringing')).toEqual([]);
    page.handleSnapshot(toSnapshot(calls.apply(silent, leave(calls.anna), calls.t0 + 3_000)));
    const record = { ...missed, callId, recordId: `${callId}:bao`, silenced: true } as const;
    page.handleRecord(record);
    expect(records).toEqual([record]);
    expect(incoming).toEqual([]);
  });

  it('that nobody listens for stay unseen', () => {
    const { page, signaling } = pageOf('bao');
    page.handleWelcome(welcome([], [missed]));
    expect(signaling.all('records.seen')).toEqual([]);
  });
});

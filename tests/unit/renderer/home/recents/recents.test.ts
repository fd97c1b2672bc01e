import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import type { NewestUnseen, Pushes } from '#common/ipc';
import type { HomeApi } from '#common/window-api';
import { EndReason } from '#protocol/end-reason';
import { limits } from '#protocol/limits';
import type { CallRecord } from '#protocol/messages';
import { err, ok } from '#protocol/result';
import { useRecents } from '#renderer/home/stores/recents';
import { onHomePage } from '../support/home-page';

type Listener<T> = (payload: T) => void;

let calls: CallRecord[];
let isOffline: boolean;
let asked: (number | undefined)[];
let seen: (readonly string[])[];
let unseen: NewestUnseen;
let seenUpTo: (number | undefined)[];
const unheard = (): void => undefined;
const pushes: {
  added: Listener<CallRecord>;
  unseen: Listener<NewestUnseen>;
  seen: Listener<Pushes['home']['phone:records.seen']>;
} = { added: unheard, unseen: unheard, seen: unheard };
let recents: ReturnType<typeof useRecents>;

function missedCall(at: number, callerId = 'anna'): CallRecord {
  return {
    ...{ recordId: `c${at}:bao`, callId: `c${at}`, kind: 'private', direction: 'incoming' },
    ...{ targetId: callerId, callerId, mediaType: 1, createdAt: at, connectedAt: 0 },
    ...{ endedAt: at + 60_000, endReason: EndReason.REMOTE_CANCEL, seen: false },
    ...{ memberIds: [callerId], invitedBy: callerId },
  };
}

const takenCall = (at: number): CallRecord => ({
  ...missedCall(at),
  ...{ connectedAt: at + 1, endReason: EndReason.HANGUP, seen: true },
});

const newest = (...records: CallRecord[]): NewestUnseen => ({
  ...{ records, hasOlder: false },
});

const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const shown = (): number[] => recents.records.map(({ createdAt }) => createdAt);

function fakeMain(): Partial<HomeApi> {
  const hear =
    <K extends keyof typeof pushes>(name: K) =>
    (listener: (typeof pushes)[K]) => {
      pushes[name] = listener;
      return () => undefined;
    };
  return {
    listRecords: ({ before }) => {
      asked.push(before);
      if (isOffline) return Promise.resolve(err('offline'));
      const older = calls.filter(({ createdAt }) => createdAt < (before ?? Infinity));
      const page = older.toSorted((one, other) => other.createdAt - one.createdAt);
      return Promise.resolve(ok(page.slice(0, limits.recordsPage)));
    },
    getUnseen: () => Promise.resolve(unseen),
    markRecordsSeen: ({ recordIds, upTo }) => {
      seen.push(recordIds);
      seenUpTo.push(upTo);
      return Promise.resolve(ok(null));
    },
    findPeople: ({ userIds }) =>
      Promise.resolve(ok(userIds.map((userId) => ({ userId, name: userId.toUpperCase() })))),
    onRecordAdded: hear('added'),
    onRecordsUnseen: hear('unseen'),
    onRecordsSeen: hear('seen'),
    onProfileChanged: () => () => undefined,
  };
}

beforeEach(() => {
  [calls, isOffline, asked, seen, seenUpTo] = [[], false, [], [], []];
  unseen = newest();
  recents = onHomePage(fakeMain(), () => useRecents());
  recents.start();
});

describe('the recent calls', () => {
  it('come newest first, page after page, each once', async () => {
    calls = Array.from({ length: 2 * limits.recordsPage + 1 }, (_, at) => takenCall(at + 1));
    await recents.load();
    expect(recents.records).toHaveLength(limits.recordsPage);
    expect(shown()[0]).toBe(101);
    expect(recents.hasMore).toBe(true);
    await recents.loadMore();
    await recents.loadMore();
    expect(shown()).toEqual(calls.map(({ createdAt }) => createdAt).toReversed());
    expect(recents.hasMore).toBe(false);
    await recents.loadMore();
    expect(asked).toEqual([undefined, 52, 2]);
  });

  it('show a new one at once', async () => {
    calls = [takenCall(1)];
    await recents.load();
    pushes.added(takenCall(5));
    expect(shown()).toEqual([5, 1]);
  });

  it('have no gap after many calls on other devices', async () => {
    calls = [takenCall(1), takenCall(2)];
    await recents.load();
    calls.push(...Array.from({ length: 60 }, (_, at) => takenCall(at + 10)));
    await recents.load();
    expect(shown().at(-1)).toBe(20);
    await recents.loadMore();
    expect(shown()).toHaveLength(62);
  });

  it('say so while they cannot be read, and stay when they were', async () => {
    isOffline = true;
    await recents.load();
    expect(recents.state).toBe('offline');
    isOffline = false;
    calls = [takenCall(1)];
    await recents.load();
    isOffline = true;
    await recents.load();
    expect(recents.state).toBe('ready');
    expect(shown()).toEqual([1]);
  });

  it('name their people, and by id whom the server no longer knows', async () => {
    calls = [takenCall(1)];
    const before = recents.personOf(takenCall(1));
    await recents.load();
    await idle();
    expect(before.name).toBe('anna');
    expect(recents.personOf(takenCall(1)).name).toBe('ANNA');
  });

  it('are not those of whoever signed in before', async () => {
    calls = [takenCall(1)];
    await recents.load();
    recents.reset();
    expect(recents.records).toEqual([]);
    expect(recents.state).toBe('loading');
  });
});

describe('missed calls', () => {
  it('are news until the list is looked at, and then seen on all devices', async () => {
    calls = [missedCall(1), takenCall(2)];
    await recents.load();
    expect(recents.missed).toHaveLength(1);
    recents.isLookedAt = true;
    await nextTick();
    await idle();
    expect(seen).toEqual([['c1:bao']]);
    expect(recents.missed).toEqual([]);
    expect(recents.records.every((record) => record.seen)).toBe(true);
  });

  it('that come while the list is looked at are seen at once', async () => {
    recents.isLookedAt = true;
    pushes.added(missedCall(3));
    await nextTick();
    await idle();
    expect(seen).toEqual([['c3:bao']]);
  });

  it('are no news any more once another device has seen them, whatever comes first', async () => {
    calls = [missedCall(1), missedCall(2)];
    await recents.load();
    pushes.seen({ recordIds: ['c1:bao', 'c9:bao'] });
    pushes.unseen(newest(missedCall(2), missedCall(9)));
    expect(recents.missed.map(({ recordId }) => recordId)).toEqual(['c2:bao']);
  });

  it('while this desktop was away are told apart from those it rang for', async () => {
    calls = [missedCall(1), missedCall(2, 'chen')];
    pushes.unseen(newest(missedCall(1), missedCall(2, 'chen')));
    await recents.load();
    pushes.added(missedCall(3));
    expect(recents.missedWhileAway.map(({ createdAt }) => createdAt)).toEqual([2, 1]);
    // A connection that broke and came back tells the unseen ones again.
    pushes.unseen(newest(missedCall(1), missedCall(2, 'chen'), missedCall(3)));
    expect(recents.missedWhileAway.map(({ createdAt }) => createdAt)).toEqual([2, 1]);
    expect(recents.missed).toHaveLength(3);
  });

  it('that are older than the pages read count, and do not tear a hole into the list', async () => {
    calls = Array.from({ length: limits.recordsPage }, (_, at) => takenCall(at + 10));
    calls.push(missedCall(1));
    await recents.load();
    pushes.unseen(newest(missedCall(1)));
    expect(recents.missed).toHaveLength(1);
    expect(shown()).toHaveLength(limits.recordsPage);
  });

  it('that main was told of before this page was there count as well', async () => {
    calls = Array.from({ length: limits.recordsPage }, (_, at) => takenCall(at + 10));
    unseen = { records: [missedCall(1)], hasOlder: true };
    await recents.load();
    expect(recents.missedCount).toEqual({ n: 1, isMore: true });
    recents.isLookedAt = true;
    await nextTick();
    await idle();
    unseen = newest();
    await recents.load();
    expect(recents.missedCount).toEqual({ n: 0, isMore: false });
  });

  it('that another device has looked at while this one was away are none any more', async () => {
    calls = [missedCall(1), missedCall(2)];
    await recents.load();
    pushes.unseen(newest(missedCall(2)));
    expect(recents.missed.map(({ createdAt }) => createdAt)).toEqual([2]);
    pushes.unseen(newest());
    expect(recents.missed).toEqual([]);
  });

  it('of which the server has more than it tells are "or more", and all seen at one look', async () => {
    calls = [missedCall(1), missedCall(5), missedCall(6)];
    await recents.load();
    pushes.unseen({ records: [missedCall(5), missedCall(6)], hasOlder: true });
    expect(recents.missedCount).toEqual({ n: 3, isMore: true });
    recents.isLookedAt = true;
    await nextTick();
    await idle();
    expect([seen, seenUpTo]).toEqual([[['c6:bao', 'c5:bao', 'c1:bao']], [1]]);
    expect(recents.missedCount).toEqual({ n: 0, isMore: false });
  });

  it('of which the server has more are none once another device has looked at the list', async () => {
    calls = [missedCall(5)];
    await recents.load();
    pushes.unseen({ records: [missedCall(5), missedCall(6)], hasOlder: true });
    pushes.seen({ recordIds: ['c6:bao'], upTo: 5 });
    pushes.added(missedCall(7));
    expect(recents.missedCount).toEqual({ n: 1, isMore: false });
  });

  it('are told to the server in parts that it takes', async () => {
    calls = Array.from({ length: 70 }, (_, at) => missedCall(at + 1));
    await recents.load();
    await recents.loadMore();
    await recents.markSeen();
    expect(seen.map(({ length }) => length)).toEqual([50, 20]);
  });
});

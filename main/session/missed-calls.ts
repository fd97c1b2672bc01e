/** What the user has not looked at on any device, and how many missed calls of it the tray and the dock say. Pure. */
import type { NewestUnseen } from '#common/ipc';
import { type MissedCount, countMissed } from '#common/missed-count';
import { isMissed } from '#common/outcome';
import type { CallRecord, RequestBody } from '#protocol/messages';

export interface MissedCalls {
  /** By their ids. Not each of them was missed. */
  readonly unseen: ReadonlyMap<string, CallRecord>;
  /** The server has older ones, and has not told of them. */
  readonly hasOlder: boolean;
  /** What was seen stays seen: the news of a record and of the look at it overtake each other. */
  readonly seenIds: ReadonlySet<string>;
}

export type Seen = RequestBody<'records.seen'>;

export const noneMissed: MissedCount = { n: 0, isMore: false };

export const noMissedCalls: MissedCalls = {
  ...{ unseen: new Map(), hasOlder: false, seenIds: new Set() },
};

/** Where all of the newest were looked at, the older ones are no news either: the next welcome says what is left. */
export function missedCount({ unseen, hasOlder }: MissedCalls): MissedCount {
  return countMissed([...unseen.values()].filter(isMissed).length, hasOlder);
}

export function newestUnseen({ unseen, hasOlder }: MissedCalls): NewestUnseen {
  return { records: [...unseen.values()], hasOlder };
}

export function isSameCount(one: MissedCount, other: MissedCount): boolean {
  return one.n === other.n && one.isMore === other.isMore;
}

/** The server names the newest of all that are unseen: what was known of others before is old. */
export function afterWelcome(
  { seenIds }: MissedCalls,
  records: readonly CallRecord[],
  hasOlder: boolean,
): MissedCalls {
  return withRecords({ unseen: new Map(), hasOlder, seenIds }, records);
}

export function afterAdded(former: MissedCalls, record: CallRecord): MissedCalls {
  return withRecords(former, [record]);
}

export function afterSeen(former: MissedCalls, { recordIds, upTo = -1 }: Seen): MissedCalls {
  const older = [...former.unseen.values()].filter(({ createdAt }) => createdAt <= upTo);
  const olderIds = older.map(({ recordId }) => recordId);
  const seenIds = new Set([...former.seenIds, ...recordIds, ...olderIds]);
  // What the server has not told of is older than all that it has.
  const hasOlder = former.hasOlder && older.length === 0;
  return { unseen: without(former.unseen, seenIds), hasOlder, seenIds };
}

function withRecords(former: MissedCalls, records: readonly CallRecord[]): MissedCalls {
  const told = records.filter(({ seen }) => !seen);
  const unseen = new Map([
    ...former.unseen,
    ...told.map((record) => [record.recordId, record] as const),
  ]);
  return { ...former, unseen: without(unseen, former.seenIds) };
}

function without(
  unseen: ReadonlyMap<string, CallRecord>,
  taken: ReadonlySet<string>,
): ReadonlyMap<string, CallRecord> {
  return new Map([...unseen].filter(([recordId]) => !taken.has(recordId)));
}

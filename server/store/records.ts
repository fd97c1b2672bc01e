import type { Kysely, Transaction } from 'kysely';
import type { CallRecord } from '#protocol/messages';
import type { Tables } from './schema';
import type { OwnedRecord, RecordStore } from './store';

/** A node that repeats the end of a call after a crash writes the same record ids: the first ones stay. */
export async function insertRecords(
  trx: Transaction<Tables>,
  records: readonly OwnedRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ userId, seen, ...data }) => ({
    record_id: data.recordId,
    user_id: userId,
    created_at: data.createdAt,
    seen: seen ? 1 : 0,
    data: JSON.stringify(data),
  }));
  await trx
    .insertInto('records')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function fromRow(row: { data: string; seen: number }): CallRecord {
  return { ...(JSON.parse(row.data) as Omit<CallRecord, 'seen'>), seen: row.seen === 1 };
}

export function sqlRecords(db: Kysely<Tables>): RecordStore {
  const ofUser = (userId: string) =>
    db.selectFrom('records').select(['data', 'seen']).where('user_id', '=', userId);
  return {
    list: async (userId, before, limit) => {
      const all = ofUser(userId)
        .orderBy('created_at', 'desc')
        .orderBy('record_id', 'desc')
        .limit(limit);
      const rows = await (
        before === undefined ? all : all.where('created_at', '<', before)
      ).execute();
      return rows.map(fromRow);
    },
    unseen: async (userId, limit) => {
      const rows = await ofUser(userId)
        .where('seen', '=', 0)
        .orderBy('created_at', 'desc')
        .orderBy('record_id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(fromRow).reverse();
    },
    markSeen: async (userId, recordIds) => {
      if (recordIds.length === 0) return;
      await db
        .updateTable('records')
        .set({ seen: 1 })
        .where('user_id', '=', userId)
        .where('record_id', 'in', recordIds)
        .execute();
    },
  };
}

/**
 * Records that were there before they could be searched become findable some at a time, while the server already serves.
 * How far this has come is kept in the database: whoever starts next goes on from there.
 */
import type { Kysely, Transaction } from 'kysely';
import { insertSubjects, storedSubjects } from './record-subjects';
import type { Tables } from './schema';
import type { IndexedRecords } from './store';

const key = 'old-records-indexed-to';

/** On SQLite nothing else runs meanwhile: some milliseconds. */
const recordsAtOnce = 200;

type Place = readonly [userId: string, recordId: string];
const beginning: Place = ['', ''];

/** Of the migration that made the table. Without it there is nothing to do. */
export async function markOldRecords(untyped: Kysely<unknown>): Promise<void> {
  const db = untyped as Kysely<Tables>;
  const value = JSON.stringify(beginning);
  await db.insertInto('settings').values({ key, value }).execute();
}

/** Null: all are. What cannot be read is left alone, and named. */
export async function indexNextRecords(db: Kysely<Tables>): Promise<IndexedRecords | null> {
  const mark = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst();
  if (!mark) return null;
  const from = JSON.parse(mark.value) as Place;
  return db.transaction().execute((trx) => indexAfter(trx, from));
}

async function indexAfter(
  trx: Transaction<Tables>,
  [userId, recordId]: Place,
): Promise<IndexedRecords | null> {
  const rows = await trx
    .selectFrom('records')
    .select(['user_id', 'record_id', 'data'])
    .where((eb) => eb(eb.refTuple('user_id', 'record_id'), '>', eb.tuple(userId, recordId)))
    .orderBy('user_id')
    .orderBy('record_id')
    .limit(recordsAtOnce)
    .execute();
  const last = rows.at(-1);
  if (!last) {
    await trx.deleteFrom('settings').where('key', '=', key).execute();
    return null;
  }
  const subjects = rows.map((row) => storedSubjects(row.user_id, row.data));
  await insertSubjects(
    trx,
    subjects.flatMap((found) => found ?? []),
  );
  const value = JSON.stringify([last.user_id, last.record_id] satisfies Place);
  await trx.updateTable('settings').set({ value }).where('key', '=', key).execute();
  return {
    records: rows.length,
    unreadableIds: rows.flatMap((row, index) => (subjects[index] ? [] : [row.record_id])),
  };
}

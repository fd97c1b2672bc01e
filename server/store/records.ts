import { type Kysely, type RawBuilder, type SqlBool, type Transaction, sql } from 'kysely';
import type { CallRecord } from '#protocol/messages';
import { indexNextRecords } from './old-records';
import { type StoredRecord, insertSubjects, membersOf, subjectsOf } from './record-subjects';
import type { Tables } from './schema';
import type { OwnedRecord, RecordStore } from './store';
import { afterAll, searchKey, termsOf } from './terms';

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
  await insertSubjects(
    trx,
    records.flatMap(({ userId, ...record }) => subjectsOf(userId, record)),
  );
}

function fromRow(row: { user_id: string; data: string; seen: number }): CallRecord {
  const stored = JSON.parse(row.data) as StoredRecord;
  return {
    ...stored,
    seen: row.seen === 1,
    memberIds: [...membersOf(stored, row.user_id)],
    invitedBy: stored.invitedBy ?? stored.callerId,
  };
}

export function sqlRecords(db: Kysely<Tables>): RecordStore {
  const ofUser = (userId: string) =>
    db.selectFrom('records').select(['user_id', 'data', 'seen']).where('user_id', '=', userId);
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
    search: (userId, query, page) =>
      searchRecords(db, { userId, prefix: searchKey(query), ...page }),
    indexNext: () => indexNextRecords(db),
    unseen: async (userId, limit) => {
      const rows = await ofUser(userId)
        .where('seen', '=', 0)
        .orderBy('created_at', 'desc')
        .orderBy('record_id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(fromRow).reverse();
    },
    markSeen: async (userId, recordIds, upTo) => {
      const unseen = db
        .updateTable('records')
        .set({ seen: 1 })
        .where('user_id', '=', userId)
        .where('seen', '=', 0);
      if (recordIds.length > 0) await unseen.where('record_id', 'in', recordIds).execute();
      if (upTo !== undefined) await unseen.where('created_at', '<=', upTo).execute();
    },
  };
}

/** Looked through before a search goes by its names: some milliseconds. */
const recentRows = 1_000;

interface Search {
  readonly userId: string;
  readonly prefix: string;
  readonly before: number | undefined;
  readonly limit: number;
}

/**
 * In small steps, each by an index. Asked for all of it at once, or for an `exists` that it may turn round, PostgreSQL reads
 * the whole history as long as it has not counted the rows.
 */
async function searchRecords(db: Kysely<Tables>, search: Search): Promise<readonly CallRecord[]> {
  const people = await peopleNamed(db, search);
  const groups = await groupsNamed(db, search);
  const found = [
    ...(await recordsOf(db, search, { is_group: 0, subjectIds: people })),
    ...(await recordsOf(db, search, { is_group: 1, subjectIds: groups })),
  ];
  const newest = found.toSorted(newestFirst).map((row) => row.record_id);
  return newestById(db, search.userId, [...new Set(newest)].slice(0, search.limit));
}

/** Sorted here: asked to sort, a database walks through the whole history in its order instead. */
async function newestById(
  db: Kysely<Tables>,
  userId: string,
  recordIds: readonly string[],
): Promise<readonly CallRecord[]> {
  if (recordIds.length === 0) return [];
  const rows = await db
    .selectFrom('records')
    .select(['user_id', 'data', 'seen'])
    .where('user_id', '=', userId)
    .where('record_id', 'in', recordIds)
    .execute();
  const place = new Map(recordIds.map((recordId, index) => [recordId, index]));
  const placeOf = ({ recordId }: CallRecord): number => place.get(recordId) ?? 0;
  return rows.map(fromRow).toSorted((one, other) => placeOf(one) - placeOf(other));
}

interface FoundRow {
  readonly record_id: string;
  readonly created_at: number;
}

const newestFirst = (one: FoundRow, other: FoundRow): number =>
  other.created_at - one.created_at || (one.record_id < other.record_id ? 1 : -1);

interface Subjects {
  readonly is_group: 0 | 1;
  readonly subjectIds: readonly string[];
}

/** The newest with any of them. */
async function recordsOf(
  db: Kysely<Tables>,
  search: Search,
  subjects: Subjects,
): Promise<readonly FoundRow[]> {
  if (subjects.subjectIds.length === 0) return [];
  // Who types one letter finds nearly everybody: then the newest calls have enough of them.
  const recent = await recentOf(db, search, subjects);
  const isEnough = new Set(recent.map((row) => row.record_id)).size >= search.limit;
  return isEnough ? recent : allOf(db, search, subjects);
}

/** Those among the newest of all. */
function recentOf(
  db: Kysely<Tables>,
  { userId, before = Number.MAX_SAFE_INTEGER }: Search,
  { is_group: isGroup, subjectIds }: Subjects,
): Promise<FoundRow[]> {
  const newest = db
    .selectFrom('record_subjects')
    .select(['created_at', 'record_id', 'subject_id'])
    .where('user_id', '=', userId)
    .where('is_group', '=', isGroup)
    .where('created_at', '<', before)
    .orderBy('created_at', 'desc')
    .orderBy('record_id', 'desc')
    .limit(recentRows);
  return db
    .selectFrom(newest.as('newest'))
    .select(['created_at', 'record_id'])
    .where('subject_id', 'in', subjectIds)
    .execute();
}

/** However old they are, each once. */
function allOf(
  db: Kysely<Tables>,
  { userId, before = Number.MAX_SAFE_INTEGER, limit }: Search,
  { is_group: isGroup, subjectIds }: Subjects,
): Promise<FoundRow[]> {
  return db
    .selectFrom('record_subjects')
    .select(['created_at', 'record_id'])
    .where('user_id', '=', userId)
    .where('is_group', '=', isGroup)
    .where('subject_id', 'in', subjectIds)
    .where('created_at', '<', before)
    .groupBy(['created_at', 'record_id'])
    .orderBy('created_at', 'desc')
    .orderBy('record_id', 'desc')
    .limit(limit)
    .execute();
}

/** Whether any record of this user has that person or group, which is a column. No `exists`: see above. */
function isInHistory(userId: string, isGroup: 0 | 1, subject: string): RawBuilder<SqlBool> {
  return sql`(
    select record_id from record_subjects
    where record_subjects.user_id = ${userId} and is_group = ${isGroup} and subject_id = ${sql.ref(subject)}
    limit 1
  ) is not null`;
}

/** Of the people in this history. */
async function peopleNamed(
  db: Kysely<Tables>,
  { userId, prefix }: Search,
): Promise<readonly string[]> {
  const people = await db
    .selectFrom('user_terms')
    .select('user_id')
    .distinct()
    .where('term', '>=', prefix)
    .where('term', '<', prefix + afterAll)
    .where(isInHistory(userId, 0, 'user_terms.user_id'))
    .execute();
  return people.map((row) => row.user_id);
}

/** Of the groups in this history. A server has few groups, so their names are looked through one by one. */
async function groupsNamed(
  db: Kysely<Tables>,
  { userId, prefix }: Search,
): Promise<readonly string[]> {
  const groups = await db
    .selectFrom('groups')
    .select(['group_id', 'name'])
    .where(isInHistory(userId, 1, 'groups.group_id'))
    .execute();
  return groups
    .filter(({ group_id: groupId, name }) =>
      termsOf(groupId, name).some((term) => term.startsWith(prefix)),
    )
    .map(({ group_id: groupId }) => groupId);
}

/** By whom and by which group the records of a history are found. */
import type { Kysely } from 'kysely';
import Type from 'typebox';
import { lazyValidator } from '#protocol/lazy-validator';
import type { CallRecord } from '#protocol/messages';
import type { Tables } from './schema';

/** As records were kept before they knew their members. */
export type StoredRecord = Omit<CallRecord, 'seen' | 'memberIds' | 'invitedBy'> &
  Partial<Pick<CallRecord, 'memberIds' | 'invitedBy'>>;

type SubjectRow = Tables['record_subjects'];

/** More at once would be more values than an engine takes. */
const rowsAtOnce = 1_000;

/** Of an old group call only the caller is known for certain, and the person called where it had no group. */
export function membersOf({ memberIds, kind, targetId, callerId }: StoredRecord, userId: string) {
  if (memberIds) return memberIds;
  if (kind === 'private') return [targetId];
  return callerId === userId ? [] : [callerId];
}

export function subjectsOf(userId: string, record: StoredRecord): SubjectRow[] {
  const { recordId, createdAt, kind, targetId, memberIds } = record;
  const row = (isGroup: 0 | 1) => (subjectId: string) => ({
    ...{ user_id: userId, is_group: isGroup, subject_id: subjectId },
    ...{ created_at: createdAt, record_id: recordId },
  });
  const people = new Set(membersOf(record, userId));
  // It may have been a call of some people without a group: then the target is one of them.
  if (!memberIds) people.add(targetId);
  return [...[...people].map(row(0)), ...(kind === 'group' ? [row(1)(targetId)] : [])];
}

/** What is needed of a record to find it. */
const findable = lazyValidator(
  Type.Object({
    recordId: Type.String(),
    createdAt: Type.Integer(),
    kind: Type.Union([Type.Literal('private'), Type.Literal('group')]),
    targetId: Type.String(),
    callerId: Type.String(),
    memberIds: Type.Optional(Type.Array(Type.String())),
  }),
);

/** Null: what is stored is no record. */
export function storedSubjects(userId: string, data: string): SubjectRow[] | null {
  const value = jsonOf(data);
  return findable.check(value) ? subjectsOf(userId, value as StoredRecord) : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export async function insertSubjects(
  db: Kysely<Tables>,
  rows: readonly SubjectRow[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await db
      .insertInto('record_subjects')
      .values(rows.slice(from, from + rowsAtOnce))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

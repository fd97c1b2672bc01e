import type { Kysely, Transaction } from 'kysely';
import { limits } from '#protocol/limits';
import type { Group } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { GroupMembers } from '../calls/rules/command';
import { lockUsers } from './lock-users';
import type { Engine } from './migrations';
import type { Tables } from './schema';
import type { ChangedGroup, GroupChange, GroupProblem, GroupStore } from './store';

/** All groups of one user are one reply; the rest of a message is for what is around them. */
const groupsBytes = limits.messageBytes - 1024;

export function sqlGroups(db: Kysely<Tables>, engine: Engine): GroupStore {
  return {
    add: (group) => db.transaction().execute((trx) => addGroup(trx, engine, group)),
    change: (groupId, userId, change) =>
      db.transaction().execute((trx) => changeGroup(trx, engine, { groupId, userId, change })),
    list: async () => toGroups(await members(db).execute()),
    ofUser: (userId) => groupsOf(db, [userId]),
  };
}

const members = (db: Kysely<Tables>) =>
  db
    .selectFrom('groups')
    .leftJoin('group_members', 'group_members.group_id', 'groups.group_id')
    .select(['groups.group_id', 'groups.name', 'group_members.user_id'])
    .orderBy('groups.group_id')
    .orderBy('group_members.user_id');

async function groupsOf(db: Kysely<Tables>, userIds: readonly string[]): Promise<Group[]> {
  const rows = await members(db)
    .where('groups.group_id', 'in', (inner) =>
      inner
        .selectFrom('group_members as own')
        .select('own.group_id')
        .where('own.user_id', 'in', userIds),
    )
    .execute();
  return toGroups(rows);
}

/** Who may be in the calls of a group; null when there is no such group. */
export async function callGroup(db: Kysely<Tables>, groupId: string): Promise<GroupMembers | null> {
  const [group] = toGroups(await members(db).where('groups.group_id', '=', groupId).execute());
  return group ? { groupId, memberIds: new Set(group.memberIds) } : null;
}

interface MemberRow {
  group_id: string;
  name: string;
  user_id: string | null;
}

function toGroups(rows: readonly MemberRow[]): Group[] {
  const groups = new Map<string, { groupId: string; name: string; memberIds: string[] }>();
  for (const row of rows) {
    const group = groups.get(row.group_id) ?? {
      groupId: row.group_id,
      name: row.name,
      memberIds: [],
    };
    if (row.user_id !== null) group.memberIds.push(row.user_id);
    groups.set(row.group_id, group);
  }
  return [...groups.values()];
}

async function addGroup(
  trx: Transaction<Tables>,
  engine: Engine,
  wanted: Group,
): Promise<Result<Group, GroupProblem | 'taken'>> {
  const group = { ...wanted, memberIds: sorted(wanted.memberIds) };
  const problem = await problemOf(trx, engine, group);
  if (problem !== null) return err(problem);
  const inserted = await trx
    .insertInto('groups')
    .values({ group_id: group.groupId, name: group.name })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) return err('taken');
  await writeMembers(trx, group);
  return ok(group);
}

/** The group's row is held first, then its people in sorted order: two changes never wait for each other. */
async function changeGroup(
  trx: Transaction<Tables>,
  engine: Engine,
  asked: { readonly groupId: string; readonly userId: string; readonly change: GroupChange },
): Promise<Result<ChangedGroup, GroupProblem | 'group-unknown'>> {
  const { groupId, userId, change } = asked;
  const row = trx.selectFrom('groups').select('group_id').where('group_id', '=', groupId);
  await (engine === 'postgres' ? row.forNoKeyUpdate() : row).execute();
  const [former] = toGroups(await members(trx).where('groups.group_id', '=', groupId).execute());
  if (!former?.memberIds.includes(userId)) return err('group-unknown');
  const group = {
    groupId,
    name: change.name ?? former.name,
    memberIds: sorted(change.memberIds ?? former.memberIds),
  };
  const problem = await problemOf(trx, engine, group);
  if (problem !== null) return err(problem);
  await trx
    .updateTable('groups')
    .set({ name: group.name })
    .where('group_id', '=', groupId)
    .execute();
  await trx.deleteFrom('group_members').where('group_id', '=', groupId).execute();
  await writeMembers(trx, group);
  return ok({ group, formerMemberIds: former.memberIds });
}

const sorted = (memberIds: readonly string[]): string[] => [...new Set(memberIds)].toSorted();

async function writeMembers(
  trx: Transaction<Tables>,
  { groupId, memberIds }: Group,
): Promise<void> {
  if (memberIds.length === 0) return;
  const rows = memberIds.map((userId) => ({ group_id: groupId, user_id: userId }));
  await trx.insertInto('group_members').values(rows).execute();
}

/** Why the group cannot be as it should become. Holds its members, so that they stay as they were counted. */
async function problemOf(
  trx: Transaction<Tables>,
  engine: Engine,
  group: Group,
): Promise<GroupProblem | null> {
  const { groupId, memberIds } = group;
  if (memberIds.length > limits.groupMembers) return 'too-large';
  if (memberIds.length === 0) return null;
  const known = await lockUsers(trx, engine, memberIds);
  if (known.size < memberIds.length) return 'member-unknown';
  const others = (await groupsOf(trx, memberIds)).filter((other) => other.groupId !== groupId);
  return hasRoomForAll(memberIds, [...others, group]) ? null : 'too-large';
}

/** Whether each of them can be told of all their groups in one message. */
function hasRoomForAll(userIds: readonly string[], groups: readonly Group[]): boolean {
  const sums = new Map(userIds.map((userId) => [userId, { count: 0, bytes: '[]'.length }]));
  for (const group of groups) {
    const bytes = Buffer.byteLength(JSON.stringify(group)) + ','.length;
    for (const userId of group.memberIds) {
      const sum = sums.get(userId);
      if (!sum) continue;
      sum.count += 1;
      sum.bytes += bytes;
    }
  }
  return [...sums.values()].every(
    ({ count, bytes }) => count <= limits.groupsPerUser && bytes <= groupsBytes,
  );
}

import type { Kysely } from 'kysely';
import type { Group } from '#protocol/messages';
import type { Tables } from './schema';
import type { GroupStore } from './store';

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

export function sqlGroups(db: Kysely<Tables>): GroupStore {
  const members = db
    .selectFrom('groups')
    .leftJoin('group_members', 'group_members.group_id', 'groups.group_id')
    .select(['groups.group_id', 'groups.name', 'group_members.user_id'])
    .orderBy('groups.group_id')
    .orderBy('group_members.user_id');
  return {
    add: (group) => addGroup(db, group),
    list: async () => toGroups(await members.execute()),
    ofUser: async (userId) =>
      toGroups(
        await members
          .where('groups.group_id', 'in', (inner) =>
            inner
              .selectFrom('group_members as own')
              .select('own.group_id')
              .where('own.user_id', '=', userId),
          )
          .execute(),
      ),
  };
}

function addGroup(db: Kysely<Tables>, group: Group): Promise<'added' | 'taken' | 'member-unknown'> {
  const memberIds = [...new Set(group.memberIds)];
  return db.transaction().execute(async (trx) => {
    if (memberIds.length > 0) {
      const known = await trx
        .selectFrom('users')
        .select('user_id')
        .where('user_id', 'in', memberIds)
        .execute();
      if (known.length < memberIds.length) return 'member-unknown';
    }
    const inserted = await trx
      .insertInto('groups')
      .values({ group_id: group.groupId, name: group.name })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows !== 1n) return 'taken';
    if (memberIds.length > 0) {
      const rows = memberIds.map((userId) => ({ group_id: group.groupId, user_id: userId }));
      await trx.insertInto('group_members').values(rows).execute();
    }
    return 'added';
  });
}

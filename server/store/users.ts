import type { Kysely, Transaction } from 'kysely';
import type { Picture, UserProfile } from '#protocol/messages';
import type { Tables } from './schema';
import { afterAll, searchKey, termsOf } from './terms';
import type { NewUser, ProfileChange, SearchPage, UserStore } from './store';

async function writeTerms(trx: Transaction<Tables>, userId: string, name: string): Promise<void> {
  await trx.deleteFrom('user_terms').where('user_id', '=', userId).execute();
  const terms = termsOf(userId, name).map((term) => ({ term, user_id: userId }));
  await trx.insertInto('user_terms').values(terms).execute();
}

interface ProfileRow {
  readonly user_id: string;
  readonly name: string;
  readonly picture_id: string | null;
}

const profileColumns = ['user_id', 'name', 'picture_id'] as const;

const toProfile = ({ user_id: userId, name, picture_id: pictureId }: ProfileRow): UserProfile => ({
  userId,
  name,
  ...(pictureId === null ? {} : { pictureId }),
});

export function sqlUsers(db: Kysely<Tables>): UserStore {
  const profiles = db.selectFrom('users').select(profileColumns);
  return {
    add: (user) => db.transaction().execute((trx) => insertUser(trx, user)),
    change: (userId, change) => db.transaction().execute((trx) => changeUser(trx, userId, change)),
    picture: async (userId, pictureId) => {
      const row = await db
        .selectFrom('pictures')
        .select(['type', 'data'])
        .where('user_id', '=', userId)
        .where('picture_id', '=', pictureId)
        .executeTakeFirst();
      return row ?? null;
    },
    find: async (userId) => {
      const row = await profiles.where('user_id', '=', userId).executeTakeFirst();
      return row ? toProfile(row) : null;
    },
    findMany: async (userIds) => {
      if (userIds.length === 0) return [];
      const rows = await profiles.where('user_id', 'in', userIds).execute();
      return rows.map(toProfile);
    },
    passwordHash: async (userId) => {
      const row = await db
        .selectFrom('users')
        .select('password_hash')
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return row?.password_hash ?? null;
    },
    list: async () => {
      const rows = await profiles.orderBy('name_key').orderBy('user_id').execute();
      return rows.map(toProfile);
    },
    search: (query, cursor, limit) => searchUsers(db, { prefix: searchKey(query), cursor, limit }),
  };
}

export async function insertUser(trx: Transaction<Tables>, user: NewUser): Promise<boolean> {
  const inserted = await trx
    .insertInto('users')
    .values({
      user_id: user.userId,
      name: user.name,
      name_key: searchKey(user.name),
      password_hash: user.passwordHash,
      created_at: user.createdAt,
      picture_id: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) return false;
  await writeTerms(trx, user.userId, user.name);
  return true;
}

async function changeUser(
  trx: Transaction<Tables>,
  userId: string,
  { name, picture }: ProfileChange,
): Promise<UserProfile | null> {
  const changed = await trx
    .updateTable('users')
    .set((eb) => ({
      name: name ?? eb.ref('name'),
      name_key: name === undefined ? eb.ref('name_key') : searchKey(name),
      picture_id: picture === undefined ? eb.ref('picture_id') : (picture?.pictureId ?? null),
    }))
    .where('user_id', '=', userId)
    .returning(profileColumns)
    .executeTakeFirst();
  if (!changed) return null;
  if (name !== undefined) await writeTerms(trx, userId, name);
  if (picture !== undefined) await writePicture(trx, userId, picture);
  return toProfile(changed);
}

async function writePicture(
  trx: Transaction<Tables>,
  userId: string,
  stored: { readonly pictureId: string; readonly picture: Picture } | null,
): Promise<void> {
  await trx.deleteFrom('pictures').where('user_id', '=', userId).execute();
  if (!stored) return;
  const { pictureId, picture } = stored;
  await trx
    .insertInto('pictures')
    .values({ user_id: userId, picture_id: pictureId, type: picture.type, data: picture.data })
    .execute();
}

async function searchUsers(
  db: Kysely<Tables>,
  wanted: { readonly prefix: string; readonly cursor: string | undefined; readonly limit: number },
): Promise<SearchPage> {
  const { prefix, cursor, limit } = wanted;
  let query = db
    .selectFrom('users')
    .select(profileColumns)
    .orderBy('name_key')
    .orderBy('user_id')
    .limit(limit + 1);
  if (prefix !== '') {
    query = query.where('user_id', 'in', (inner) =>
      inner
        .selectFrom('user_terms')
        .select('user_terms.user_id')
        .where('term', '>=', prefix)
        .where('term', '<', prefix + afterAll),
    );
  }
  // The cursor is the last user of the page before. Where it is unknown, there is nothing after it.
  if (cursor !== undefined) {
    query = query.where((eb) =>
      eb(
        eb.refTuple('name_key', 'user_id'),
        '>',
        eb
          .selectFrom('users as last')
          .select(['last.name_key', 'last.user_id'])
          .where('last.user_id', '=', cursor)
          .$asTuple('name_key', 'user_id'),
      ),
    );
  }
  const rows = await query.execute();
  const people = rows.slice(0, limit).map(toProfile);
  const last = people.at(-1);
  return rows.length > limit && last ? { people, cursor: last.userId } : { people };
}

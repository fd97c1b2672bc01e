import type { Kysely, Transaction } from 'kysely';
import { limits } from '#protocol/limits';
import type { CallRules, DoNotDisturb, RulesChange } from '#protocol/messages';
import { changedRules } from '#protocol/rules-change';
import type { UserRules } from '../calls/rules/command';
import { defaultUserRules } from '../calls/rules/user-rules';
import { lockUsers } from './lock-users';
import type { Engine } from './migrations';
import type { Tables } from './schema';
import type { RulesStore } from './store';

export function sqlRules(db: Kysely<Tables>, engine: Engine): RulesStore {
  /** What a command that runs has read of this user does not change under it. */
  const holding = <T>(userId: string, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (trx) => {
      await lockUsers(trx, engine, [userId]);
      return work(trx);
    });
  return {
    of: (userId) => rulesOfOne(db, userId),
    block: (userId, blockedId, createdAt) =>
      holding(userId, (trx) => insertBlock(trx, { userId, blockedId, createdAt })),
    unblock: (userId, blockedId) =>
      holding(userId, async (trx) => {
        await trx
          .deleteFrom('user_blocks')
          .where('user_id', '=', userId)
          .where('blocked_id', '=', blockedId)
          .execute();
        return 'done' as const;
      }),
    favour: (userId, favouriteId) =>
      holding(userId, (trx) => insertFavourite(trx, userId, favouriteId)),
    unfavour: (userId, favouriteId) =>
      holding(userId, async (trx) => {
        await trx
          .deleteFrom('user_favourites')
          .where('user_id', '=', userId)
          .where('favourite_id', '=', favouriteId)
          .execute();
        return 'done' as const;
      }),
    set: (userId, change) => holding(userId, (trx) => writeRules(trx, userId, change)),
  };
}

/** Of everybody who set any. */
export async function rulesOf(
  db: Kysely<Tables>,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, UserRules>> {
  if (userIds.length === 0) return new Map();
  const set = await db
    .selectFrom('user_rules')
    .selectAll()
    .where('user_id', 'in', userIds)
    .execute();
  const blocks = await db
    .selectFrom('user_blocks')
    .select(['user_id', 'blocked_id', 'created_at'])
    .where('user_id', 'in', userIds)
    .orderBy('created_at')
    .orderBy('blocked_id')
    .execute();
  const favourites = await db
    .selectFrom('user_favourites')
    .select(['user_id', 'favourite_id'])
    .where('user_id', 'in', userIds)
    .orderBy('place')
    .execute();
  const rules = new Map<string, UserRules>();
  const add = (userId: string, more: (soFar: UserRules) => Partial<UserRules>): void => {
    const soFar = rules.get(userId) ?? defaultUserRules;
    rules.set(userId, { ...soFar, ...more(soFar) });
  };
  for (const row of set) add(row.user_id, () => fromRow(row));
  for (const { user_id: userId, blocked_id: blockedId, created_at: createdAt } of blocks) {
    add(userId, ({ blockedSince }) => ({
      blockedSince: new Map([...blockedSince, [blockedId, createdAt]]),
    }));
  }
  for (const { user_id: userId, favourite_id: favouriteId } of favourites) {
    add(userId, ({ favouriteUserIds }) => ({
      favouriteUserIds: [...favouriteUserIds, favouriteId],
    }));
  }
  return rules;
}

function fromRow(row: Tables['user_rules']): Partial<UserRules> {
  const { busy, second_device: secondDevice } = row;
  return {
    ...{ busy, secondDevice },
    ...(row.do_not_disturb === null
      ? {}
      : { doNotDisturb: JSON.parse(row.do_not_disturb) as DoNotDisturb }),
    ...(row.quick_replies === null
      ? {}
      : { quickReplies: JSON.parse(row.quick_replies) as string[] }),
  };
}

async function rulesOfOne(db: Kysely<Tables>, userId: string): Promise<CallRules> {
  const { blockedSince, ...rules } = (await rulesOf(db, [userId])).get(userId) ?? defaultUserRules;
  return { ...rules, blockedUserIds: [...blockedSince.keys()] };
}

async function insertBlock(
  trx: Transaction<Tables>,
  block: { readonly userId: string; readonly blockedId: string; readonly createdAt: number },
): Promise<'done' | 'user-unknown' | 'too-many'> {
  const { userId, blockedId, createdAt } = block;
  if (!(await isUser(trx, blockedId))) return 'user-unknown';
  const { blockedUserIds } = await rulesOfOne(trx, userId);
  if (blockedUserIds.includes(blockedId)) return 'done';
  if (blockedUserIds.length >= limits.blockedUsers) return 'too-many';
  await trx
    .insertInto('user_blocks')
    .values({ user_id: userId, blocked_id: blockedId, created_at: createdAt })
    .execute();
  return 'done';
}

async function insertFavourite(
  trx: Transaction<Tables>,
  userId: string,
  favouriteId: string,
): Promise<'done' | 'user-unknown' | 'too-many'> {
  if (!(await isUser(trx, favouriteId))) return 'user-unknown';
  const { favouriteUserIds } = await rulesOfOne(trx, userId);
  if (favouriteUserIds.includes(favouriteId)) return 'done';
  if (favouriteUserIds.length >= limits.favouriteUsers) return 'too-many';
  const last = await trx
    .selectFrom('user_favourites')
    .select((eb) => eb.fn.max('place').as('place'))
    .where('user_id', '=', userId)
    .executeTakeFirst();
  await trx
    .insertInto('user_favourites')
    .values({ user_id: userId, favourite_id: favouriteId, place: (last?.place ?? 0) + 1 })
    .execute();
  return 'done';
}

async function isUser(trx: Transaction<Tables>, userId: string): Promise<boolean> {
  const known = await trx
    .selectFrom('users')
    .select('user_id')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return known !== undefined;
}

async function writeRules(
  trx: Transaction<Tables>,
  userId: string,
  change: RulesChange,
): Promise<void> {
  const rules = changedRules(await rulesOfOne(trx, userId), change);
  const row = {
    busy: rules.busy,
    second_device: rules.secondDevice,
    do_not_disturb: JSON.stringify(rules.doNotDisturb),
    quick_replies: JSON.stringify(rules.quickReplies),
  };
  await trx
    .insertInto('user_rules')
    .values({ user_id: userId, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute();
}

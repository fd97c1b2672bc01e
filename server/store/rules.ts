import type { Kysely, Transaction } from 'kysely';
import { limits } from '#protocol/limits';
import type { CallRules } from '#protocol/messages';
import type { UserRules } from '../calls/rules/command';
import { defaultUserRules } from '../calls/rules/user-rules';
import { lockUsers } from './lock-users';
import type { Engine } from './migrations';
import type { Tables } from './schema';
import type { RulesChange, RulesStore } from './store';

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
  const rules = new Map<string, UserRules>();
  const rulesSoFar = (userId: string): UserRules => rules.get(userId) ?? defaultUserRules;
  for (const { user_id: userId, busy, second_device: secondDevice } of set) {
    rules.set(userId, { ...defaultUserRules, busy, secondDevice });
  }
  for (const { user_id: userId, blocked_id: blockedId, created_at: createdAt } of blocks) {
    const { blockedSince, ...same } = rulesSoFar(userId);
    rules.set(userId, {
      ...same,
      blockedSince: new Map([...blockedSince, [blockedId, createdAt]]),
    });
  }
  return rules;
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
  const known = await trx
    .selectFrom('users')
    .select('user_id')
    .where('user_id', '=', blockedId)
    .executeTakeFirst();
  if (!known) return 'user-unknown';
  const { blockedUserIds } = await rulesOfOne(trx, userId);
  if (blockedUserIds.includes(blockedId)) return 'done';
  if (blockedUserIds.length >= limits.blockedUsers) return 'too-many';
  await trx
    .insertInto('user_blocks')
    .values({ user_id: userId, blocked_id: blockedId, created_at: createdAt })
    .execute();
  return 'done';
}

async function writeRules(
  trx: Transaction<Tables>,
  userId: string,
  change: RulesChange,
): Promise<void> {
  const { busy, secondDevice } = { ...(await rulesOfOne(trx, userId)), ...change };
  const row = { busy, second_device: secondDevice };
  await trx
    .insertInto('user_rules')
    .values({ user_id: userId, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute();
}

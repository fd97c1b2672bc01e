import type { Transaction } from 'kysely';
import type { Engine } from './migrations';
import type { Tables } from './schema';

/**
 * Holds these users until the transaction ends, in sorted order on every node, and tells which of them exist. SQLite
 * needs no row locks: its transaction holds the whole file from the beginning.
 */
export async function lockUsers(
  trx: Transaction<Tables>,
  engine: Engine,
  userIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (userIds.length === 0) return new Set();
  const users = trx
    .selectFrom('users')
    .select('user_id')
    .where('user_id', 'in', userIds)
    .orderBy('user_id');
  const rows = await (engine === 'postgres' ? users.forNoKeyUpdate() : users).execute();
  return new Set(rows.map((row) => row.user_id));
}

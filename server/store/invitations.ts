import type { Kysely, Transaction } from 'kysely';
import { limits } from '#protocol/limits';
import { userIdFor } from '../user-id';
import { lockUsers } from './lock-users';
import type { Engine } from './migrations';
import type { Tables } from './schema';
import type { InvitationStore, NewInvitation, Newcomer, UsedInvitation } from './store';
import { insertUser } from './users';

export function sqlInvitations(db: Kysely<Tables>, engine: Engine): InvitationStore {
  return {
    add: (invitation) =>
      db.transaction().execute(async (trx) => {
        const { createdBy, createdAt } = invitation;
        if (createdBy !== null) {
          // Two of one user at once are counted one after the other.
          await lockUsers(trx, engine, [createdBy]);
          if (await isFull(trx, createdBy, createdAt)) return 'too-many';
        }
        await insertInvitation(trx, invitation);
        return 'added';
      }),
    use: (codeHash, newcomer, times) =>
      db.transaction().execute((trx) => useInvitation(trx, codeHash, newcomer, times)),
    prune: async (expiredBefore) => {
      await db.deleteFrom('invitations').where('expires_at', '<', expiredBefore).execute();
    },
  };
}

async function isFull(trx: Transaction<Tables>, userId: string, nowMs: number): Promise<boolean> {
  const open = await trx
    .selectFrom('invitations')
    .select('code_hash')
    .where('created_by', '=', userId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', nowMs)
    .limit(limits.openInvites)
    .execute();
  return open.length >= limits.openInvites;
}

async function insertInvitation(
  trx: Transaction<Tables>,
  { codeHash, createdBy, createdAt, expiresAt }: NewInvitation,
): Promise<void> {
  await trx
    .insertInto('invitations')
    .values({
      code_hash: codeHash,
      created_by: createdBy,
      created_at: createdAt,
      expires_at: expiresAt,
      used_at: null,
      used_by: null,
      used_device: null,
      used_secret_hash: null,
    })
    .execute();
}

/** The update is the decision: on PostgreSQL the second one waits for the first and then finds the code used. */
async function useInvitation(
  trx: Transaction<Tables>,
  codeHash: string,
  newcomer: Newcomer,
  { nowMs, repeatMs }: { readonly nowMs: number; readonly repeatMs: number },
): Promise<UsedInvitation | null> {
  const won = await trx
    .updateTable('invitations')
    .set({
      used_at: nowMs,
      used_device: newcomer.deviceId,
      used_secret_hash: newcomer.secretHash,
    })
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', nowMs)
    .returning('created_by')
    .executeTakeFirst();
  if (!won) return usedBefore(trx, codeHash, newcomer, nowMs - repeatMs);
  const userId = await makeUser(trx, newcomer.name, nowMs);
  await trx
    .updateTable('invitations')
    .set({ used_by: userId })
    .where('code_hash', '=', codeHash)
    .execute();
  return { userId, invitedBy: won.created_by, isRepeated: false };
}

/** Others know the code's link and, from a call, the device: the secret is what nobody else was ever told. */
async function usedBefore(
  trx: Transaction<Tables>,
  codeHash: string,
  { deviceId, secretHash }: Newcomer,
  usedAfter: number,
): Promise<UsedInvitation | null> {
  const row = await trx
    .selectFrom('invitations')
    .select(['created_by', 'used_by'])
    .where('code_hash', '=', codeHash)
    .where('used_device', '=', deviceId)
    .where('used_secret_hash', '=', secretHash)
    .where('used_at', '>', usedAfter)
    .executeTakeFirst();
  return row?.used_by ? { userId: row.used_by, invitedBy: row.created_by, isRepeated: true } : null;
}

/** The id comes from the name, with a number where others have it. */
async function makeUser(
  trx: Transaction<Tables>,
  name: string,
  createdAt: number,
): Promise<string> {
  const wanted = userIdFor(name);
  const similar = await trx
    .selectFrom('users')
    .select('user_id')
    .where('user_id', '>=', wanted)
    // The sign after '-', which stands before every number.
    .where('user_id', '<', `${wanted}.`)
    .execute();
  const taken = new Set(similar.map((row) => row.user_id));
  for (let number = 1; ; number += 1) {
    const userId = number === 1 ? wanted : `${wanted}-${number}`;
    const user = { userId, name, passwordHash: null, createdAt };
    if (!taken.has(userId) && (await insertUser(trx, user))) return userId;
  }
}

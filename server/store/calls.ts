/**
 * Live calls as rows. A command runs in one transaction that first locks the users concerned, in sorted order on
 * every node, and only then reads: what it decides on cannot change under it. The revision in the UPDATE guards the
 * rest. SQLite needs no row locks: its transaction holds the whole file from the beginning.
 */
import type { Kysely, Transaction } from 'kysely';
import type { CallState } from '../calls/rules/call-state';
import { callGroup } from './groups';
import { lockUsers } from './lock-users';
import type { Engine } from './migrations';
import { previousOf } from './previous-of';
import { insertRecords } from './records';
import { rulesOf } from './rules';
import type { Tables } from './schema';
import { Conflict } from './store-away';
import type {
  CallScope,
  CallStore,
  CallTransaction,
  CommandAnswer,
  CommandKey,
  StoredWorld,
} from './store';

const attempts = 5;

export function sqlCalls(db: Kysely<Tables>, engine: Engine): CallStore {
  return {
    transaction: (scope, work) => runAgain(() => runOnce(db, engine, scope, work)),
    answerTo: (key) => readAnswer(db, key),
    find: (callIds) => findCalls(db, callIds),
    unended: async () => {
      const rows = await db
        .selectFrom('calls')
        .select('state')
        .where('ended_at', 'is', null)
        .execute();
      return rows.map(toState);
    },
    unendedOf: (userId) => unendedOf(db, [userId], null),
    due: async (nowMs, limit) => {
      const rows = await db
        .selectFrom('calls')
        .select('call_id')
        .where('next_deadline', '<=', nowMs)
        .where('ended_at', 'is', null)
        .orderBy('next_deadline')
        .limit(limit)
        .execute();
      return rows.map((row) => row.call_id);
    },
    prune: async (nowMs, endedBefore) => {
      await db.deleteFrom('command_results').where('expires_at', '<=', nowMs).execute();
      await db.deleteFrom('calls').where('ended_at', '<', endedBefore).execute();
    },
  };
}

async function runAgain<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === attempts) throw error;
    }
  }
}

function runOnce<T>(
  db: Kysely<Tables>,
  engine: Engine,
  scope: CallScope,
  work: (tx: CallTransaction) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    const world = await loadWorld(trx, engine, scope);
    return work({
      world,
      answerTo: (key) => readAnswer(trx, key),
      remember: (key, answer, expiresAt) => writeAnswer(trx, key, answer, expiresAt),
      save: (call) => saveCall(trx, previousOf(world, call.callId), call),
      addRecords: (records) => insertRecords(trx, records),
    });
  });
}

async function loadWorld(
  trx: Transaction<Tables>,
  engine: Engine,
  scope: CallScope,
): Promise<StoredWorld> {
  const { callId } = scope;
  const expected = await usersOf(trx, callId);
  const concerned = [...new Set([...expected, ...scope.userIds])].sort();
  const knownUserIds = await lockUsers(trx, engine, concerned);
  const [call] = callId === null ? [] : await findCalls(trx, [callId]);
  const present = new Set(call?.legs.map((leg) => leg.userId));
  // People were invited between the first look and the locks: begin again with them.
  if ([...present].some((userId) => !concerned.includes(userId))) throw new Conflict();
  const others = await unendedOf(trx, concerned, callId);
  const groupId = scope.groupId ?? call?.groupId;
  const ringers = others.flatMap(({ legs }) => legs.map((leg) => leg.invitedBy));
  return {
    call: call ?? null,
    group: groupId === undefined ? null : await callGroup(trx, groupId),
    others,
    knownUserIds,
    rules: await rulesOf(trx, [...new Set([...knownUserIds, ...ringers])]),
  };
}

async function usersOf(trx: Transaction<Tables>, callId: string | null): Promise<string[]> {
  if (callId === null) return [];
  const rows = await trx
    .selectFrom('call_users')
    .select('user_id')
    .where('call_id', '=', callId)
    .execute();
  return rows.map((row) => row.user_id);
}

const toState = (row: { state: string }): CallState => JSON.parse(row.state) as CallState;

async function findCalls(db: Kysely<Tables>, callIds: readonly string[]): Promise<CallState[]> {
  if (callIds.length === 0) return [];
  const rows = await db
    .selectFrom('calls')
    .select('state')
    .where('call_id', 'in', callIds)
    .execute();
  return rows.map(toState);
}

async function unendedOf(
  db: Kysely<Tables>,
  userIds: readonly string[],
  except: string | null,
): Promise<CallState[]> {
  if (userIds.length === 0) return [];
  const unended = db
    .selectFrom('calls')
    .select('state')
    .where('ended_at', 'is', null)
    .where('call_id', 'in', (inner) =>
      inner.selectFrom('call_users').select('call_users.call_id').where('user_id', 'in', userIds),
    )
    .orderBy('call_id');
  const rows = await (except === null ? unended : unended.where('call_id', '!=', except)).execute();
  return rows.map(toState);
}

async function saveCall(
  trx: Transaction<Tables>,
  previous: CallState | null,
  call: CallState,
): Promise<void> {
  const row = {
    revision: call.revision,
    next_deadline: call.nextDeadline,
    ended_at: call.endedAt ?? null,
    state: JSON.stringify(call),
  };
  if (previous) {
    const updated = await trx
      .updateTable('calls')
      .set(row)
      .where('call_id', '=', call.callId)
      .where('revision', '=', previous.revision)
      .executeTakeFirst();
    if (updated.numUpdatedRows !== 1n) throw new Conflict();
  } else {
    await trx
      .insertInto('calls')
      .values({ call_id: call.callId, ...row })
      .execute();
  }
  const before = new Set(previous?.legs.map((leg) => leg.userId));
  const added = [...new Set(call.legs.map((leg) => leg.userId))].filter((id) => !before.has(id));
  if (added.length === 0) return;
  const rows = added.map((userId) => ({ call_id: call.callId, user_id: userId }));
  await trx
    .insertInto('call_users')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function readAnswer(db: Kysely<Tables>, key: CommandKey): Promise<CommandAnswer | null> {
  const row = await db
    .selectFrom('command_results')
    .select('answer')
    .where('user_id', '=', key.userId)
    .where('device_id', '=', key.deviceId)
    .where('command_id', '=', key.commandId)
    .executeTakeFirst();
  return row ? (JSON.parse(row.answer) as CommandAnswer) : null;
}

async function writeAnswer(
  trx: Transaction<Tables>,
  key: CommandKey,
  answer: CommandAnswer,
  expiresAt: number,
): Promise<void> {
  const row = {
    expires_at: expiresAt,
    answer: JSON.stringify(answer),
  };
  await trx
    .insertInto('command_results')
    .values({
      user_id: key.userId,
      device_id: key.deviceId,
      command_id: key.commandId,
      ...row,
    })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'device_id', 'command_id']).doUpdateSet(row),
    )
    .execute();
}

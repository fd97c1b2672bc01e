import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { type Dialect, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { type Log, describeError } from '../log';
import { sqlCalls } from './calls';
import { sqlDevices } from './devices';
import { sqlGroups } from './groups';
import { sqlInvitations } from './invitations';
import { type Engine, migrate } from './migrations';
import { sqlRecords } from './records';
import { sqlRules } from './rules';
import type { Tables } from './schema';
import { sqliteDialect } from './sqlite-dialect';
import type { Store } from './store';
import { sqlUsers } from './users';

/** Where the truth lives: a folder for a SQLite file, or the url of a PostgreSQL database. */
export type StorePlace = { readonly data: string } | { readonly databaseUrl: string };

const connectMs = 5_000;
const statementMs = 10_000;
const ownerOnly = 0o600;

/** PostgreSQL's number for the type bigint. */
const bigintOid = 20;
const getTypeParser = pg.types.getTypeParser as (oid: number, format?: unknown) => unknown;

/** @throws when the place cannot be opened or its tables cannot be prepared. */
export async function openStore(place: StorePlace, log: Log): Promise<Store> {
  const engine: Engine = 'data' in place ? 'sqlite' : 'postgres';
  const db = new Kysely<Tables>({
    dialect: 'data' in place ? sqliteIn(place.data, log) : postgresAt(place.databaseUrl, log),
  });
  try {
    await migrate(db, engine);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return storeOn(db, engine);
}

function sqliteIn(folder: string, log: Log): Dialect {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'peal.db');
  keepPrivate(file, log);
  return sqliteDialect(file);
}

/** The key that signs access tokens is in there. A folder that existed may be open to everybody, so the files are not. */
function keepPrivate(file: string, log: Log): void {
  // SQLite gives the files beside it the mode of this one.
  closeSync(openSync(file, 'a', ownerOnly));
  for (const path of [file, `${file}-wal`, `${file}-shm`].filter((one) => existsSync(one))) {
    try {
      chmodSync(path, ownerOnly);
    } catch (error) {
      log('warn', 'database file may be readable by others', describeError(error));
    }
  }
}

function postgresAt(connectionString: string, log: Log): Dialect {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    types: { getTypeParser: numericTimes },
  });
  // An idle connection that breaks (the database restarts) is replaced by the pool; unheard it would end the process.
  pool.on('error', (error) => log('warn', 'database connection lost', describeError(error)));
  return new PostgresDialect({ pool });
}

/** Times are bigint and far below 2^53: numbers, as on SQLite. */
const numericTimes: typeof pg.types.getTypeParser = (oid: number, format?: unknown) =>
  oid === bigintOid ? Number : getTypeParser(oid, format);

function storeOn(db: Kysely<Tables>, engine: Engine): Store {
  return {
    users: sqlUsers(db),
    groups: sqlGroups(db, engine),
    devices: sqlDevices(db),
    invitations: sqlInvitations(db, engine),
    calls: sqlCalls(db, engine),
    rules: sqlRules(db, engine),
    records: sqlRecords(db),
    setting: async (key, initial) => {
      await db
        .insertInto('settings')
        .values({ key, value: initial })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await db
        .selectFrom('settings')
        .select('value')
        .where('key', '=', key)
        .executeTakeFirstOrThrow();
      return row.value;
    },
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close: () => db.destroy(),
  };
}

/**
 * How the tables came to be, oldest first. A migration that was released is never edited: add the next one.
 * Each runs on SQLite and PostgreSQL; text that is sorted or compared by range is compared byte by byte on both.
 */
import { type ColumnDataType, type Kysely, type Migration, Migrator, sql } from 'kysely';
import type { Expression } from 'kysely';
import { markOldRecords } from './old-records';
import type { Tables } from './schema';

export type Engine = 'sqlite' | 'postgres';

type TextType = ColumnDataType | Expression<unknown>;

async function createPeople(db: Kysely<unknown>, sortable: TextType): Promise<void> {
  await db.schema
    .createTable('settings')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('users')
    .addColumn('user_id', sortable, (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', sortable, (column) => column.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('users_by_name')
    .on('users')
    .columns(['name_key', 'user_id'])
    .execute();
  await db.schema
    .createTable('user_terms')
    .addColumn('term', sortable, (column) => column.notNull())
    .addColumn('user_id', sortable, (column) =>
      column.notNull().references('users.user_id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('user_terms_key', ['term', 'user_id'])
    .execute();
  await db.schema.createIndex('user_terms_by_user').on('user_terms').column('user_id').execute();
}

async function createGroups(db: Kysely<unknown>, sortable: TextType): Promise<void> {
  await db.schema
    .createTable('groups')
    .addColumn('group_id', sortable, (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('group_members')
    .addColumn('group_id', sortable, (column) =>
      column.notNull().references('groups.group_id').onDelete('cascade'),
    )
    .addColumn('user_id', sortable, (column) =>
      column.notNull().references('users.user_id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('group_members_key', ['group_id', 'user_id'])
    .execute();
  await db.schema
    .createIndex('group_members_by_user')
    .on('group_members')
    .column('user_id')
    .execute();
}

async function createDevices(db: Kysely<unknown>, sortable: TextType): Promise<void> {
  await db.schema
    .createTable('devices')
    .addColumn('user_id', sortable, (column) =>
      column.notNull().references('users.user_id').onDelete('cascade'),
    )
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('family', 'text', (column) => column.notNull().unique())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('previous_hash', 'text')
    .addColumn('current_hashes', 'text', (column) => column.notNull())
    .addColumn('revoked_at', 'bigint')
    .addColumn('signed_in_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('devices_key', ['user_id', 'device_id'])
    .execute();
}

async function createCalls(db: Kysely<unknown>, sortable: TextType): Promise<void> {
  await db.schema
    .createTable('calls')
    .addColumn('call_id', 'text', (column) => column.primaryKey())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('next_deadline', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('state', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('calls_by_deadline').on('calls').column('next_deadline').execute();
  await db.schema.createIndex('calls_by_end').on('calls').column('ended_at').execute();
  await db.schema
    .createTable('call_users')
    .addColumn('call_id', 'text', (column) =>
      column.notNull().references('calls.call_id').onDelete('cascade'),
    )
    .addColumn('user_id', sortable, (column) => column.notNull())
    .addPrimaryKeyConstraint('call_users_key', ['call_id', 'user_id'])
    .execute();
  await db.schema.createIndex('call_users_by_user').on('call_users').column('user_id').execute();
  await db.schema
    .createTable('command_results')
    .addColumn('user_id', sortable, (column) => column.notNull())
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('command_id', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('answer', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('command_results_key', ['user_id', 'device_id', 'command_id'])
    .execute();
  await db.schema
    .createIndex('command_results_by_expiry')
    .on('command_results')
    .column('expires_at')
    .execute();
}

async function createRecords(db: Kysely<unknown>, sortable: TextType): Promise<void> {
  await db.schema
    .createTable('records')
    .addColumn('record_id', 'text', (column) => column.notNull())
    .addColumn('user_id', sortable, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('seen', 'integer', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('records_key', ['user_id', 'record_id'])
    .execute();
  await db.schema
    .createIndex('records_by_user')
    .on('records')
    .columns(['user_id', 'created_at'])
    .execute();
  await db.schema
    .createIndex('records_unseen')
    .on('records')
    .columns(['user_id', 'seen'])
    .execute();
}

async function createCallRules(db: Kysely<unknown>, sortable: TextType): Promise<void> {
  await db.schema
    .createTable('user_rules')
    .addColumn('user_id', sortable, (column) =>
      column.primaryKey().references('users.user_id').onDelete('cascade'),
    )
    .addColumn('busy', 'text', (column) => column.notNull())
    .addColumn('second_device', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('user_blocks')
    .addColumn('user_id', sortable, (column) =>
      column.notNull().references('users.user_id').onDelete('cascade'),
    )
    .addColumn('blocked_id', sortable, (column) =>
      column.notNull().references('users.user_id').onDelete('cascade'),
    )
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('user_blocks_key', ['user_id', 'blocked_id'])
    .execute();
}

async function createFirstMinute(db: Kysely<unknown>, sortable: TextType): Promise<void> {
  await db.schema.alterTable('users').addColumn('picture_id', 'text').execute();
  await db.schema
    .createTable('pictures')
    .addColumn('user_id', sortable, (column) =>
      column.primaryKey().references('users.user_id').onDelete('cascade'),
    )
    .addColumn('picture_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('invitations')
    .addColumn('code_hash', 'text', (column) => column.primaryKey())
    .addColumn('created_by', sortable, (column) =>
      column.references('users.user_id').onDelete('cascade'),
    )
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .addColumn('used_by', sortable)
    .addColumn('used_device', 'text')
    .addColumn('used_secret_hash', 'text')
    .execute();
  await db.schema
    .createIndex('invitations_by_creator')
    .on('invitations')
    .column('created_by')
    .execute();
  await db.schema
    .createIndex('invitations_by_expiry')
    .on('invitations')
    .column('expires_at')
    .execute();
}

/** Also the order in which a search reads them. */
const recordSubjectsKey: ('user_id' | 'is_group' | 'subject_id' | 'created_at' | 'record_id')[] = [
  'user_id',
  'is_group',
  'subject_id',
  'created_at',
  'record_id',
];

async function createReachability(db: Kysely<unknown>, sortable: TextType): Promise<void> {
  await db.schema.alterTable('user_rules').addColumn('do_not_disturb', 'text').execute();
  await db.schema.alterTable('user_rules').addColumn('quick_replies', 'text').execute();
  await db.schema
    .createTable('user_favourites')
    .addColumn('user_id', sortable, (column) =>
      column.notNull().references('users.user_id').onDelete('cascade'),
    )
    .addColumn('favourite_id', sortable, (column) =>
      column.notNull().references('users.user_id').onDelete('cascade'),
    )
    .addColumn('place', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('user_favourites_key', ['user_id', 'favourite_id'])
    .execute();
  await db.schema
    .createTable('record_subjects')
    .addColumn('user_id', sortable, (column) => column.notNull())
    .addColumn('is_group', 'integer', (column) => column.notNull())
    .addColumn('subject_id', sortable, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('record_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('record_subjects_key', recordSubjectsKey)
    .execute();
}

/** For names that so many calls have that the newest of all calls are looked through instead. */
async function createSubjectsByTime(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('record_subjects_by_time')
    .on('record_subjects')
    .columns(['user_id', 'is_group', 'created_at', 'record_id', 'subject_id'])
    .execute();
}

function migrationsFor(engine: Engine): Record<string, Migration> {
  const sortable: TextType = engine === 'postgres' ? sql`text collate "C"` : 'text';
  return {
    '001-first': {
      up: async (db: Kysely<unknown>) => {
        await createPeople(db, sortable);
        await createGroups(db, sortable);
        await createDevices(db, sortable);
        await createCalls(db, sortable);
        await createRecords(db, sortable);
      },
    },
    '002-call-rules': { up: (db: Kysely<unknown>) => createCallRules(db, sortable) },
    '003-first-minute': { up: (db: Kysely<unknown>) => createFirstMinute(db, sortable) },
    '004-reachability': {
      up: async (db: Kysely<unknown>) => {
        await createReachability(db, sortable);
        await markOldRecords(db);
      },
    },
    '005-search-by-time': { up: createSubjectsByTime },
  };
}

/** @throws when a migration fails or the database was made by a newer server. */
export async function migrate(db: Kysely<Tables>, engine: Engine): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrationsFor(engine)) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
  if (error !== undefined) throw new Error('The database could not be prepared.');
}

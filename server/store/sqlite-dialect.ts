/**
 * Kysely's SQLite dialect over libsql, with three differences: a transaction takes the write lock when it begins, so
 * that it never has to give up half-way, rows are plain (libsql adds a `_metadata` key to some), and a statement is
 * prepared once: Kysely asks for it anew each time, which costs more than most of the statements themselves.
 */
import Database from 'libsql';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';

const busyTimeoutMs = 5_000;
/** There are about a hundred; a list of values makes one for each length. */
const keptStatements = 300;

class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#config);
  }
}

export function sqliteDialect(file: string): SqliteDialect {
  const database = new Database(file, { timeout: busyTimeoutMs });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  return new ImmediateSqliteDialect({ database: preparedOnce(plainRows(database)) });
}

/** Those used longest ago go first. */
function preparedOnce(database: SqliteDatabase): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => {
      kept.clear();
      database.close();
    },
    prepare: (text) => {
      const statement = kept.get(text) ?? database.prepare(text);
      kept.delete(text);
      kept.set(text, statement);
      const oldest = kept.keys().next();
      if (kept.size > keptStatements && !oldest.done) kept.delete(oldest.value);
      return statement;
    },
  };
}

function plainRows(database: Database.Database): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (text) => {
      const statement = database.prepare(text);
      return {
        reader: statement.reader,
        all: (parameters) => statement.all(...parameters).map(withoutMetadata),
        run: (parameters) => statement.run(...parameters),
        iterate: (parameters) => statement.iterate(...parameters),
      } satisfies SqliteStatement;
    },
  };
}

function withoutMetadata(row: unknown): unknown {
  if (typeof row !== 'object' || row === null || !('_metadata' in row)) return row;
  const { _metadata, ...plain } = row;
  return plain;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteDialect } from '#server/store/sqlite-dialect';

interface Tables {
  readonly things: { readonly id: number; readonly name: string };
}

describe('a statement that is used again', () => {
  let folder: string;
  let db: Kysely<Tables>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'peal-dialect-'));
    db = new Kysely<Tables>({ dialect: sqliteDialect(join(folder, 'test.db')) });
    await sql`create table things (id integer primary key, name text not null)`.execute(db);
  });
  afterEach(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  const add = (id: number, name: string): Promise<unknown> =>
    db.insertInto('things').values({ id, name }).execute();
  const all = (): Promise<Tables['things'][]> =>
    db.selectFrom('things').selectAll().orderBy('id').execute();

  it('takes new values and sees what changed meanwhile', async () => {
    expect(await all()).toEqual([]);
    await add(1, 'one');
    expect(await all()).toEqual([{ id: 1, name: 'one' }]);
    await add(2, 'two');
    expect((await all()).map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('works after it has failed', async () => {
    await add(1, 'one');
    await expect(add(1, 'again')).rejects.toThrow(/UNIQUE/);
    await add(2, 'two');
    expect(await all()).toHaveLength(2);
  });

  it('sees a table that was changed after it was prepared', async () => {
    await add(1, 'one');
    expect(await all()).toEqual([{ id: 1, name: 'one' }]);
    await sql`alter table things add column more text default 'x'`.execute(db);
    expect(await all()).toEqual([{ id: 1, name: 'one', more: 'x' }]);
  });

  it('is one of a limited number, and works when it had to go', async () => {
    for (let length = 1; length <= 700; length += 1) {
      const ids = Array.from({ length }, (_, n) => n);
      await db.selectFrom('things').selectAll().where('id', 'in', ids).execute();
    }
    await add(1, 'one');
    expect(await all()).toHaveLength(1);
  });
});

/** A history that a former version of the server wrote, on every database. */
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Log, silentLog } from '#server/log';
import { startServer } from '#server/start';
import { type StorePlace, openStore } from '#server/store/open-store';
import type { Tables } from '#server/store/schema';
import { sqliteDialect } from '#server/store/sqlite-dialect';
import type { IndexedRecords, Store } from '#server/store/store';
import { storeBenches } from '../../support/store-benches';
import { waitFor } from '../../support/wait';

const t0 = 1_790_000_000_000;

const rawAt = (place: StorePlace): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect:
      'data' in place
        ? sqliteDialect(join(place.data, 'peal.db'))
        : new PostgresDialect({ pool: new pg.Pool({ connectionString: place.databaseUrl }) }),
  });

const calls = [
  { kind: 'private', targetId: 'anna', callerId: 'anna' },
  { kind: 'private', targetId: 'cem', callerId: 'bao' },
  { kind: 'group', targetId: 'design', callerId: 'anna' },
  { kind: 'group', targetId: 'cem', callerId: 'bao' },
];

function oldRow(n: number) {
  const call = calls[n % calls.length];
  const shared = { callId: `c${String(n)}`, mediaType: 1, createdAt: t0 + n, connectedAt: 0 };
  return {
    ...{ record_id: `c${String(n)}:bao`, user_id: 'bao', created_at: t0 + n, seen: 1 },
    data: JSON.stringify({
      ...{ ...call, ...shared, recordId: `c${String(n)}:bao`, direction: 'incoming' },
      ...{ endedAt: t0 + n + 5, endReason: 5 },
    }),
  };
}

/** As it was before the fourth migration. */
async function makeOld(place: StorePlace, unreadable: readonly string[] = []): Promise<void> {
  const db = rawAt(place);
  await db.schema.dropTable('record_subjects').execute();
  await db.schema.dropTable('user_favourites').execute();
  for (const column of ['do_not_disturb', 'quick_replies']) {
    await db.schema.alterTable('user_rules').dropColumn(column).execute();
  }
  await sql`delete from kysely_migration where name >= '004'`.execute(db);
  await db.deleteFrom('settings').execute();
  await db
    .insertInto('records')
    .values(Array.from({ length: 1_204 }, (_, n) => oldRow(n)))
    .execute();
  const broken = unreadable.map((data, n) => ({ ...oldRow(n), record_id: `broken-${n}`, data }));
  if (broken.length > 0) await db.insertInto('records').values(broken).execute();
  await db
    .insertInto('user_rules')
    .values({ user_id: 'bao', busy: 'device', second_device: 2 } as never)
    .execute();
  await db.destroy();
}

/** What the server does, without a server: until all is indexed, or so many times. */
async function indexOld(store: Store, steps = Infinity): Promise<IndexedRecords[]> {
  const done: IndexedRecords[] = [];
  while (done.length < steps) {
    const step = await store.records.indexNext();
    if (!step) break;
    done.push(step);
  }
  return done;
}

const sumOf = (steps: readonly IndexedRecords[]): number =>
  steps.reduce((sum, { records }) => sum + records, 0);

describe.each(storeBenches)('old records on $name', ({ bench }) => {
  beforeAll(() => bench.start());
  afterAll(() => bench.stop());

  const oldPlace = async (unreadable?: readonly string[]): Promise<StorePlace> => {
    const place = await bench.place();
    const first = await openStore(place, silentLog);
    for (const userId of ['anna', 'bao', 'cem']) {
      await first.users.add({ userId, name: userId, passwordHash: null, createdAt: t0 });
    }
    await first.groups.add({ groupId: 'design', name: 'Design review', memberIds: ['bao'] });
    await first.close();
    await makeOld(place, unreadable);
    return place;
  };

  const withStore = async (place: StorePlace, use: (store: Store) => Promise<void>) => {
    const store = await openStore(place, silentLog);
    try {
      await use(store);
    } finally {
      await store.close();
    }
  };

  const found = async (store: Store, query: string): Promise<string[]> =>
    (await store.records.search('bao', query, { before: undefined, limit: 3 })).map(
      ({ callId }) => callId,
    );

  it('are read as far as they are known, and found by whom they name', async () => {
    await withStore(await oldPlace(), async (store) => {
      await indexOld(store);
      const known = (await store.records.list('bao', t0 + 4, 4)).map((record) => [
        ...[record.memberIds, record.invitedBy],
      ]);
      expect(known).toEqual([
        [[], 'bao'],
        [['anna'], 'anna'],
        [['cem'], 'bao'],
        [['anna'], 'anna'],
      ]);
      expect(await found(store, 'anna')).toEqual(['c1202', 'c1200', 'c1198']);
      expect(await found(store, 'cem')).toEqual(['c1203', 'c1201', 'c1199']);
      expect(await found(store, 'review')).toEqual(['c1202', 'c1198', 'c1194']);
      expect(await store.rules.of('bao')).toMatchObject({
        ...{ busy: 'device', secondDevice: 2, favouriteUserIds: [], quickReplies: [] },
        doNotDisturb: { until: null, schedule: null, favouritesRing: true },
      });
    });
  });

  it('become findable some at a time, and after a restart from there on', async () => {
    const place = await oldPlace();
    let before = 0;
    await withStore(place, async (store) => {
      expect(await found(store, 'anna')).toEqual([]);
      before = sumOf(await indexOld(store, 2));
      expect(await found(store, 'anna')).toHaveLength(3);
    });
    expect(before).toBeGreaterThan(0);
    await withStore(place, async (store) => {
      expect(sumOf(await indexOld(store))).toBe(1_204 - before);
      expect(await found(store, 'anna')).toEqual(['c1202', 'c1200', 'c1198']);
    });
    // Done is done, for every later start.
    await withStore(place, async (store) => expect(await indexOld(store)).toEqual([]));
  });

  it('that cannot be read are named and left alone, and the others are found', async () => {
    const unreadable = ['', '{', 'null', '{}', '{"recordId":"x","kind":"private"}'];
    await withStore(await oldPlace(unreadable), async (store) => {
      const steps = await indexOld(store);
      expect(sumOf(steps)).toBe(1_204 + unreadable.length);
      const names = unreadable.map((_, n) => `broken-${n}`);
      expect(steps.flatMap(({ unreadableIds }) => unreadableIds)).toEqual(names);
      expect(await found(store, 'anna')).toEqual(['c1202', 'c1200', 'c1198']);
    });
  });

  it('are indexed by the server beside its work, which says in its log how many they were', async () => {
    const place = await oldPlace(['{']);
    const lines: unknown[] = [];
    const log: Log = (level, message, fields) => {
      if (message.includes('old record')) lines.push([level, message, fields]);
    };
    const where = 'data' in place ? { data: place.data } : { databaseUrl: place.databaseUrl };
    const server = await startServer({ port: 0, log, ...where });
    try {
      await waitFor(() => lines.length === 2, { what: 'the old records are indexed' });
    } finally {
      await server.close();
    }
    expect(lines).toEqual([
      ['warn', 'an old record cannot be read', { record: 'broken-0' }],
      [
        ...['info', 'old records indexed'],
        { indexed: 1_204, unreadable: 1, tookMs: expect.any(Number) as number },
      ],
    ]);
  });
});

import { expect, it } from 'vitest';
import type { LogFields } from '#server/log';
import { startRecordIndexing } from '#server/record-indexing';
import type { IndexedRecords } from '#server/store/store';
import { waitFor } from '../../support/wait';

const some: IndexedRecords = { records: 200, unreadableIds: [] };

/** Steps as the database takes them, one after the other; after them it is done. */
function indexing(steps: (() => IndexedRecords)[], againAfterMs?: number) {
  const lines: { message: string; fields: LogFields }[] = [];
  const running = startRecordIndexing(
    { indexNext: () => Promise.resolve().then(() => steps.shift()?.() ?? null) },
    (_level, message, fields = {}) => lines.push({ message, fields }),
    againAfterMs,
  );
  const hasSaid = (message: string) =>
    waitFor(() => lines.some((line) => line.message === message), { what: message });
  return { running, lines, steps, hasSaid };
}

const fail = (): never => {
  throw new Error('away');
};

it('says nothing where there are no old records', async () => {
  const { running, lines } = indexing([]);
  await running.stop();
  expect(lines).toEqual([]);
});

it('says once how many it indexed, and names no more than ten that cannot be read', async () => {
  const ids = Array.from({ length: 15 }, (_, n) => `r${String(n)}`);
  const step = { records: 20, unreadableIds: ids };
  const { lines, hasSaid } = indexing([() => some, () => step, () => step]);
  await hasSaid('old records indexed');
  expect(lines.slice(0, -1).map(({ fields }) => fields)).toEqual(
    ids.slice(0, 10).map((record) => ({ record })),
  );
  expect(lines.at(-1)?.fields).toMatchObject({ indexed: 210, unreadable: 30 });
});

it('asks a database that fails again, and loses nothing', async () => {
  const { lines, hasSaid } = indexing([() => some, fail, () => some], 1);
  await hasSaid('old records indexed');
  expect(lines.map(({ message }) => message)).toEqual([
    ...['old records cannot be indexed now', 'old records indexed'],
  ]);
  expect(lines.at(-1)?.fields).toMatchObject({ indexed: 400 });
});

it('stops at once, also while it waits for the database, and says where it stands', async () => {
  const { running, lines, steps, hasSaid } = indexing([() => some, fail, () => some]);
  await hasSaid('old records cannot be indexed now');
  await running.stop();
  expect(lines.at(-1)).toMatchObject({
    message: 'old records are indexed on at the next start',
    fields: { indexed: 200, unreadable: 0 },
  });
  expect(steps).toHaveLength(1);
});

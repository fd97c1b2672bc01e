/** The databases the server runs on: one suite for each is run on every one of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorePlace } from '#server/store/open-store';
import { type TestPostgres, hasPostgres, startPostgres } from './postgres';

export interface StoreBench {
  /** Whether several servers may share the place. A SQLite file belongs to one. */
  readonly isShared: boolean;
  start(): Promise<void>;
  /** A fresh, empty place. */
  place(): Promise<StorePlace>;
  stop(): Promise<void>;
}

export const storeBenches: readonly { readonly name: string; readonly bench: StoreBench }[] = [
  { name: 'SQLite', bench: sqlite() },
  { name: 'PostgreSQL', bench: postgresql() },
];

function sqlite(): StoreBench {
  const folders: string[] = [];
  return {
    isShared: false,
    start: () => Promise.resolve(),
    place: () => {
      const data = mkdtempSync(join(tmpdir(), 'peal-store-'));
      folders.push(data);
      return Promise.resolve({ data });
    },
    stop: () => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

function postgresql(): StoreBench {
  let postgres: TestPostgres | null = null;
  return {
    isShared: true,
    start: async () => {
      if (!hasPostgres) {
        throw new Error('PostgreSQL 15 is not installed: apt-get install postgresql-15');
      }
      postgres = await startPostgres();
    },
    place: async () => ({ databaseUrl: await postgres!.makeDatabase() }),
    stop: async () => postgres?.stop(),
  };
}

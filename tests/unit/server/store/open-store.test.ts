import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '#server/log';
import { openStore } from '#server/store/open-store';

describe.skipIf(process.platform === 'win32')('a data folder that everybody may look into', () => {
  let data: string;
  let formerMask: number;

  beforeEach(() => {
    formerMask = process.umask(0o022);
    data = mkdtempSync(join(tmpdir(), 'peal-open-'));
    chmodSync(data, 0o755);
  });
  afterEach(() => {
    process.umask(formerMask);
    rmSync(data, { recursive: true, force: true });
  });

  const modes = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(data).map((name) => [
        name,
        (statSync(join(data, name)).mode & 0o777).toString(8),
      ]),
    );
  const allPrivate = { 'peal.db': '600', 'peal.db-wal': '600', 'peal.db-shm': '600' };

  it('gets files for the owner alone', async () => {
    const store = await openStore({ data }, silentLog);
    expect(modes()).toEqual(allPrivate);
    await store.close();
  });

  it('has the files of a former version closed to others', async () => {
    writeFileSync(join(data, 'peal.db'), '', { mode: 0o644 });
    const store = await openStore({ data }, silentLog);
    expect(modes()).toEqual(allPrivate);
    await store.close();
  });
});

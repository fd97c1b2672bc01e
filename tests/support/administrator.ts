/** What an administrator of this machine says about the app: root alone may write it, and so must the test. */
import { existsSync, mkdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { administratorFile } from '#main/update/configuration';

const file = administratorFile(process.platform, process.env);

/** False: somebody else runs the tests, or a real configuration is there, which is left alone. */
export const mayBeAdministrator = process.getuid?.() === 0 && !existsSync(file);

/** The file is there while `work` goes on: a copy of the app reads it when it starts. */
export async function asAdministrator<T>(says: object, work: () => Promise<T>): Promise<T> {
  const folder = dirname(file);
  const wasThere = existsSync(folder);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  writeFileSync(file, JSON.stringify(says), { mode: 0o644, flag: 'wx' });
  try {
    return await work();
  } finally {
    rmSync(file);
    if (!wasThere) rmdirSync(folder);
  }
}

/** Files of the desktop that others write as well: short texts, or something is wrong with them. */
import { readFileSync, statSync } from 'node:fs';

const maxBytes = 1024 * 1024;

/** Null: there is none. A pipe or a device would never end. */
export function readIfThere(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return null;
  if (!stat.isFile() || stat.size > maxBytes) throw new Error('no file of the expected kind');
  return readFileSync(path, 'utf8');
}

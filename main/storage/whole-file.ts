/** A file that is there with all of its text or not at all: written beside its place, flushed, then renamed. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export function writeWhole(path: string, text: string, mode: number): void {
  const temporary = `${path}.tmp`;
  mkdirSync(dirname(path), { recursive: true });
  // Permissions count only for a file that is made here, so an old one goes first.
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', mode);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

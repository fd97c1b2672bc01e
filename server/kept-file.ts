/** A small JSON file in the data folder of the server inside the app. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** What cannot be read, or has another shape, is as if it were not there. */
export function readKept<T>(file: string, isGood: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isGood(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whole or not at all: to a file beside it, flushed, then renamed. @throws when the folder cannot be written. */
export function writeKept(file: string, value: unknown): void {
  const temporary = `${file}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(value)}\n`, { flush: true });
  renameSync(temporary, file);
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps a result under docs/measured, by the day it was measured. Gives the file. */
export function saveResult(name: string, content: object): string {
  const folder = join(import.meta.dirname, '../../docs/measured');
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const file = join(folder, `${at.slice(0, 10)}-${name}.json`);
  writeFileSync(file, `${JSON.stringify({ at, ...content }, null, 2)}\n`);
  return file;
}

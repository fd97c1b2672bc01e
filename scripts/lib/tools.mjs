// What scripts have in common: where the project is, the command-line tools among its dependencies, a way to end.

import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** The file of the tool `name` in the package `owner`, to be started by Node: no shell, no search path, no npx. */
export function tool(name, owner = name) {
  const folder = path.join(ROOT, 'node_modules', owner);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/** A script's own work: what it throws is for the person who started it, one message without a stack. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

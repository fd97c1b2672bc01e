// The command-line tools among our dependencies, started as Node programs: no shell, no search path, no npx.

import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** The arguments for Node that start the tool `name` of the package `owner`. */
export function tool(name, owner = name) {
  const folder = path.join(ROOT, 'node_modules', owner);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/** Puts the newest result into docs/mesh.md and its chart, so that no figure there was copied by hand. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { chartOf } from './chart';
import type { Result } from './report';
import { blocksOf } from './tables';

const root = join(import.meta.dirname, '../..');
const measuredFolder = join(root, 'docs/measured');

export const documentFile = join(root, 'docs/mesh.md');
export const chartFile = join(root, 'docs/pictures/mesh.svg');

/** Gives the files that were written. */
export async function drawNewest(): Promise<string[]> {
  const result = newestResult();
  if (!result) throw new Error('Nothing was measured yet.');
  writeFileSync(documentFile, await filled(readFileSync(documentFile, 'utf8'), result));
  writeFileSync(chartFile, chartOf(result));
  return [documentFile, chartFile].map((file) => relative(root, file));
}

/** null: nothing was measured yet. */
export function newestResult(): Result | null {
  const newest = readdirSync(measuredFolder)
    .filter((name) => /^\d{4}-\d{2}-\d{2}-mesh\.json$/.test(name))
    .sort()
    .at(-1);
  if (newest === undefined) return null;
  return JSON.parse(readFileSync(join(measuredFolder, newest), 'utf8')) as Result;
}

/** Each block of the document stands between two comments with its name. */
export async function filled(document: string, result: Result | null): Promise<string> {
  let text = document;
  for (const [name, content] of Object.entries(blocksOf(result))) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/mesh.md has no room for ${name}.`);
    text = `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
  }
  return format(text, { ...(await resolveConfig(documentFile)), parser: 'markdown' });
}

/** The documents name files as proof. Each of them exists, and each link leads somewhere. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

const folders = [
  ...['bench', 'common', 'docs', 'main', 'peal-caller', 'preload', 'protocol', 'renderer'],
  ...['resources', 'scripts', 'server', 'tests'],
];
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
    join(folder, name),
  );
const files = [...folders.flatMap(filesBelow), ...readdirSync(root)];
const names = new Set(files.map((path) => basename(path)));
const documents = files.filter((path) => path.endsWith('.md'));

const isThere = (path: string): boolean => existsSync(join(root, path));
const isSource = /\.(?:ts|vue|mjs|sh|yml|tpl|nsh|css)$/;

/** Paths from a room on, and names of sources alone; ends like `tests/e2e/rings` stand for a test. */
function missingFrom(text: string): readonly string[] {
  const named = [...text.matchAll(/`([\w@.-]+(?:\/[\w@.-]+)*\/?)`/g)].map(([, name = '']) => name);
  const isPath = (name: string): boolean => folders.includes(name.split('/', 1)[0] ?? '');
  const paths = named.filter((name) => name.includes('/') && isPath(name));
  const sources = named.filter((name) => isSource.test(name) && !isPath(name));
  return [
    ...paths.filter((path) => !isThere(path) && !isThere(`${path}.test.ts`)),
    ...sources.filter((name) => !names.has(basename(name))),
  ];
}

const linksOf = (document: string, text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !target.includes(':'))
    .map((target) => join(dirname(document), target));

describe('the documents', () => {
  it('are found', () => {
    expect(documents).toContain('docs/security.md');
    expect(documents).toContain('README.md');
  });

  it.each(documents)('name only what there is: %s', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    expect(missingFrom(text)).toEqual([]);
    expect(linksOf(document, text).filter((path) => !isThere(path))).toEqual([]);
  });
});

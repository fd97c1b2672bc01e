/** docs/call-api.md promises a test for every member of the call API. This holds it to that. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Row {
  readonly member: string;
  readonly tests: readonly string[];
}

const doc = text('docs/call-api.md');

/** The rows of every table that has a column of tests: the last one. */
const rows: readonly Row[] = [...doc.matchAll(/^\| `([\w.]+)` +\|.*\|(.*)\|$/gm)].map((match) => ({
  member: match[1] ?? '',
  tests: [...(match[2] ?? '').matchAll(/`([^`]+)`/g)].map((test) => test[1] ?? ''),
}));

/** What later issues bring: named, so that nobody looks for it here. */
const later = [...doc.matchAll(/^- `([\w.]+)` \(issue \d+\)/gm)].map((match) => match[1] ?? '');

function sourceOf(path: string): ts.SourceFile {
  return ts.createSourceFile(path, text(path), ts.ScriptTarget.Latest, true);
}

const isExported = (node: ts.InterfaceDeclaration | ts.VariableStatement): boolean =>
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

/** `Interface.member` of every exported interface. */
function membersIn(path: string): string[] {
  return sourceOf(path)
    .statements.filter(ts.isInterfaceDeclaration)
    .filter(isExported)
    .flatMap(({ name, members }) =>
      members.map((member) => `${name.text}.${member.name?.getText() ?? '?'}`),
    );
}

/** The names of the exported const objects; of the codes and the end reasons, every one. */
function enumsIn(path: string): string[] {
  return sourceOf(path)
    .statements.filter(ts.isVariableStatement)
    .filter(isExported)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ name, initializer }) => {
      const values = initializer && ts.isAsExpression(initializer) ? initializer.expression : null;
      return name.getText() === 'RCCallErrorCode' && values && ts.isObjectLiteralExpression(values)
        ? values.properties.map((value) => `RCCallErrorCode.${value.name?.getText() ?? '?'}`)
        : [name.getText()];
    });
}

const members = [
  ...membersIn('renderer/caller/options.ts'),
  ...membersIn('renderer/caller/types.ts'),
  ...enumsIn('renderer/caller/enums.ts'),
];

/** Every title under tests/ of a test that runs, as it is written in the file. */
const titles: ReadonlySet<string> = new Set(
  readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => titlesIn(sourceOf(join('tests', file)))),
);

/** The first argument of it(), test() and it.each()(), wherever it stands and is not switched off. */
function titlesIn(node: ts.Node): string[] {
  if (ts.isCallExpression(node) && isSwitchedOff(node.expression)) return [];
  const found =
    ts.isCallExpression(node) && isTest(node.expression) ? node.arguments[0] : undefined;
  const own = found && ts.isStringLiteralLike(found) ? [found.text] : [];
  ts.forEachChild(node, (child) => void own.push(...titlesIn(child)));
  return own;
}

function isTest(callee: ts.Expression): boolean {
  return /^(it|test)(\.\w+)*(\(|$)/.test(callee.getText());
}

/** What does not run proves nothing, and beside an `only` nothing else does. */
function isSwitchedOff(callee: ts.Expression): boolean {
  return /^(it|test|describe)\b.*\.(skip|todo|only|fails|skipIf|runIf)\b/.test(callee.getText());
}

describe('the titles that count as proof', () => {
  const titlesOf = (code: string): string[] =>
    titlesIn(ts.createSourceFile('x.test.ts', code, ts.ScriptTarget.Latest, true));

  it('are those of tests, also of tables and inside groups', () => {
    const code = "describe('g', () => { it('a', f); test('b', f); it.each([1])('c', f); });";
    expect(titlesOf(code)).toEqual(['a', 'b', 'c']);
  });

  it('are not those of tests that are left out, planned or run alone', () => {
    const off = ['skip', 'todo', 'only', 'fails', 'skipIf(true)', 'skip.each([1])'];
    const code = off.flatMap((way) => [
      `it.${way}('a', f);`,
      `describe.${way}('g', () => { it('b', f); });`,
    ]);
    expect(titlesOf(code.join('\n'))).toEqual([]);
  });
});

describe('docs/call-api.md', () => {
  it('has exactly one row for every member of the exported types', () => {
    expect(members.length).toBeGreaterThan(100);
    expect(rows.map(({ member }) => member).toSorted()).toEqual(members.toSorted());
  });

  it('names a test in every row', () => {
    expect(rows.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });

  it('names only tests that exist', () => {
    const named = rows.flatMap(({ tests }) => tests);
    expect(named.filter((title) => !titles.has(title))).toEqual([]);
  });

  it('has a test for every flow it counts', () => {
    const flows = [...doc.matchAll(/^\| (\d+) +\|/gm)].map((match) => match[1] ?? '');
    expect(flows).toHaveLength(24);
    const told = [...titles].flatMap((title) => /^\[flow (\d+)\]/.exec(title)?.[1] ?? []);
    expect(flows.filter((flow) => !told.includes(flow))).toEqual([]);
  });

  it('lists as later only what does not exist yet', () => {
    expect(later.length).toBeGreaterThan(0);
    expect(later.filter((member) => members.includes(member))).toEqual([]);
  });
});

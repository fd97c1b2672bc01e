/**
 * docs/call-api.md promises a test for every member of the call API, and docs/call-spec.md one for each of the six
 * documented events. This holds them to that.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { allTitles, titlesIn } from '../../support/test-titles';

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

const sectionOf = (from: string, to: string): string =>
  doc.slice(doc.indexOf(from), doc.indexOf(to, doc.indexOf(from) + from.length));

/** What the documented library has and this one has not: named with the reason, so that nobody looks for it here. */
const leftOut = [
  ...sectionOf('Left out, with the reason:', '\n## ').matchAll(/^- ([^:]+):/gm),
].flatMap((match) => [...(match[1] ?? '').matchAll(/`([\w.]+)`/g)].map((name) => name[1] ?? ''));

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

const titles = allTitles();

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

  it('has a test for every flow of calls of several people', () => {
    const flows = [...doc.matchAll(/^\| (group [\w :]+?) +\|/gm)].map((match) => match[1] ?? '');
    expect(flows.length).toBeGreaterThan(20);
    const told = [...titles].flatMap((title) => /^\[(group [^\]]+)\]/.exec(title)?.[1] ?? []);
    expect([...new Set(told)].toSorted()).toEqual(flows.toSorted());
  });

  it('lists as left out only what is not there', () => {
    expect(leftOut).toContain('onPing');
    const names = new Set(members.flatMap((member) => [member, member.split('.').at(-1) ?? '']));
    expect(leftOut.filter((name) => names.has(name))).toEqual([]);
  });
});

describe('the six events in docs/call-spec.md', () => {
  const of = ['1:1', 'group'] as const;
  const row = /^\| `(\w+)` +\| (1:1|group) +\|.*\|(.*)\|$/gm;
  const rowsOfEvents = [...text('docs/call-spec.md').matchAll(row)].map((match) => ({
    event: `${match[1] ?? ''} ${match[2] ?? ''}`,
    tests: [...(match[3] ?? '').matchAll(/`([^`]+)`/g)].map((test) => test[1] ?? ''),
  }));

  it('each have a row for a call between two, and one for a call of several', () => {
    const events = [
      ...['didReceiveCall', 'didConnect', 'didDisconnect'],
      ...['remoteUserDidJoin', 'remoteUserDidLeft', 'remoteUserDidInvite'],
    ];
    const wanted = events.flatMap((event) => of.map((kind) => `${event} ${kind}`));
    expect(rowsOfEvents.map(({ event }) => event)).toEqual(wanted);
  });

  it('each name tests, and only tests that exist', () => {
    expect(rowsOfEvents.filter(({ tests }) => tests.length === 0)).toEqual([]);
    const named = rowsOfEvents.flatMap(({ tests }) => tests);
    expect(named.filter((title) => !titles.has(title))).toEqual([]);
  });
});

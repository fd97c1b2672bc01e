import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleIds } from '#server/calls/rules/rule-ids';

const root = join(import.meta.dirname, '../../..');

const rows = [
  ...readFileSync(join(root, 'docs/call-spec.md'), 'utf8').matchAll(/^\| (CR\d+) +\|/gm),
].map((match) => match[1] ?? '');

/** Every id in brackets at the start of a test title, anywhere under tests/. */
function idsInTitles(): Set<string> {
  const files = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' });
  const titles = files
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => [
      ...readFileSync(join(root, 'tests', file), 'utf8').matchAll(/'\[(CR\d+)\] /g),
    ]);
  return new Set(titles.map((match) => match[1] ?? ''));
}

describe('docs/call-spec.md', () => {
  it('has each id once', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(rows).toEqual([...new Set(rows)]);
  });

  it('has a test for every row, and a row for every test', () => {
    expect([...idsInTitles()].toSorted()).toEqual(rows.toSorted());
  });

  it('lists exactly the rules that decide() names', () => {
    expect(rows.slice(0, ruleIds.length)).toEqual([...ruleIds]);
  });
});

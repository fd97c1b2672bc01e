/** The titles of all tests, for the pages under docs/ that name a test for what they promise. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repositoryRoot } from './scratch';

const testsDir = join(repositoryRoot, 'tests');
/** Under it: tests that run as parts of the files beside it. */
const partsOfFiles = 'e2e/calls/';

/** Every title under tests/ of a test that runs, as it is written in the file. */
export function allTitles(): ReadonlySet<string> {
  const files = readdirSync(testsDir, { recursive: true, encoding: 'utf8' });
  const tests = files.filter((file) => file.endsWith('.test.ts') || file.startsWith(partsOfFiles));
  return new Set(tests.flatMap((file) => titlesIn(sourceOf(join(testsDir, file)))));
}

function sourceOf(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** The first argument of it(), test() and it.each()(), wherever it stands and is not switched off. */
export function titlesIn(node: ts.Node): string[] {
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

// One vitest project as a stage of the gate: readable output for people, a JSON report for counting.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run } from './children.mjs';
import { ROOT, tool } from './tools.mjs';

const filesOf = (report) => report?.testResults ?? [];
const hasFailed = ({ status }) => status === 'failed';
/** A file that failed although none of its tests did: its set-up did, and the tests only count as skipped. */
const isWithoutSetUp = (file) => hasFailed(file) && !file.assertionResults.some(hasFailed);

/** The titles of what failed, for the end of the gate: its output is long, and its end is what people see. */
export function failedTitles(report) {
  return filesOf(report).flatMap((file) => {
    const name = path.relative(ROOT, file.name);
    if (isWithoutSetUp(file)) return [`${name}: ${firstLine(file.message)}`];
    return file.assertionResults
      .filter(hasFailed)
      .map((test) => `${name} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
}

const firstLine = (message = '') => message.split('\n', 1)[0];

/**
 * What a run amounts to. One that ended badly without a failed test (a file that does not load, a leak, a crash), or
 * that ran no test at all, counts as one failure.
 */
export function judge(report, exitCode) {
  const passed = report?.numPassedTests ?? 0;
  const failed = (report?.numFailedTests ?? 0) + filesOf(report).filter(isWithoutSetUp).length;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const counted = { passed, failed, skipped };
  if (failed > 0) return counted;
  if (passed === 0) return { ...counted, failed: 1, problem: 'ran no test' };
  if (exitCode !== 0) return { ...counted, failed: 1, problem: `vitest ended with ${exitCode}` };
  return counted;
}

/** Runs projects of tests, or of them only the files with such names, and counts. */
export async function runTests(projects, files = []) {
  const [project] = projects;
  const reportFile = path.join(ROOT, '.tmp', 'gate', `${project}.json`);
  mkdirSync(path.dirname(reportFile), { recursive: true });
  rmSync(reportFile, { force: true });
  const args = [
    tool('vitest'),
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
    ...files,
  ];
  const exitCode = await run(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined;
  const { problem, ...counted } = judge(report, exitCode);
  if (problem !== undefined) console.log(`${project}: ${problem}`);
  return { ...counted, failures: failedTitles(report) };
}

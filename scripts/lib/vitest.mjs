// One vitest project as a stage of the gate: readable output for people, a JSON report for counting.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run } from './children.mjs';
import { ROOT, tool } from './tools.mjs';

/** Files that failed although none of their tests did: their set-up did, and the tests only count as skipped. */
function filesWithoutSetUp(report) {
  const hasFailed = ({ status }) => status === 'failed';
  const files = report?.testResults ?? [];
  return files.filter((file) => hasFailed(file) && !file.assertionResults.some(hasFailed)).length;
}

/** The titles of what failed, for the end of the gate: its output is long, and its end is what people see. */
export function failedTitles(report) {
  return (report?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(ROOT, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`${file}: ${firstLine(message)}`];
    return failed.map(
      (test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`,
    );
  });
}

const firstLine = (message = '') => message.split('\n', 1)[0];

/**
 * What a run amounts to. One that ended badly without a failed test (a file that does not load, a leak, a crash), or
 * that ran no test at all, counts as one failure.
 */
export function judge(report, exitCode) {
  const passed = report?.numPassedTests ?? 0;
  const failed = (report?.numFailedTests ?? 0) + filesWithoutSetUp(report);
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const counted = { passed, failed, skipped };
  if (failed > 0) return counted;
  if (passed === 0) return { ...counted, failed: 1, problem: 'ran no test' };
  if (exitCode !== 0) return { ...counted, failed: 1, problem: `vitest ended with ${exitCode}` };
  return counted;
}

/** Runs a project, and others with it, and counts. */
export async function runTests(project, ...others) {
  const reportFile = path.join(ROOT, '.tmp', 'gate', `${project}.json`);
  mkdirSync(path.dirname(reportFile), { recursive: true });
  rmSync(reportFile, { force: true });
  const args = [
    tool('vitest'),
    'run',
    ...[project, ...others].flatMap((name) => ['--project', name]),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
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

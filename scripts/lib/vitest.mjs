// One vitest project as a stage of the gate: readable output for people, a JSON report for counting.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run } from './children.mjs';
import { ROOT, tool } from './tools.mjs';

function count(reportFile) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 0, skipped: 0 };
  const report = JSON.parse(readFileSync(reportFile, 'utf8'));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Runs a project and counts. A run that ends badly without a failed test (a file that does not load, a leak, a crash),
 * or that ran no test at all, counts as one failure.
 */
export async function runTests(project, { env = process.env, wrapper = [] } = {}) {
  const report = path.join(ROOT, '.tmp', 'gate', `${project}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const [command, ...args] = [
    ...wrapper,
    process.execPath,
    tool('vitest'),
    ...['run', '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ];
  const code = await run(command, args, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const counted = count(report);
  const ranNothing = counted.passed + counted.failed === 0;
  if (counted.failed === 0 && (code !== 0 || ranNothing)) {
    console.log(`${project}: ${ranNothing ? 'ran no test' : `vitest ended with ${code}`}`);
    counted.failed = 1;
  }
  return counted;
}

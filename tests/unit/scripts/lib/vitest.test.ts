import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failedTitles, judge } from '../../../../scripts/lib/vitest.mjs';

const root = join(import.meta.dirname, '../../../..');

const report = (passed: number, failed: number, pending = 0, todo = 0) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: todo,
});

describe('what a test run amounts to', () => {
  it('counts what passed, failed and was left out', () => {
    expect(judge(report(5, 2, 1, 1), 1)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('takes a clean run as it is', () => {
    expect(judge(report(5, 0), 0)).toEqual({ passed: 5, failed: 0, skipped: 0 });
  });

  it.each([
    ['no report', undefined, 0],
    ['an empty report', report(0, 0), 0],
    ['a report of skipped tests only', report(0, 0, 7), 0],
  ])('fails when no test ran: %s', (_, empty, exitCode) => {
    expect(judge(empty, exitCode)).toMatchObject({ failed: 1, problem: 'ran no test' });
  });

  it('counts a file whose set-up failed, although its tests only count as skipped', () => {
    const testResults = [
      { status: 'failed', assertionResults: [{ status: 'skipped' }, { status: 'skipped' }] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ];
    const counted = judge({ ...report(5, 1, 2), testResults }, 1);
    expect(counted).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('fails when the runner ended badly although no test failed', () => {
    expect(judge(report(5, 0), 1)).toMatchObject({ passed: 5, failed: 1 });
  });
});

describe('what failed', () => {
  it('is named by file and title, with the first line of its reason', () => {
    const testResults = [
      {
        ...{ name: join(root, 'tests/a.test.ts'), status: 'failed', message: '' },
        assertionResults: [
          { status: 'passed', fullName: 'works', failureMessages: [] },
          { status: 'failed', fullName: 'rings', failureMessages: ['no ring\n    at a line'] },
        ],
      },
      {
        ...{ name: join(root, 'tests/b.test.ts'), status: 'failed', assertionResults: [] },
        message: 'does not load\nmore',
      },
    ];
    expect(failedTitles({ testResults })).toEqual([
      'tests/a.test.ts > rings: no ring',
      'tests/b.test.ts: does not load',
    ]);
    expect(failedTitles(undefined)).toEqual([]);
  });
});

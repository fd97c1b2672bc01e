import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { capture, start } from '../../../../scripts/lib/children.mjs';
import { waitFor } from '../../../support/wait';

/** A process that ended and whose parent has not asked for it yet is none: not every container has an init that asks. */
const isAlive = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

describe('child processes of scripts', () => {
  it('gives what a command printed, and its exit code', async () => {
    const { code, output } = await capture('sh', ['-c', 'echo out; echo problem >&2; exit 3']);
    expect(code).toBe(3);
    expect(output.split('\n').sort()).toEqual(['', 'out', 'problem']);
  });

  it('ends with 127 when there is no such command', async () => {
    const { code } = await capture('no-such-command-of-peal', []);
    expect(code).toBe(127);
  });

  it('gives a command that gives way only the time that others leave', async () => {
    const untilItGivesWay = 'while [ "$(nice)" -lt 19 ]; do :; done; nice';
    const { output } = await capture('sh', ['-c', untilItGivesWay], { niceness: 19 });
    expect(output.trim()).toBe('19');
  });

  it('takes along what a command left running', async () => {
    const { output } = await capture('sh', ['-c', 'sleep 600 >/dev/null 2>&1 & echo $!']);
    const left = Number(output);
    expect(left).toBeGreaterThan(0);
    await waitFor(() => !isAlive(left), { what: 'end of the process left behind' });
  });

  it('ends a command that is told to stop', async () => {
    const { child, stop } = start('sleep', ['600'], { stdio: 'ignore' });
    expect(await stop()).not.toBe(0);
    expect(child.signalCode).toBe('SIGTERM');
  });
});

import { readFileSync, readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
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

/** The child of this process that was started so. */
function pidOf(command: readonly string[]): number | undefined {
  const isIt = (pid: string): boolean => {
    try {
      const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      const started = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return Number(parent) === process.pid && started === `${command.join('\0')}\0`;
    } catch {
      return false;
    }
  };
  const found = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isIt(name));
  return found === undefined ? undefined : Number(found);
}

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
    // Seen from outside: on a busy machine such a command may hardly ever get a turn to say so itself.
    const naps = ['600', '0.19'];
    const ended = capture('sleep', naps, { niceness: 19 });
    const pid = await waitFor(() => pidOf(['sleep', ...naps]), { what: 'the command' });
    const priority = getPriority(pid);
    process.kill(pid);
    await ended;
    expect(priority).toBe(19);
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

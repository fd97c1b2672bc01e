import type { ChildProcess, SpawnOptions } from 'node:child_process';

export interface StartedChild {
  readonly child: ChildProcess;
  readonly ended: Promise<number>;
  readonly stop: () => Promise<number>;
}
export function start(
  command: string,
  args: readonly string[],
  options?: SpawnOptions,
): StartedChild;
export function run(
  command: string,
  args: readonly string[],
  options?: SpawnOptions,
): Promise<number>;
export function capture(
  command: string,
  args: readonly string[],
  options?: SpawnOptions & { readonly niceness?: number },
): Promise<{ readonly code: number; readonly output: string }>;

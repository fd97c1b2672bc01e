import type { ChildProcess, SpawnOptions } from 'node:child_process';

export function electronPath(): Promise<string>;
export function chromiumFlags(): string[];
export function run(args: readonly string[], options?: SpawnOptions): Promise<ChildProcess>;

/** What a long run found, with its day and its machine, in docs/measured. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from './scratch';

export function writeMeasured(name: string, measured: string, found: object): void {
  const at = new Date().toISOString();
  const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() };
  const folder = join(repositoryRoot, 'docs/measured');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, `${at.slice(0, 10)}-${name}.json`),
    `${JSON.stringify({ measured, at, machine, ...found }, null, 2)}\n`,
  );
}

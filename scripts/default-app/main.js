// What the runtime starts when it is given an app's folder or main file: `electron [flags] <target> [args]`.
//
// The runtime from the npm registry comes without Electron's own launcher, so this small one takes its place.
// It must be an ES module with a top-level await: Electron holds `ready` back until this module has finished, and an
// app has to register its privileged schemes before `ready`. A flag's value must be written as --flag=value.

import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const importFile = (file) => import(pathToFileURL(path.resolve(file)).href);

/** Splits our arguments into modules to load first (-r) and the target, the first argument that is no flag. */
function readArguments(args) {
  const preloads = [];
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '-r' || args[i] === '--require') preloads.push(args[(i += 1)]);
    else if (!args[i].startsWith('-')) return { preloads, target: path.resolve(args[i]) };
  }
  return { preloads, target: undefined };
}

function findPackageRoot(target) {
  let folder = statSync(target).isDirectory() ? target : path.dirname(target);
  while (!existsSync(path.join(folder, 'package.json')) && folder !== path.dirname(folder)) {
    folder = path.dirname(folder);
  }
  return folder;
}

function readManifest(root) {
  const file = path.join(root, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Gives the app the name, version and folders that it would have when packaged. */
function applyIdentity(root, manifest) {
  const name = manifest.productName ?? manifest.name;
  if (name) app.setName(name);
  if (manifest.version) app.setVersion(manifest.version);
  app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
  app.setAppPath(root);
  const userData = app.commandLine.getSwitchValue('user-data-dir');
  app.setPath(
    'userData',
    userData ? path.resolve(userData) : path.join(app.getPath('appData'), app.getName()),
  );
}

async function start(target) {
  const root = findPackageRoot(target);
  const manifest = readManifest(root);
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  applyIdentity(root, manifest);
  const isFolder = statSync(target).isDirectory();
  await importFile(isFolder ? path.join(root, manifest.main ?? 'index.js') : target);
}

const args = process.argv.slice(1);
if (args.includes('--version') || args.includes('-v')) {
  console.log(`v${process.versions.electron}`);
  process.exit(0);
}
const { preloads, target } = readArguments(args);
for (const file of preloads) await importFile(file);
if (target === undefined || !existsSync(target)) {
  console.error('usage: electron [flags] <app folder or main file>');
  process.exit(2);
}
try {
  await start(target);
} catch (error) {
  console.error(error);
  app.exit(1);
}

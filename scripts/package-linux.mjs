// npm run package:linux: what a person on Linux installs, from the app of `npm run package`:
//
//   dist/peal_0.1.0_amd64.deb     for Debian, Ubuntu and what is made of them
//   dist/peal-0.1.0-x64.tar.gz    a folder to unpack anywhere
//
// --deb makes the first only. For tests: --fast packs it loosely, --of-app takes the app as it lies in dist.

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { run } from './lib/children.mjs';
import { main, ROOT, tool } from './lib/tools.mjs';
import { builderArguments, packageApp } from './package.mjs';

const DIST = path.join(ROOT, 'dist');
const UNPACKED = path.join(DIST, 'linux-unpacked');
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/** The real one where somebody installed it, ours where only dpkg-deb is there, else electron-builder looks for it. */
function fpmEnvironment() {
  const found = (program) => {
    try {
      return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
    } catch {
      return '';
    }
  };
  const fpm = process.env.CUSTOM_FPM_PATH ?? found('fpm');
  if (fpm) return { CUSTOM_FPM_PATH: fpm };
  const shim = path.join(import.meta.dirname, 'lib/fpm-by-dpkg.mjs');
  return found('dpkg-deb') ? { CUSTOM_FPM_PATH: shim } : {};
}

/** From the app that lies in dist already. */
export async function makeDeb({ fast = false } = {}) {
  const args = [
    ...[tool('electron-builder'), '--linux', 'deb', '--prepackaged', UNPACKED],
    ...['--publish', 'never', ...(await builderArguments())],
  ];
  const env = { ...process.env, ...fpmEnvironment(), ...(fast && { PEAL_DEB_FAST: '1' }) };
  const code = await run(process.execPath, args, { cwd: ROOT, env });
  if (code !== 0) throw new Error(`electron-builder failed (${code})`);
  return tell(path.join(DIST, `peal_${version}_${debArchitecture()}.deb`));
}

function debArchitecture() {
  return { x64: 'amd64', arm64: 'arm64' }[process.arch] ?? process.arch;
}

/** By tar itself: electron-builder would need 7-Zip for it. */
async function makeArchive() {
  const name = `peal-${version}-${process.arch}`;
  const file = path.join(DIST, `${name}.tar.gz`);
  const args = [
    ...['--create', '--gzip', '--file', file, '--directory', DIST],
    ...['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mode=go-w,a+rX'],
    // Not in the targets of links.
    ...[`--transform=flags=rSH;s,^linux-unpacked,${name},`, 'linux-unpacked'],
  ];
  rmSync(file, { force: true });
  if ((await run('tar', args)) !== 0) throw new Error('tar failed');
  return tell(file);
}

function tell(file) {
  const size = (statSync(file).size / 1e6).toFixed(1);
  console.log(`package: ${path.relative(ROOT, file)}, ${size} MB`);
  return file;
}

async function packageLinux() {
  const wants = new Set(process.argv.slice(2));
  if (!wants.has('--of-app')) await packageApp();
  await makeDeb({ fast: wants.has('--fast') });
  if (!wants.has('--deb')) await makeArchive();
}

if (process.argv[1] === import.meta.filename) await main(packageLinux);

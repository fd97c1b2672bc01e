// Builds the app into out/. Other scripts call `buildIfNeeded`, which builds only when a source has changed since.
//
//   node scripts/build.mjs

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './lib/children.mjs';
import { main, ROOT, tool } from './lib/tools.mjs';

const SOURCES = ['protocol', 'common', 'server', 'main', 'preload', 'renderer'];
const CONFIGURATION = ['package.json', 'package-lock.json', 'electron.vite.config.ts'];
const STAMP = path.join(ROOT, '.tmp', 'build-stamp');
const RESULT = path.join(ROOT, 'out', 'main', 'index.js');

/** Names, sizes and times of all sources: a deleted file changes it as well as an edited one. */
function fingerprint() {
  const below = SOURCES.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true }).map((name) => `${folder}/${name}`),
  );
  const hash = createHash('sha256');
  for (const name of [...CONFIGURATION, ...below].sort()) {
    const found = statSync(path.join(ROOT, name));
    if (found.isFile()) hash.update(`${name} ${found.size} ${found.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

export async function build() {
  const before = fingerprint();
  const code = await run(process.execPath, [tool('electron-vite'), 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
  });
  if (code !== 0) throw new Error(`the build failed (${code})`);
  mkdirSync(path.dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, before);
}

export async function buildIfNeeded() {
  const isCurrent =
    existsSync(RESULT) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint();
  if (isCurrent) return;
  console.log('build: the sources are newer than out/, building');
  await build();
}

if (process.argv[1] === import.meta.filename) await main(build);

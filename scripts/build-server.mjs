// npm run package:server: the server as an npm package, in dist/peal-server and as dist/peal-server-<version>.tgz. One
// module with everything in it; only what has native code, and the client of PostgreSQL, is installed beside it.

import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { npmPack } from './lib/npm-pack.mjs';
import { main, ROOT } from './lib/tools.mjs';

const SOURCE = path.join(ROOT, 'server', 'package');
const RESULT = path.join(ROOT, 'dist', 'peal-server');
const PROGRAM = 'peal-server.js';

/** Of what they may use as well and do without, nothing is installed. */
const OPTIONAL = ['pg-native', 'bufferutil', 'utf-8-validate'];

const readJson = (...place) => JSON.parse(readFileSync(path.join(...place), 'utf8'));

async function buildProgram(dependencies) {
  const external = [...Object.keys(dependencies), ...OPTIONAL];
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external },
    build: {
      ssr: path.join(ROOT, 'server', 'cli.ts'),
      outDir: RESULT,
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      rolldownOptions: {
        external,
        output: { entryFileNames: PROGRAM, banner: '#!/usr/bin/env node', codeSplitting: false },
      },
    },
  });
  chmodSync(path.join(RESULT, PROGRAM), 0o755);
}

/** The versions that the app was tested with, exactly. */
function writeManifest({ version, dependencies, engines }) {
  const { name, ...rest } = readJson(SOURCE, 'package.json');
  const manifest = JSON.stringify({ name, version, ...rest, engines, dependencies }, null, 2);
  writeFileSync(path.join(RESULT, 'package.json'), `${manifest}\n`);
}

export async function buildServer() {
  const project = readJson(ROOT, 'package.json');
  rmSync(RESULT, { recursive: true, force: true });
  mkdirSync(RESULT, { recursive: true });
  await buildProgram(project.dependencies);
  writeManifest(project);
  copyFileSync(path.join(SOURCE, 'README.md'), path.join(RESULT, 'README.md'));
  copyFileSync(path.join(ROOT, 'LICENSE'), path.join(RESULT, 'LICENSE'));
  return npmPack(RESULT);
}

if (process.argv[1] === import.meta.filename) await main(buildServer);

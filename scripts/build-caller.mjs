// npm run package:caller: the package `peal-caller` in dist/peal-caller and as dist/peal-caller-<version>.tgz. One module
// with everything in it, one file of types, no dependency.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { capture } from './lib/children.mjs';
import { npmPack } from './lib/npm-pack.mjs';
import { main, ROOT, tool } from './lib/tools.mjs';

const SOURCE = path.join(ROOT, 'peal-caller');
const RESULT = path.join(ROOT, 'dist', 'peal-caller');
const ENTRY = path.join(SOURCE, 'index.ts');

/** Browsers that have everything a call needs. */
const TARGET = ['chrome111', 'edge111', 'firefox115', 'safari16.4'];

function buildModule() {
  return build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: {
      // A page with a strict content policy makes no functions from text: check-schema.ts.
      alias: [{ find: /^typebox\/compile$/, replacement: path.join(SOURCE, 'check-schema.ts') }],
    },
    build: {
      outDir: RESULT,
      emptyOutDir: false,
      target: TARGET,
      // Whoever builds upon it makes it small, and whoever looks for a fault reads it.
      minify: false,
      lib: { entry: ENTRY, formats: ['es'], fileName: () => 'index.js' },
    },
  });
}

/**
 * All declarations that the public ones need, and nothing that would have to be installed for them. Whether the sources
 * are right is `npm run check`'s to say.
 */
async function buildTypes() {
  const options = [
    ...['--project', path.join(SOURCE, 'tsconfig.types.json'), '--out-file'],
    ...[path.join(RESULT, 'index.d.ts'), '--no-check', '--no-banner', '--silent'],
    '--export-referenced-types=false',
  ];
  const bundler = tool('dts-bundle-generator');
  const { code, output } = await capture(process.execPath, [bundler, ...options, ENTRY], {
    cwd: ROOT,
  });
  if (code !== 0) throw new Error(`the types of peal-caller failed (${code})\n${output}`);
}

function writeManifest() {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const template = readFileSync(path.join(SOURCE, 'package', 'package.json'), 'utf8');
  const { name, ...rest } = JSON.parse(template);
  const manifest = JSON.stringify({ name, version, ...rest }, null, 2);
  writeFileSync(path.join(RESULT, 'package.json'), `${manifest}\n`);
}

export async function buildCaller() {
  rmSync(RESULT, { recursive: true, force: true });
  mkdirSync(RESULT, { recursive: true });
  await Promise.all([buildModule(), buildTypes()]);
  writeManifest();
  copyFileSync(path.join(SOURCE, 'package', 'README.md'), path.join(RESULT, 'README.md'));
  copyFileSync(path.join(ROOT, 'LICENSE'), path.join(RESULT, 'LICENSE'));
}

if (process.argv[1] === import.meta.filename) {
  await main(async () => {
    await buildCaller();
    await npmPack(RESULT);
  });
}

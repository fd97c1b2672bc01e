// Runs a TypeScript file of this project on plain Node: bundled into .tmp, packages left outside, then started as a
// program of its own, so that nothing of the bundler stays in the process that is measured.
//
//   node scripts/run-ts.mjs path/to/file.ts [arguments]

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { run } from './lib/children.mjs';
import { main, ROOT } from './lib/tools.mjs';

const NODE_TARGET = 'node20.18';

/** A bundle lies elsewhere than its sources: the files' own ideas of where they are must survive. */
const keepOwnPlace = {
  name: 'keep-own-place',
  transform(code, id) {
    const file = id.split('?')[0];
    if (file.includes('/node_modules/') || !code.includes('import.meta.')) return undefined;
    const placed = code
      .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)))
      .replaceAll('import.meta.filename', JSON.stringify(file));
    return { code: placed, map: null }; // lines stay where they were
  },
};

async function bundle(entry, outDir) {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    plugins: [keepOwnPlace],
    build: {
      ssr: entry,
      outDir,
      target: NODE_TARGET,
      minify: false,
      sourcemap: 'inline',
      copyPublicDir: false,
      rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  });
  return path.join(outDir, 'program.mjs');
}

await main(async () => {
  const [file, ...args] = process.argv.slice(2);
  if (file === undefined || !existsSync(file)) {
    throw new Error('usage: node scripts/run-ts.mjs path/to/file.ts [arguments]');
  }
  // Below the project, so that the bundle finds the packages that were left outside.
  mkdirSync(path.join(ROOT, '.tmp'), { recursive: true });
  const outDir = mkdtempSync(path.join(ROOT, '.tmp', 'run-ts-'));
  process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));
  const program = await bundle(path.resolve(file), outDir);
  process.exitCode = await run(process.execPath, ['--enable-source-maps', program, ...args]);
});

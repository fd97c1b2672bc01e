// npm run package: the app as a person gets it, in dist/linux-unpacked, made from the runtime of this checkout.

import path from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { ensureElectron } from './ensure-electron.mjs';
import { run } from './lib/children.mjs';
import { main, ROOT, tool } from './lib/tools.mjs';

/** The runtime of this checkout, for electron-builder. */
export async function builderArguments() {
  const runtime = await ensureElectron();
  return [
    `--config.electronVersion=${runtime.version}`,
    `--config.electronDist=${path.relative(ROOT, path.dirname(runtime.binary))}`,
  ];
}

export async function packageApp() {
  await buildIfNeeded();
  const runtime = await ensureElectron();
  if (!runtime.official) {
    console.log(`package: a test build, its runtime is Electron ${runtime.version}`);
  }
  const args = ['--dir', '--publish', 'never', ...(await builderArguments())];
  const code = await run(process.execPath, [tool('electron-builder'), ...args], { cwd: ROOT });
  if (code !== 0) throw new Error(`electron-builder failed (${code})`);
}

if (process.argv[1] === import.meta.filename) await main(packageApp);

// npm run server: the signaling server from this checkout, built when needed. Arguments go to the server.

import path from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { run } from './lib/children.mjs';
import { main, ROOT } from './lib/tools.mjs';

const ENTRY = path.join(ROOT, 'out/main/peal-server.js');

await main(async () => {
  await buildIfNeeded();
  process.exitCode = await run(process.execPath, [ENTRY, ...process.argv.slice(2)]);
});

/**
 * npm run photos: the real app and a real server on screens that nobody sees, and a picture of every window in every
 * state that matters, by day and by night, in both languages, with larger text. .tmp/photos/index.html shows them all.
 * `npm run photos -- groupCalls` takes those of one part alone.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Cleanup } from '../tests/support/cleanup';
import { repositoryRoot } from '../tests/support/scratch';
import { buildIfNeeded } from './build.mjs';
import { ensureElectron } from './ensure-electron.mjs';
import { groupCalls } from './photos/group-calls';
import { presence } from './photos/presence';
import { ringing } from './photos/ringing';
import { links } from './photos/links';
import { miniWindow } from './photos/mini-window';
import { atWork, firstMinute } from './photos/scenes';
import { severalAtHome } from './photos/several-at-home';
import { writeSheet } from './photos/sheet';
import { updates } from './photos/updates';
import { requirePackages } from './system-packages.mjs';

const folder = join(repositoryRoot, '.tmp', 'photos');

const parts = {
  firstMinute,
  atWork,
  ringing,
  groupCalls,
  severalAtHome,
  links,
  presence,
  updates,
  miniWindow,
};

async function photograph(cleanup: Cleanup): Promise<void> {
  const wanted = process.argv.slice(2);
  const scenes = Object.entries(parts).filter(
    ([name]) => wanted.length === 0 || wanted.includes(name),
  );
  // All at a time: most of it is waiting for windows.
  const results = await Promise.allSettled(scenes.map(([, take]) => take(folder, cleanup)));
  const photos = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  writeSheet(folder, photos);
  console.log(`photos: ${photos.length} pictures, see ${join(folder, 'index.html')}`);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

requirePackages('test');
await buildIfNeeded();
await ensureElectron();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const cleanup = new Cleanup();
try {
  await photograph(cleanup);
} finally {
  await cleanup.close();
}

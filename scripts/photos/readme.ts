/**
 * The pictures of the README, from the real app: node scripts/run-ts.mjs scripts/photos/readme.ts
 * They are committed, so look at them before.
 */
import { join } from 'node:path';
import { Cleanup } from '../../tests/support/cleanup';
import { openDesk } from '../../tests/support/desk';
import { repositoryRoot } from '../../tests/support/scratch';
import { startTestServer } from '../../tests/support/server';
import { buildIfNeeded } from '../build.mjs';
import { anna, bao, colleagues } from './cast';

const file = (name: string): string => join(repositoryRoot, 'docs/pictures', `${name}.png`);

async function photograph(cleanup: Cleanup): Promise<void> {
  const server = cleanup.own(await startTestServer({ people: [anna, bao, ...colleagues] }));
  const annas = cleanup.own(await openDesk({ person: anna, toneHz: 1000, picture: 'orange' }));
  const baos = cleanup.own(await openDesk({ person: bao, toneHz: 440, picture: 'blue' }));
  await Promise.all([annas.signIn(server.url), baos.signIn(server.url)]);

  const home = await annas.home();
  const design = { name: 'Design', memberIds: ['bao', 'chen', 'elif'] };
  await home.evaluate(`window.peal.createGroup(${JSON.stringify(design)})`);
  await home.getByRole('button', { name: 'Design' }).waitFor();
  await home.getByRole('list', { name: 'People' }).getByRole('button', { name: bao.name }).click();
  await home.getByRole('region', { name: bao.name }).getByText('Online').waitFor();
  await home.screenshot({ path: file('home') });

  const call = await annas.call(bao, 'Video call');
  const card = await baos.incoming();
  await card.screenshot({ path: file('incoming') });
  await baos.accept();
  await call.getByRole('timer').getByText('00:00:05').waitFor();
  // The controls hide from a pointer that stands still.
  await call.mouse.move(300, 300);
  await call.getByRole('button', { name: 'Mute' }).waitFor();
  await call.screenshot({ path: file('call') });
}

await buildIfNeeded();
const cleanup = new Cleanup();
try {
  await photograph(cleanup);
} finally {
  await cleanup.close();
}

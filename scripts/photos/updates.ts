/** A newer version, as home tells of it. */
import { asAdministrator, mayBeAdministrator } from '../../tests/support/administrator';
import type { Cleanup } from '../../tests/support/cleanup';
import { openDesk } from '../../tests/support/desk';
import { makeSigningKey, startFeedServer } from '../../tests/support/feed-server';
import { startTestServer } from '../../tests/support/server';
import { Camera, type Photo } from './camera';
import { anna, bao } from './cast';

export async function updates(folder: string, cleanup: Cleanup): Promise<readonly Photo[]> {
  if (!mayBeAdministrator) return [];
  const key = makeSigningKey();
  const feeds = cleanup.own(await startFeedServer());
  const source = { feed: feeds.feedAddress, keys: [key.publicKey] };
  const desk = cleanup.own(
    await asAdministrator({ updates: source }, () =>
      openDesk({ person: anna, toneHz: 1000, picture: 'orange' }),
    ),
  );
  await desk.signIn(cleanup.own(await startTestServer({ people: [anna, bao] })).url);
  const home = await desk.home();
  const camera = new Camera(folder, home);
  const notes = {
    en: ['Calls ring on all your computers at once.', 'The mini window remembers its corner.'],
    'zh-CN': ['来电会在你的所有电脑上同时响铃。', '迷你窗口会记住所在的角落。'],
  };
  const page = 'https://127.0.0.1/new';
  const feed = {
    product: 'peal',
    format: 1,
    version: '9.0.0',
    signedAt: 1,
    notes,
    page,
    files: [],
  };
  feeds.publish(feed, key);
  await home.getByRole('button', { name: 'Menu' }).click();
  await home.getByRole('menuitem', { name: 'Settings' }).click();
  await home.getByRole('tab', { name: 'This computer' }).click();
  await home.getByRole('button', { name: 'Look for a newer version' }).click();
  await home.getByText('What is new').waitFor();
  await camera.take(home, 'update in the settings');
  await home.keyboard.press('Escape');
  await camera.take(home, 'update', { narrow: true });
  await home.getByText('What is new').click();
  await camera.take(home, 'update with its news', { narrow: true });
  return camera.photos;
}

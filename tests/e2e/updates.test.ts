/** A newer version, from the administrator's file to what the person reads. Needs root, whose file that is. */
import type { Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdministrator, mayBeAdministrator } from '../support/administrator';
import { seriousFaults } from '../support/axe';
import { Cleanup } from '../support/cleanup';
import { openDesk, type Desk } from '../support/desk';
import { type FeedServer, makeSigningKey, startFeedServer } from '../support/feed-server';
import { anna } from '../support/people';
import { startTestServer } from '../support/server';
import { waitFor } from '../support/wait';

const key = makeSigningKey();
const feed = {
  ...{ product: 'peal', format: 1, version: '9.0.0', signedAt: 2_000, files: [] },
  notes: { en: ['Rings louder.'], 'zh-CN': ['铃声更响。'] },
  page: 'https://127.0.0.1/new',
};

describe.skipIf(!mayBeAdministrator)('a newer version', () => {
  const cleanup = new Cleanup();
  let feeds: FeedServer;
  let desk: Desk;
  let home: Page;

  beforeAll(async () => {
    feeds = cleanup.own(await startFeedServer());
    const updates = { feed: feeds.feedAddress, keys: [key.publicKey] };
    desk = cleanup.own(
      await asAdministrator({ updates }, () =>
        openDesk({ person: anna, toneHz: 1000, picture: 'orange' }),
      ),
    );
    const server = cleanup.own(await startTestServer({ people: [anna] }));
    await desk.signIn(server.url);
    home = await desk.home();
    await home.getByRole('button', { name: 'Menu' }).click();
    await home.getByRole('menuitem', { name: 'Settings' }).click();
    await home.getByRole('tab', { name: 'This computer' }).click();
  });
  afterAll(() => cleanup.close());

  const look = (): Promise<void> =>
    home.getByRole('button', { name: 'Look for a newer version' }).click();
  const announced = () => home.getByText('Peal 9.0.0 is out.').first();

  it('is not believed when another key signed it, when it is older, or when it leads elsewhere', async () => {
    const failed = home.getByText('does not answer as it should');
    feeds.publish(feed, makeSigningKey());
    await look();
    await failed.waitFor();

    // Electron's own network: it must not follow either.
    feeds.publish(feed, key);
    const { '/feed.json': rightFeed, ...others } = feeds.answers;
    feeds.answers = {
      ...others,
      '/feed.json': (_request, response) => response.writeHead(302, { location: '/moved' }).end(),
      ...(rightFeed && { '/moved': rightFeed }),
    };
    feeds.asked = [];
    await look();
    await waitFor(() => feeds.asked.includes('/feed.json'), { what: 'the second look' });
    await failed.waitFor();
    expect(feeds.asked).not.toContain('/moved');

    feeds.publish({ ...feed, version: '0.0.1' }, key);
    await look();
    await home.getByText('This is the newest version.').waitFor();
    // What was seen is remembered: nobody can bring back what was signed before it.
    feeds.publish({ ...feed, signedAt: 1_999 }, key);
    await look();
    await failed.waitFor();
    expect(await announced().isVisible()).toBe(false);
  });

  it('is announced with what is new, in words that everybody can read, until it is put aside', async () => {
    feeds.publish({ ...feed, signedAt: 3_000 }, key);
    await look();
    await announced().waitFor();
    await home.keyboard.press('Escape');
    await home.getByText('What is new').click();
    await home.getByText('Rings louder.').waitFor();
    await home.getByRole('button', { name: 'More on its page' }).waitFor();
    expect(await home.getByRole('button', { name: 'Install' }).count()).toBe(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await home.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await seriousFaults(home)).toEqual([]);
      await desk.picture(`update-${colorScheme}`);
    }
    await home.getByRole('button', { name: 'Not now' }).focus();
    await home.keyboard.press('Enter');
    await announced().waitFor({ state: 'detached' });
    const settings = readFileSync(join(desk.app.userDataDir, 'settings.json'), 'utf8');
    expect(JSON.parse(settings)).toMatchObject({
      update: { newestSignedAt: 3_000, dismissed: '9.0.0' },
    });
  });
});

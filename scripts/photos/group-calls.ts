/** The window of a group call: few and many people, one of them large, more of them invited. */
import type { Page } from 'playwright-core';
import { press } from '../../tests/e2e/calls/team';
import { type Desk, openDesks } from '../../tests/support/desk';
import { startTestServer } from '../../tests/support/server';
import { waitFor } from '../../tests/support/wait';
import { Camera } from './camera';
import { anna, bao, colleagues, longNamed } from './cast';
import type { Scenes } from './scenes';

const tenMinutes = 600_000;
const everybody = [anna, longNamed, bao, ...colleagues];

interface Set {
  readonly desk: Desk;
  /** Those who answer. */
  readonly others: readonly Desk[];
  readonly home: Page;
  readonly camera: Camera;
}

export const groupCalls: Scenes = async (folder, cleanup) => {
  const server = cleanup.own(await startTestServer({ people: everybody, ringMs: tenMinutes }));
  const [desk, ...others] = await openDesks(
    { person: anna, toneHz: 1000, picture: 'orange' },
    { person: longNamed, toneHz: 600, picture: 'blue' },
    { person: bao, toneHz: 440, picture: 'blue' },
  );
  if (!desk) throw new Error('there is no desk');
  for (const opened of [desk, ...others]) cleanup.own(opened);
  await Promise.all([desk, ...others].map((opened) => opened.signIn(server.url)));
  const home = await desk.home();
  const camera = new Camera(folder, home);
  const set = { desk, others, home, camera };
  for (const count of [3, 5, 9]) await called(set, count);
  await extended(set);
  return camera.photos;
};

/** So many people, of whom those answer who are at a desk. */
async function called({ desk, others, home, camera }: Set, count: number): Promise<void> {
  const userIds = everybody.slice(1, count).map(({ userId }) => userId);
  await home.evaluate(
    `window.peal.placeGroupCall({ userIds: ${JSON.stringify(userIds)}, mediaType: 2 })`,
  );
  await Promise.all(others.map((other) => answer(other)));
  const call = await groupWindow(desk);
  await joined(call, 3);
  await camera.take(call, `group call of ${count}`, { once: count !== 5, narrow: true });
  if (count === 9) await pinned(call, camera);
  for (const each of [desk, ...others]) await hangUp(each);
  await Promise.all([desk, ...others].map((each) => each.waitForNoCall()));
}

/** If there is a call yet: whoever is left alone has none any more. */
async function hangUp(desk: Desk): Promise<void> {
  const home = await desk.home();
  await home.evaluate(
    'window.peal.listCalls().then((calls) => Promise.all(calls.map(({ callId }) => window.peal.hangUp({ callId }))))',
  );
}

/** Beside the window that is kept warm for the next call. */
async function groupWindow({ app }: Desk): Promise<Page> {
  const find = async (): Promise<Page | undefined> => {
    for (const page of app.pages('call'))
      if (await page.getByRole('list', { name: 'People in the call' }).isVisible()) return page;
    return undefined;
  };
  return waitFor(find, { what: 'the window of the group call' });
}

async function answer(other: Desk): Promise<void> {
  await press(await other.incoming(), 'Accept');
}

/** Their pictures are there. */
async function joined(call: Page, count: number): Promise<void> {
  await call
    .getByRole('list', { name: 'People in the call' })
    .locator('video')
    .nth(count - 1)
    .waitFor();
}

async function pinned(call: Page, camera: Camera): Promise<void> {
  await press(call, `Pin ${longNamed.name}`);
  await camera.take(call, 'group call with somebody pinned', { once: true, narrow: true });
}

/** A call between two: one asks for video, then for more people. */
async function extended({ desk, others: [other], home, camera }: Set): Promise<void> {
  if (!other) return;
  await home.evaluate(
    `window.peal.placeCall({ targetId: ${JSON.stringify(other.person.userId)}, mediaType: 1 })`,
  );
  await answer(other);
  const call = await desk.callWindow(other.person);
  const theirs = await other.callWindow(anna);
  await call.getByRole('status').getByText('In call').waitFor();
  await press(theirs, 'Turn on video');
  await call.getByRole('alert').waitFor();
  await camera.take(call, 'call video asked', { narrow: true });
  await press(call, 'No video');
  await press(call, 'Add people');
  const dialog = call.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: bao.name }).check();
  await camera.take(call, 'call add people', { narrow: true });
  await press(call, 'Add one person');
  await call.getByRole('listitem').filter({ hasText: bao.name }).waitFor();
  await camera.take(call, 'group call of 3 with sound only', { once: true });
  await press(call, 'Hang up');
}

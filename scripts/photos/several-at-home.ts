/** Calls of several people in home and on the card that rings. */
import type { Page } from 'playwright-core';
import type { Cleanup } from '../../tests/support/cleanup';
import { press } from '../../tests/e2e/calls/team';
import { type Desk, openDesk } from '../../tests/support/desk';
import { startTestServer } from '../../tests/support/server';
import { Camera, type Photo } from './camera';
import { anna, bao, company, longNamed } from './cast';

const tenMinutes = 600_000;
const place = (home: Page, request: object): Promise<unknown> =>
  home.evaluate(`window.peal.placeGroupCall(${JSON.stringify({ mediaType: 1, ...request })})`);

export async function severalAtHome(folder: string, cleanup: Cleanup): Promise<readonly Photo[]> {
  const people = [anna, ...company];
  const server = cleanup.own(await startTestServer({ people, ringMs: tenMinutes }));
  const desk = cleanup.own(await openDesk({ person: anna, toneHz: 1000, picture: 'orange' }));
  const other = cleanup.own(await openDesk({ person: longNamed, toneHz: 600, picture: 'blue' }));
  await Promise.all([desk.signIn(server.url), other.signIn(server.url)]);
  const home = await desk.home();
  const camera = new Camera(folder, home);
  await selecting(home, camera);
  await theGroup(home, camera);
  await rung({ desk, home, other, camera });
  await home.getByRole('tab', { name: 'Recent calls' }).click();
  await camera.take(home, 'home recent group calls');
  return camera.photos;
}

/** Three, found by their names, and more than a call takes. */
async function selecting(home: Page, camera: Camera): Promise<void> {
  const rows = home.getByRole('list', { name: 'People' }).getByRole('checkbox');
  await press(home, 'Select several people');
  const field = home.getByRole('searchbox', { name: 'Search people' });
  for (const name of [longNamed.name, 'Ada Abe', 'Ada Costa']) {
    await field.fill(name);
    await field.press('Enter');
    await home.getByRole('button', { name: `Take ${name} out` }).waitFor();
  }
  await rows.nth(1).waitFor();
  await camera.take(home, 'home selection of three', { narrow: true });
  await rows.nth(0).click();
  await rows.nth(11).click({ modifiers: ['Shift'] });
  await camera.take(home, 'home selection of too many', { narrow: true });
  await press(home, 'Clear');
}

async function theGroup(home: Page, camera: Camera): Promise<void> {
  const memberIds = [longNamed, bao, ...company.slice(2, 6)].map(({ userId }) => userId);
  await home.evaluate(`window.peal.createGroup(${JSON.stringify({ name: 'Design', memberIds })})`);
  await home.getByRole('button', { name: 'Design' }).click();
  for (const tick of (await home.getByRole('checkbox').all()).slice(1, 4)) await tick.check();
  await camera.take(home, 'home group selection', { narrow: true });
}

interface Set {
  readonly desk: Desk;
  readonly home: Page;
  readonly other: Desk;
  readonly camera: Camera;
}

/** In a group, then without one. */
async function rung({ desk, home, other, camera }: Set): Promise<void> {
  const theirs = await other.home();
  const groups = await theirs.evaluate<{ value: { groupId: string }[] }>(
    'window.peal.listGroups()',
  );
  const userIds = [anna, bao, ...company.slice(2, 4)].map(({ userId }) => userId);
  for (const group of [{ groupId: groups.value[0]?.groupId }, {}]) {
    await place(theirs, { ...group, userIds });
    const card = await desk.incoming();
    await card.getByText('With').waitFor();
    const scene = group.groupId ? 'in a group' : 'of several';
    await camera.take(card, `incoming ${scene}`);
    if (group.groupId) await camera.take(home, `home while it rings ${scene}`, { narrow: true });
    await press(await desk.home(), 'Decline');
    await theirs.evaluate(
      'window.peal.listCalls().then(([{ callId }]) => window.peal.hangUp({ callId }))',
    );
    await other.waitForNoCall();
  }
}

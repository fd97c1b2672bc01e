/** How people can be reached, the own status, favourites, and what the history tells of one call. */
import type { Page } from 'playwright-core';
import { press } from '../../tests/e2e/calls/team';
import { openDesk } from '../../tests/support/desk';
import { startTestServer } from '../../tests/support/server';
import { Camera } from './camera';
import { anna, bao, company, longNamed } from './cast';
import type { Scenes } from './scenes';

async function choose(home: Page, name: string): Promise<void> {
  await home.getByRole('searchbox', { name: 'Search people' }).fill(name);
  await home.getByRole('list', { name: 'People' }).getByRole('button', { name }).click();
}

async function beQuiet(home: Page, name: string): Promise<void> {
  await press(home, `${name} Online`);
  await home.getByRole('menuitem', { name: 'Until tomorrow morning' }).click();
  await home.getByText(/Nothing rings/).waitFor();
}

/** Favourites of whom one wants no call, and what the user sees who wants none either. */
export const presence: Scenes = async (folder, cleanup) => {
  const server = cleanup.own(await startTestServer({ people: [anna, ...company] }));
  const desk = cleanup.own(await openDesk({ person: anna, toneHz: 1000, picture: 'orange' }));
  const other = cleanup.own(await openDesk({ person: longNamed, toneHz: 600, picture: 'blue' }));
  await Promise.all([desk.signIn(server.url), other.signIn(server.url)]);
  const [home, theirs] = [await desk.home(), await other.home()];
  const camera = new Camera(folder, home);

  await choose(theirs, anna.name);
  await press(theirs, 'Audio call');
  await desk.incoming();
  await press(await other.callWindow(anna), 'Hang up');
  await Promise.all([desk.waitForNoCall(), other.waitForNoCall()]);
  await beQuiet(theirs, longNamed.name);

  for (const { name } of [longNamed, bao]) {
    await choose(home, name);
    await home.keyboard.press('Control+D');
    await home.getByRole('button', { name: 'Favourite', pressed: true }).waitFor();
  }
  await choose(home, longNamed.name);
  await home.getByRole('searchbox', { name: 'Search people' }).fill('');
  await home.getByRole('list', { name: 'Favourites' }).waitFor();
  await home.getByText(/does not want to be disturbed/).waitFor();
  await camera.take(home, 'presence and favourites', { narrow: true });

  await press(home, 'Anna Li Online');
  await home.getByRole('menu').waitFor();
  await camera.take(home, 'own status');
  await home.getByRole('menuitem', { name: 'For 1 hour' }).click();
  await home.getByText(/Only favourites ring/).waitFor();
  await camera.take(home, 'do not disturb', { narrow: true });

  await home.getByRole('tab', { name: /^Recent calls/ }).click();
  await home.getByRole('list', { name: 'Recent calls' }).getByRole('button').first().click();
  await home.getByRole('region', { name: 'This call' }).waitFor();
  await camera.take(home, 'details of a call', { narrow: true });
  await home.getByRole('searchbox', { name: 'Search recent calls' }).fill('zzz');
  await home.getByText('No calls with “zzz”.').waitFor();
  await camera.take(home, 'no calls found');
  return camera.photos;
};

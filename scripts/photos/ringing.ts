/** How calls ring and do not: the card with its replies, the settings of both, and what the caller reads meanwhile. */
import type { Page } from 'playwright-core';
import { press } from '../../tests/e2e/calls/team';
import { type Desk, openDesk } from '../../tests/support/desk';
import { startTestServer } from '../../tests/support/server';
import { Camera } from './camera';
import { anna, bao, longNamed } from './cast';
import type { Scenes } from './scenes';

const tenMinutes = 600_000;

/** Anna is called, the other one calls. Each has a camera of their own: it speaks the language of one app. */
interface Set {
  readonly desk: Desk;
  readonly home: Page;
  readonly camera: Camera;
  readonly other: Desk;
  readonly theirs: Camera;
}

export const ringing: Scenes = async (folder, cleanup) => {
  const people = [anna, bao, longNamed];
  const server = cleanup.own(await startTestServer({ people, ringMs: tenMinutes }));
  const desk = cleanup.own(await openDesk({ person: anna, toneHz: 1000, picture: 'orange' }));
  const other = cleanup.own(await openDesk({ person: longNamed, toneHz: 600, picture: 'blue' }));
  await Promise.all([desk.signIn(server.url), other.signIn(server.url)]);
  const home = await desk.home();
  const camera = new Camera(folder, home);
  const theirs = new Camera(folder, await other.home());
  await settings(home, camera);
  const set = { desk, home, camera, other, theirs };
  await replied(set);
  await unanswered(set);
  return [...camera.photos, ...theirs.photos];
};

async function settings(home: Page, camera: Camera): Promise<void> {
  await home.keyboard.press('Control+,');
  await section(home, 'Ringing');
  await camera.take(home, 'settings ringing', { narrow: true });
  await home.getByRole('button', { name: /Change the keys for “Accept”/ }).click();
  await home.keyboard.press('q');
  await camera.take(home, 'settings ringing keys', { once: true });
  await home.keyboard.press('Escape');
  await section(home, 'Do not disturb');
  const hours = home.getByRole('switch', { name: /at these times/ });
  await hours.click();
  await home.getByRole('checkbox', { name: 'Monday' }).waitFor();
  await camera.take(home, 'settings quiet', { narrow: true });
  await hours.click();
  await section(home, 'Incoming calls');
  await camera.take(home, 'settings replies', { narrow: true });
  await home.keyboard.press('Escape');
  await search(home, longNamed.name);
  await home.getByRole('button', { name: /^Ringtone/ }).click();
  await home.getByRole('menu').waitFor();
  await camera.take(home, 'home ringtone of a person', { narrow: true });
  await home.keyboard.press('Escape');
}

async function replied({ desk, home, camera, other, theirs }: Set): Promise<void> {
  const call = await other.call(anna, 'Audio call');
  const card = await desk.incoming();
  await camera.take(card, 'incoming card');
  await press(card, 'Decline and say…');
  await camera.take(card, 'incoming replies');
  await press(home, 'Decline and say…');
  await camera.take(home, 'home replies', { narrow: true });
  await home
    .getByRole('list', { name: /^Decline and say/ })
    .getByRole('button')
    .first()
    .click();
  await call.getByRole('button', { name: 'Call again' }).waitFor();
  await theirs.take(call, 'call replied');
  await press(call, 'Close');
  await other.waitForNoCall();
}

async function unanswered({ home, other, theirs }: Set): Promise<void> {
  await search(await other.home(), bao.name);
  const unreachable = await other.call(bao, 'Audio call');
  await unreachable.getByText(/Not reachable/).waitFor();
  await theirs.take(unreachable, 'call unreachable');
  await press(unreachable, 'Hang up');
  await other.waitForNoCall();
  const doNotDisturb = { until: 0, schedule: null, favouritesRing: false };
  await home.evaluate(`window.peal.setRules(${JSON.stringify({ doNotDisturb })})`);
  await search(await other.home(), anna.name);
  const silenced = await other.call(anna, 'Audio call');
  await silenced.getByText(/does not want to be disturbed/).waitFor();
  await theirs.take(silenced, 'call silenced');
  await press(silenced, 'Hang up');
  await other.waitForNoCall();
}

async function section(home: Page, name: string): Promise<void> {
  await home.getByRole('tab', { name, exact: true }).click();
}

async function search(home: Page, name: string): Promise<void> {
  await home.getByRole('searchbox', { name: 'Search people' }).fill(name);
  await home.getByRole('list', { name: 'People' }).getByRole('button', { name }).click();
}

/** The windows, one after the other, brought to the state that is photographed. */
import type { Page } from 'playwright-core';
import type { Cleanup } from '../../tests/support/cleanup';
import { press } from '../../tests/e2e/calls/team';
import { type Desk, openDesk } from '../../tests/support/desk';
import { startTestServer } from '../../tests/support/server';
import { Camera, type Photo } from './camera';
import { anna, bao, company, longNamed } from './cast';

export type Scenes = (folder: string, cleanup: Cleanup) => Promise<readonly Photo[]>;

const tenMinutes = 600_000;

async function openCamera(folder: string, cleanup: Cleanup): Promise<[Desk, Page, Camera]> {
  const desk = cleanup.own(await openDesk({ person: anna, toneHz: 1000, picture: 'orange' }));
  const home = await desk.home();
  return [desk, home, new Camera(folder, home)];
}

/** Before anybody is signed in, and on a server with nobody or one person on it. */
export const firstMinute: Scenes = async (folder, cleanup) => {
  const [desk, home, camera] = await openCamera(folder, cleanup);
  await home.getByRole('heading', { name: 'Welcome to Peal' }).waitFor();
  await camera.take(home, 'welcome', { narrow: true });
  for (const way of ['Try it on this computer', 'Join a team', 'Sign in']) {
    await press(home, way);
    await home.getByRole('button', { name: 'Back' }).waitFor();
    await camera.take(home, `welcome ${way}`);
    await press(home, 'Back');
  }
  for (const others of [[], [bao]]) {
    const server = cleanup.own(await startTestServer({ people: [anna, ...others] }));
    await desk.signIn(server.url);
    await camera.take(home, `home with ${others.length}`, { narrow: true });
    await home.evaluate('window.peal.signOut()');
    await home.getByRole('textbox', { name: 'Password' }).waitFor();
  }
  return camera.photos;
};

/** A company of two hundred: everything that home shows, and a call from its first ring to its end. */
export const atWork: Scenes = async (folder, cleanup) => {
  const people = [anna, ...company];
  const server = cleanup.own(await startTestServer({ people, ringMs: tenMinutes }));
  const [desk, home, camera] = await openCamera(folder, cleanup);
  const other = cleanup.own(await openDesk({ person: longNamed, toneHz: 600, picture: 'blue' }));
  await Promise.all([desk.signIn(server.url), other.signIn(server.url)]);
  await camera.take(home, 'home with 200', { narrow: true });
  await groups(home, camera);
  await search(home, longNamed.name);
  await camera.take(home, 'home person chosen', { narrow: true });
  await opened(home, camera);
  await ringing({ desk, home, other, camera });
  await search(home, longNamed.name);
  await talking({ desk, other, camera });
  await declined({ desk, other, camera });
  await home.getByRole('tab', { name: 'Recent calls' }).click();
  await camera.take(home, 'home recent calls');
  return camera.photos;
};

async function search(home: Page, name: string): Promise<void> {
  await home.getByRole('searchbox', { name: 'Search people' }).fill(name);
  await home.getByRole('list', { name: 'People' }).getByRole('button', { name }).click();
}

async function groups(home: Page, camera: Camera): Promise<void> {
  const memberIds = [bao, longNamed].map(({ userId }) => userId);
  await home.evaluate(`window.peal.createGroup(${JSON.stringify({ name: 'Kitchen', memberIds })})`);
  await home.getByRole('button', { name: 'Kitchen' }).click();
  await camera.take(home, 'home group chosen', { narrow: true });
  await press(home, 'New group');
  await home.getByRole('dialog').waitFor();
  await camera.take(home, 'home new group');
  await home.keyboard.press('Escape');
}

/** What the menu leads to. */
async function opened(home: Page, camera: Camera): Promise<void> {
  const choose = async (words: string): Promise<void> => {
    await press(home, 'Menu');
    await home.getByRole('menuitem', { name: words }).click();
  };
  await press(home, 'Menu');
  await home.getByRole('menu').waitFor();
  await camera.take(home, 'home menu');
  await home.keyboard.press('Escape');
  await choose('Add a colleague');
  await home.getByRole('dialog').waitFor();
  await camera.take(home, 'home add a colleague', { narrow: true });
  await home.keyboard.press('Escape');
  await choose('Settings');
  const sections = home.getByRole('tablist', { name: 'Settings' }).getByRole('tab');
  await sections.first().waitFor();
  for (const [n, section] of (await sections.all()).entries()) {
    await section.click();
    await camera.take(home, `settings ${n + 1}`, { narrow: n === 0 });
  }
  await home.keyboard.press('Escape');
}

interface Set {
  readonly desk: Desk;
  readonly home: Page;
  readonly other: Desk;
  readonly camera: Camera;
}

async function ringing({ desk, home, other, camera }: Set): Promise<void> {
  await search(await other.home(), anna.name);
  for (const button of ['Audio call', 'Video call'] as const) {
    const call = await other.call(anna, button);
    const card = await desk.incoming();
    await camera.take(card, `incoming ${button}`);
    if (button === 'Audio call') await camera.take(home, 'home while it rings', { narrow: true });
    await press(call, 'Hang up');
    await desk.waitForNoCall();
    await other.waitForNoCall();
  }
}

async function talking({ desk, other, camera }: Omit<Set, 'home'>): Promise<void> {
  for (const button of ['Audio call', 'Video call'] as const) {
    const call = await desk.call(longNamed, button);
    if (button === 'Audio call') await camera.take(call, 'call calling');
    const theirs = await other.accept();
    await call.getByRole('timer').waitFor();
    await camera.take(call, `call ${button}`);
    if (button === 'Audio call') {
      await press(call, 'Devices');
      await call.getByRole('menu').waitFor();
      await camera.take(call, 'call devices');
      await call.keyboard.press('Escape');
    }
    await press(theirs, 'Hang up');
    await desk.waitForNoCall();
  }
}

async function declined({ desk, other, camera }: Omit<Set, 'home'>): Promise<void> {
  const call = await desk.call(longNamed, 'Audio call');
  await press(await other.incoming(), 'Decline');
  await call.getByRole('button', { name: 'Call again' }).waitFor();
  await camera.take(call, 'call declined');
  await press(call, 'Close');
  await desk.waitForNoCall();
}

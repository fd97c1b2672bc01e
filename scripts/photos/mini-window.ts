/** The mini window, as large as it is: a voice, a picture, a call of several, and text twice as large. */
import type { Page } from 'playwright-core';
import { press } from '../../tests/e2e/calls/team';
import { type Desk, openDesks } from '../../tests/support/desk';
import { startTestServer } from '../../tests/support/server';
import { Camera } from './camera';
import { anna, bao, longNamed } from './cast';
import type { Scenes } from './scenes';

const everybody = [anna, longNamed, bao];

export const miniWindow: Scenes = async (folder, cleanup) => {
  const server = cleanup.own(await startTestServer({ people: everybody }));
  const [desk, ...others] = await openDesks(
    { person: anna, toneHz: 1000, picture: 'orange' },
    { person: longNamed, toneHz: 600, picture: 'blue' },
    { person: bao, toneHz: 440, picture: 'green' },
  );
  const [other] = others;
  if (!desk || !other) throw new Error('there is no desk');
  for (const opened of [desk, ...others]) cleanup.own(opened);
  await Promise.all([desk, ...others].map((opened) => opened.signIn(server.url)));
  const camera = new Camera(folder, await desk.home());
  for (const button of ['Audio call', 'Video call'] as const) {
    const call = await desk.call(other.person, button);
    await other.accept();
    await call.getByRole('timer').waitFor();
    await mini(call, camera, `mini ${button.toLowerCase()}`);
    await press(call, 'Hang up');
    await Promise.all([desk, other].map((each) => each.waitForNoCall()));
  }
  await ofSeveral(desk, others, camera);
  return camera.photos;
};

/** In every look; then as it comes up where text is twice as large, which gives it more room. */
async function mini(call: Page, camera: Camera, scene: string): Promise<void> {
  await press(call, 'Mini window');
  await inSight(call);
  await camera.take(call, scene);
  await press(call, 'Back to the full window');
  await call.evaluate("document.documentElement.style.fontSize = '200%'");
  await press(call, 'Mini window');
  await inSight(call);
  await call.waitForFunction('innerWidth > 300 && innerWidth < 400');
  await camera.take(call, `${scene} with large text`, { once: true, asIs: true });
  await call.evaluate("document.documentElement.style.fontSize = ''");
}

async function ofSeveral(desk: Desk, others: readonly Desk[], camera: Camera): Promise<void> {
  const home = await desk.home();
  const userIds = others.map(({ person }) => person.userId);
  await home.evaluate(
    `window.peal.placeGroupCall({ userIds: ${JSON.stringify(userIds)}, mediaType: 2 })`,
  );
  for (const other of others) await press(await other.incoming(), 'Accept');
  const page = desk.app.pages('call').at(-1);
  if (!page) throw new Error('there is no call window');
  await page.locator('video').nth(2).waitFor();
  await press(page, 'Mini window');
  await inSight(page);
  await page.locator('video').waitFor();
  await camera.take(page, 'mini group call', { once: true });
}

async function inSight(call: Page): Promise<void> {
  await call.getByRole('region').first().waitFor();
}

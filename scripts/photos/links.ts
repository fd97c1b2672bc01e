/** What a link from outside of Peal leads to. */
import type { Cleanup } from '../../tests/support/cleanup';
import { openDesk } from '../../tests/support/desk';
import { startTestServer } from '../../tests/support/server';
import { Camera, type Photo } from './camera';
import { anna, bao, company, longNamed } from './cast';

export async function links(folder: string, cleanup: Cleanup): Promise<readonly Photo[]> {
  const server = cleanup.own(await startTestServer({ people: [anna, ...company] }));
  const desk = cleanup.own(await openDesk({ person: anna, toneHz: 1000, picture: 'orange' }));
  await desk.signIn(server.url);
  const home = await desk.home();
  const camera = new Camera(folder, home);
  const scenes = [
    [`peal:call/${bao.userId}`, 'link to a person'],
    [`peal:call/${longNamed.userId}?video`, 'link to a long name'],
    ['peal:call/nobody', 'link to nobody'],
    [`peal:call/${anna.userId}`, 'link to oneself'],
    ['tel:+49-30-1234567', 'link to a number'],
  ] as const;
  for (const [link, scene] of scenes) {
    await desk.startAgain(link);
    const question = home.getByRole('dialog');
    await question.getByText(/…$/).waitFor({ state: 'detached' });
    await camera.take(home, scene, { narrow: true });
    await home.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
  }
  return camera.photos;
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cleanup } from '../support/cleanup';
import { openDesk, openSignIn, type Desk } from '../support/desk';
import { anna } from '../support/people';
import { startTestServer } from '../support/server';

describe('signing in', () => {
  let cleanup: Cleanup;
  let desk: Desk;
  beforeEach(async () => {
    cleanup = new Cleanup();
    desk = cleanup.own(await openDesk({ person: anna, toneHz: 1000, picture: 'orange' }));
  });
  afterEach(async () => {
    await cleanup.close();
  });

  it('says that a password is wrong, takes the right one, and remembers it after a restart', async () => {
    const server = cleanup.own(await startTestServer());
    const home = await desk.home();
    await home.getByRole('heading', { name: 'Welcome to Peal' }).waitFor();
    await desk.display.waitForWindow('Peal');
    await desk.picture('signed-out');
    await openSignIn(home);
    await home.getByRole('textbox', { name: 'Server' }).fill(server.url);
    await home.getByRole('textbox', { name: 'User name' }).fill('anna');
    await home.getByRole('textbox', { name: 'Password' }).fill('not this one');
    await home.getByRole('button', { name: 'Sign in', exact: true }).click();
    await home
      .getByRole('alert')
      .getByText(/password is not right/)
      .waitFor();
    await desk.picture('wrong-password');

    await desk.signIn(server.url);
    const people = home.getByRole('list', { name: 'People' });
    await people.getByRole('button', { name: 'Bao Chen' }).waitFor();
    expect(await home.getByText('Anna Li').first().isVisible()).toBe(true);
    await desk.picture('signed-in');

    await desk.restart();
    const again = await desk.home();
    await again
      .getByRole('list', { name: 'People' })
      .getByRole('button', { name: 'Bao Chen' })
      .waitFor();
    await desk.signOut();
  });

  it('asks before it signs somebody out who may not be able to come back', async () => {
    const server = cleanup.own(await startTestServer());
    await desk.signIn(server.url);
    const home = await desk.home();
    await home.getByRole('button', { name: 'Menu' }).click();
    await home.getByRole('menuitem', { name: 'Sign out' }).click();
    const question = home.getByRole('dialog', { name: 'Sign out?' });
    await question.getByText(/joined by an invitation/).waitFor();
    await desk.picture('sign-out');
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await home.getByRole('button', { name: 'Bao Chen' }).isVisible()).toBe(true);

    await desk.restart();
    await (await desk.home()).getByRole('button', { name: 'Bao Chen' }).waitFor();
  });

  it('says that nobody answers at an address', async () => {
    const home = await desk.home();
    await openSignIn(home);
    await home.getByRole('textbox', { name: 'Server' }).fill('ws://127.0.0.1:9');
    await home.getByRole('textbox', { name: 'User name' }).fill('anna');
    await home.getByRole('textbox', { name: 'Password' }).fill('whatever');
    await home.getByRole('button', { name: 'Sign in', exact: true }).click();
    await home
      .getByRole('alert')
      .getByText(/nobody answers/i)
      .waitFor();
  });

  it('works without any server: the app starts its own, also after a restart', async () => {
    const home = await desk.home();
    await home.getByRole('button', { name: 'Try it on this computer' }).click();
    await home.getByRole('textbox', { name: 'Your name' }).fill('Grandmother Wu');
    await home.getByRole('button', { name: 'Start' }).click();
    await home.getByRole('searchbox', { name: 'Search people' }).waitFor();
    expect(await home.getByText('Grandmother Wu').first().isVisible()).toBe(true);
    await desk.picture('try-here');

    await desk.restart();
    const again = await desk.home();
    await again.getByText('Grandmother Wu').first().waitFor();

    // Whoever tries it can do so again at any time: nothing is asked.
    await again.getByRole('button', { name: 'Menu' }).click();
    await again.getByRole('menuitem', { name: 'Sign out' }).click();
    await again.getByRole('heading', { name: 'Welcome to Peal' }).waitFor();
  });
});

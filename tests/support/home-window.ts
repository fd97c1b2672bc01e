/** Home as a window on the desktop: brought to the front and closed by the window manager, as a person does it. */
import { run } from './child';
import type { Desk } from './desk';
import { waitFor } from './wait';

/**
 * Until its page has the keyboard. The window manager names a window active before the focus is there, above all while
 * another one goes; a key that is pressed then reaches nobody.
 */
export async function focusHome(desk: Desk): Promise<void> {
  const { id } = await desk.display.waitForWindow('Peal');
  await run('xdotool', ['windowactivate', '--sync', id], desk.display.env);
  const home = await desk.home();
  await waitFor(() => home.evaluate(() => document.hasFocus()), { what: 'home with the focus' });
}

/** By the key of the window manager. */
export async function closeHome(desk: Desk): Promise<void> {
  await focusHome(desk);
  await run('xdotool', ['key', 'alt+F4'], desk.display.env);
}

// In the page; tests are compiled without the types of a browser.
declare const document: { hasFocus(): boolean };

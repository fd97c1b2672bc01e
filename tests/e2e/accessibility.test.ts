/** Every window is usable by those who see it badly, or not at all, and by those who use no mouse. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFaults } from '../support/axe';
import { Cleanup } from '../support/cleanup';
import { openDesks, type Desk } from '../support/desk';
import { anna, bao, chen } from '../support/people';
import { startTestServer } from '../support/server';

const cleanup = new Cleanup();
let annaDesk: Desk;
let baoDesk: Desk;
let home: Page;
let server: string;

beforeAll(async () => {
  const desks = await openDesks(
    { person: anna, toneHz: 1000, picture: 'orange' },
    { person: bao, toneHz: 600, picture: 'blue' },
  );
  [annaDesk, baoDesk] = desks.map((desk) => cleanup.own(desk)) as [Desk, Desk];
  server = cleanup.own(await startTestServer({ people: [anna, bao, chen] })).url;
  home = await annaDesk.home();
});

afterAll(() => cleanup.close());

/** By day, and what the night changes, and the few colours of somebody who chose them; then with text twice as large. */
async function expectNoFaults(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  expect(await seriousFaults(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  // The rules that look at colours; the others judge what does not change with the light.
  expect(await seriousFaults(page, 'color-contrast', 'link-in-text-block')).toEqual([]);
  await page.emulateMedia({ forcedColors: 'active' });
  expect(await unreadable(page)).toEqual([]);
  await page.emulateMedia({ forcedColors: 'none' });
  expect(await tooWideAtTwice(page)).toBe(0);
}

/** Texts of the colour behind them. In forced colors axe takes the page's own colours for those on the screen. */
const unreadable = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const behind = (element) => {
      const color = element && getComputedStyle(element).backgroundColor;
      return color?.endsWith(', 0)') ? behind(element.parentElement) : color;
    };
    const hasText = ({ childNodes }) => [...childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    return [...document.body.querySelectorAll('*')]
      .filter((element) => hasText(element) && element.checkVisibility())
      .filter((element) => getComputedStyle(element).color === behind(element))
      .map((element) => element.outerHTML);
  })()`);

/** By how many pixels the page has to be moved sideways when its text is at 200 %. */
const tooWideAtTwice = (page: Page): Promise<number> =>
  page.evaluate<number>(`(() => {
    const root = document.documentElement;
    root.style.fontSize = '200%';
    const beyond = root.scrollWidth - innerWidth;
    root.style.fontSize = '';
    return Math.max(beyond, 0);
  })()`);

const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(
    '(({ ariaLabel, textContent }) => (ariaLabel ?? textContent).trim())(document.activeElement)',
  );

/** Presses Tab until something of that name has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let stop = await focused(page); stop !== name; stop = await focused(page)) {
    if (passed.length > 40) throw new Error(`Tab never comes to ${name}, only to ${passed.join()}`);
    passed.push(stop);
    await page.keyboard.press('Tab');
  }
}

const muteButtonSays = (call: Page, words: string): Promise<void> =>
  call.getByRole('button', { name: words, exact: true }).waitFor();

const button = (name: string) => home.getByRole('button', { name, exact: true });

describe('a window', () => {
  it('asks its first question without a serious fault, and so are its answers', async () => {
    await home.getByRole('heading', { name: 'Welcome to Peal' }).waitFor();
    await expectNoFaults(home);
    for (const way of ['Try it on this computer', 'Join a team', 'Sign in']) {
      await button(way).click();
      await button('Back').waitFor();
      await expectNoFaults(home);
      await button('Back').click();
    }
  });

  it('shows people, one of them, and its menu without a serious fault', async () => {
    await Promise.all([annaDesk.signIn(server), baoDesk.signIn(server)]);
    const people = home.getByRole('list', { name: 'People' });
    await people.getByRole('button', { name: 'Bao Chen' }).click();
    await button('Audio call').waitFor();
    await expectNoFaults(home);
    await button('Menu').click();
    await home.getByRole('menu').waitFor();
    await expectNoFaults(home);
    await home.keyboard.press('Escape');
    await home.getByRole('menu').waitFor({ state: 'detached' });
  });
});

describe('what home opens', () => {
  const choose = async (words: string): Promise<void> => {
    await button('Menu').click();
    await home.getByRole('menuitem', { name: words }).click();
  };

  const expectDialogWithoutFaults = async (title: string): Promise<void> => {
    await home.getByRole('dialog', { name: title }).waitFor();
    await expectNoFaults(home);
    await home.keyboard.press('Escape');
    await home.getByRole('dialog').waitFor({ state: 'detached' });
  };

  it('has no serious fault in any dialog, and in the recent calls', async () => {
    await choose('Add a colleague');
    await expectDialogWithoutFaults('Add a colleague');
    await choose('Sign out');
    await expectDialogWithoutFaults('Sign out?');
    await button('New group').click();
    await expectDialogWithoutFaults('New group');
    await button('Block').click();
    await expectDialogWithoutFaults('Block Bao Chen?');
    await annaDesk.startAgain('peal:call/bao');
    await home.getByRole('dialog', { name: 'Call Bao Chen?' }).waitFor();
    await expect.poll(() => focused(home)).toBe('Cancel');
    await expectDialogWithoutFaults('Call Bao Chen?');
    await home.getByRole('tab', { name: 'Recent calls' }).click();
    await expectNoFaults(home);
    await home.getByRole('tab', { name: 'People' }).click();
  });

  it('has no serious fault in the own status, with a favourite, and while nothing rings', async () => {
    await button('Anna Li Online').click();
    await home.getByRole('menu').waitFor();
    await expectNoFaults(home);
    await home.getByRole('menuitem', { name: 'Until I switch it off' }).click();
    await home.getByText(/Nothing rings/).waitFor();
    await home.keyboard.press('Control+D');
    await home.getByRole('list', { name: 'Favourites' }).waitFor();
    await expectNoFaults(home);
    await home.keyboard.press('Control+D');
    await button('Switch off').click();
    await button('Anna Li Online').waitFor();
  });

  it('has no serious fault in any section of the settings', async () => {
    await choose('Settings');
    const sections = home.getByRole('tablist', { name: 'Settings' }).getByRole('tab');
    await sections.first().waitFor();
    for (const section of await sections.all()) {
      await section.click();
      await expectNoFaults(home);
    }
    await home.keyboard.press('Escape');
    await home.getByRole('searchbox', { name: 'Search people' }).waitFor();
  });
});

describe('somebody without a mouse', () => {
  it('calls, is called, answers and hangs up, in windows without a serious fault', async () => {
    await home.getByRole('searchbox', { name: 'Search people' }).focus();
    // At once: the call waits until the search has answered.
    await home.keyboard.type('bao');
    await home.keyboard.press('Enter');
    const call = await annaDesk.callWindow(bao);

    const card = await baoDesk.incoming();
    await expectNoFaults(card);
    const baoHome = await baoDesk.home();
    await tabTo(baoHome, 'Accept Ctrl+Shift+A');
    await expectNoFaults(baoHome);
    await baoHome.keyboard.press('Enter');
    const theirs = await baoDesk.callWindow(anna);

    for (const page of [call, theirs]) await page.getByRole('timer').waitFor();
    await expectNoFaults(call);
    await tabTo(call, 'Mute');
    await call.keyboard.press('Space');
    await muteButtonSays(call, 'Unmute');
    await call.keyboard.press('m');
    await muteButtonSays(call, 'Mute');
    await call.keyboard.press('m');
    await muteButtonSays(call, 'Unmute');
    await call.keyboard.press('s');
    await tabTo(call, 'Back to the full window');
    await expectNoFaults(call);
    await call.keyboard.press('Enter');
    await call.getByRole('button', { name: 'Mini window' }).waitFor();
    await tabTo(call, 'Devices');
    await call.keyboard.press('Enter');
    await call.getByRole('menu').waitFor();
    await expectNoFaults(call);
    await call.keyboard.press('Escape');
    await tabTo(theirs, 'Hang up');
    // The window is gone before the key is let go.
    await theirs.keyboard.press('Enter').catch(() => undefined);
    await Promise.all([annaDesk.waitForNoCall(), baoDesk.waitForNoCall()]);

    await home.getByRole('tab', { name: 'Recent calls' }).click();
    await home.getByRole('list', { name: 'Recent calls' }).getByRole('button').first().click();
    await home.getByRole('region', { name: 'This call' }).waitFor();
    await expectNoFaults(home);
    await home.getByRole('tab', { name: 'People' }).click();
  });
});

describe('a call to several', () => {
  it('is chosen in the list and in a group, by keys, and rings, without a serious fault', async () => {
    const rows = home.getByRole('list', { name: 'People' }).getByRole('checkbox');
    await home.getByRole('searchbox', { name: 'Search people' }).fill('');
    await home.getByRole('button', { name: 'Chen Wu' }).waitFor();
    await tabTo(home, 'Select several people');
    await home.keyboard.press('Enter');
    await rows.first().focus();
    await home.keyboard.press('Space');
    await home.keyboard.press('ArrowDown');
    await home.keyboard.press('Space');
    await home.getByRole('heading', { name: '2 people' }).waitFor();
    await expectNoFaults(home);
    await home.keyboard.press('Escape');
    await rows.first().waitFor({ state: 'detached' });

    const design = { name: 'Design', memberIds: [bao.userId, chen.userId] };
    await home.evaluate(`window.peal.createGroup(${JSON.stringify(design)})`);
    await home.getByRole('button', { name: 'Design' }).click();
    await home.getByRole('checkbox', { name: 'Everybody' }).focus();
    await home.keyboard.press('Space');
    await home.getByText('2 people chosen').waitFor();
    await expectNoFaults(home);
    await home.keyboard.press('Enter');

    const card = await baoDesk.incoming();
    await card.getByText('Audio call in Design').waitFor();
    await card.getByText('With Chen Wu').waitFor();
    await expectNoFaults(card);
    // The call window lies above home, where nothing is painted then: a click would wait for it.
    await button('Hang up').dispatchEvent('click');
    await Promise.all([annaDesk.waitForNoCall(), baoDesk.waitForNoCall()]);
  });
});

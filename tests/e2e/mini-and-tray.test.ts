/**
 * The mini window under a real window manager (openbox), and the icon in a real panel (xfce4-panel): seen, moved and
 * clicked from outside of the app.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { HomeApi } from '#common/window-api';
import { seriousFaults } from '../support/axe';
import { run, startChild } from '../support/child';
import type { Desk } from '../support/desk';
import type { Rgb, ScreenWindow } from '../support/display';
import { closeHome } from '../support/home-window';
import { panelHeight, startPanel } from '../support/panel';
import { bao } from '../support/people';
import { waitFor } from '../support/wait';
import { press } from './calls/team';
import { useTeam } from './calls/use-team';

const full = { width: 960, height: 640 };
const small = { width: 256, height: 136 };
const bottomRight = { ...small, x: 1280 - 256 - 16, y: 800 - 136 - 16 };
const topLeft = { ...small, x: 16, y: 16 };

const team = useTeam(['anna', 'bao'], { withPictures: true, around: { bao: startPanel } });
const annas = (): Desk => team.desk('anna');

describe('the mini window', () => {
  it('is above the others on every desktop, goes where it is dragged, and is there the next time', async () => {
    const call = await talk();
    await press(call, 'Mini window');
    const { id } = await callWindowAt(bottomRight);
    expect(await annas().display.staysAbove(id)).toBe(true);
    expect(await property(id, '_NET_WM_DESKTOP')).toContain('4294967295');
    await putHomeInFront();
    const order = await property('root', '_NET_CLIENT_LIST_STACKING');
    expect(order.trim().endsWith(id)).toBe(true);
    // Home is light, and lies where the mini window is.
    expect(await shareAt(annas(), bottomRight, isDark)).toBeGreaterThan(0.5);
    expect(await seriousFaults(call)).toEqual([]);
    await annas().picture('mini-above-home');

    await drag({ x: bottomRight.x + 120, y: bottomRight.y + 40 }, { x: 300, y: 200 });
    await callWindowAt(topLeft);
    await mouse('click', '--repeat', '2', '--delay', '60', '1');
    await callWindowAt(full);
    await call.keyboard.press('s');
    await callWindowAt(topLeft);
    await call.keyboard.press('ArrowRight');
    await callWindowAt({ ...topLeft, x: bottomRight.x });

    await clickButton(call, 'Mute');
    await call.getByRole('button', { name: 'Unmute' }).waitFor();
    await clickButton(call, 'Hang up');
    await Promise.all([annas().waitForNoCall(), team.desk('bao').waitForNoCall()]);
  });

  it('comes by itself when another program is in front, and again after a crash', async () => {
    const home = await annas().home();
    await home.evaluate(becomesMini, true);
    await talk();
    const { id } = await callWindowAt(full);
    // The newest: home may make a window ready for the next call when the pointer is over it.
    const pid = annas().app.rendererPids().at(-1);
    if (pid === undefined) throw new Error('There is no process of the call window.');
    await putHomeInFront();
    const xterm = startChild('xterm', ['-title', 'another program'], { env: annas().display.env });
    try {
      // The focus went from the call to home, and that is Peal; then away from it.
      const { id: miniId } = await callWindowAt(small);
      expect(miniId).toBe(id);
      annas().app.expectProblem(
        /window call: page gone \(killed\)|Target crashed|its window is gone/,
      );
      process.kill(pid, 'SIGKILL');
      const again = await waitFor(
        async () => (await callWindows()).find((each) => each.id !== id),
        {
          what: 'another window of the call',
        },
      );
      expect(again).toMatchObject(small);
      expect(await annas().display.staysAbove(again.id)).toBe(true);
    } finally {
      await xterm.close();
      await home.evaluate(becomesMini, false);
    }
  });
});

describe('the icon in a panel', () => {
  it('is drawn, becomes another one while it rings, and a click brings home back', async () => {
    const baos = team.desk('bao');
    const strip = { x: 0, y: 0, width: baos.display.width, height: panelHeight };
    const seen = (what: string, question: (pixel: Rgb) => boolean): Promise<unknown> =>
      waitFor(async () => (await shareAt(baos, strip, question)) > 0.002, { what });
    await seen('the blue icon in the panel', isBlue);
    await annas().call(bao, 'Audio call');
    await baos.incoming();
    await seen('the icon of a ring in the panel', isOrange);
    await baos.picture('panel-ringing');
    await team.endCalls();
    await waitFor(async () => (await shareAt(baos, strip, isOrange)) === 0, {
      what: 'no ring in the panel',
    });

    await closeHome(baos);
    const seesHome = async (): Promise<boolean> =>
      (await baos.display.windows()).some(({ title }) => /Peal$/.test(title));
    await waitFor(async () => !(await seesHome()), { what: 'no home on the screen' });
    const at = await iconAt(baos, strip);
    await run('xdotool', ['mousemove', String(at.x), String(at.y), 'click', '1'], baos.display.env);
    await waitFor(seesHome, { what: 'home, by a click in the panel' });
  });
});

/** Anna calls Bao, who answers; gives Anna's window. */
async function talk(): Promise<Page> {
  const call = await annas().call(bao, 'Audio call');
  await team.desk('bao').accept();
  await call.getByRole('timer').waitFor();
  return call;
}

async function callWindows(): Promise<readonly ScreenWindow[]> {
  return (await annas().display.windows()).filter(({ title }) => title === bao.name);
}

/** Anna's call window, once it is there. */
async function callWindowAt(place: Partial<ScreenWindow>): Promise<ScreenWindow> {
  const isThere = (window: ScreenWindow): boolean =>
    Object.entries(place).every(([key, value]) => window[key as keyof ScreenWindow] === value);
  let seen: readonly ScreenWindow[] = [];
  const find = async (): Promise<ScreenWindow | undefined> => {
    seen = await callWindows();
    return seen.find(isThere);
  };
  const what = `the call window at ${JSON.stringify(place)}`;
  return waitFor(find, { what }).catch((cause: unknown) => {
    throw new Error(`${what}, but ${JSON.stringify(seen)}`, { cause });
  });
}

function property(of: string, name: string): Promise<string> {
  const which = of === 'root' ? ['-root'] : ['-id', of];
  return run('xprop', [...which, name], annas().display.env);
}

/** Over the whole lower right of the screen. */
async function putHomeInFront(): Promise<void> {
  const { env } = annas().display;
  const { id } = await annas().display.waitForWindow('Peal');
  await run('xdotool', ['windowmove', '--sync', id, '480', '200'], env);
  await run('xdotool', ['windowactivate', '--sync', id], env);
}

function mouse(...words: readonly string[]): Promise<string> {
  return run('xdotool', words, annas().display.env);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

async function drag(from: Point, to: Point): Promise<void> {
  const move = ({ x, y }: Point): Promise<string> => mouse('mousemove', String(x), String(y));
  await move(from);
  await mouse('mousedown', '1');
  for (const part of [0.1, 0.5, 1]) {
    await move({
      x: Math.round(from.x + (to.x - from.x) * part),
      y: Math.round(from.y + (to.y - from.y) * part),
    });
  }
  await mouse('mouseup', '1');
  // Onto the face, wherever the window has gone.
  await callWindowAt(topLeft);
  await move({ x: topLeft.x + 120, y: topLeft.y + 30 });
}

/** In the middle of the button, where it is on the screen. */
async function clickButton(page: Page, name: string): Promise<void> {
  const [window] = await callWindows();
  const box = await page.getByRole('button', { name, exact: true }).boundingBox();
  if (!window || !box) throw new Error(`There is no button ${name}.`);
  const at = [window.x + box.x + box.width / 2, window.y + box.y + box.height / 2];
  await mouse('mousemove', ...at.map((px) => String(Math.round(px))), 'click', '1');
}

async function shareAt(
  { display }: Desk,
  area: Omit<ScreenWindow, 'id' | 'title'>,
  question: (pixel: Rgb) => boolean,
): Promise<number> {
  return (await display.screenshot()).share(area, question);
}

/** The middle of what is blue in the panel. */
async function iconAt({ display }: Desk, { width, height }: typeof small): Promise<Point> {
  const shot = await display.screenshot();
  const found: Point[] = [];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) if (isIcon(shot.pixel(x, y))) found.push({ x, y });
  const middle = found[Math.floor(found.length / 2)];
  if (!middle) throw new Error('There is no icon in the panel.');
  return middle;
}

const isDark = ({ red, green, blue }: Rgb): boolean => red < 60 && green < 60 && blue < 60;
const isBlue = ({ red, green, blue }: Rgb): boolean =>
  blue > 140 && blue > red + 70 && blue > green + 50;
/** Not the red of what was missed. */
const isOrange = ({ red, green, blue }: Rgb): boolean =>
  red > 170 && green > 45 && green < 100 && blue < 30;
const isIcon = isBlue;

// In the page; tests are compiled without the types of a browser.
declare const window: { readonly peal: HomeApi };

function becomesMini(miniOnBlur: boolean): Promise<unknown> {
  return window.peal.setSettings({ miniOnBlur });
}

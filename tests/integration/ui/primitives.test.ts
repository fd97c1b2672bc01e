/** The primitives in the app's own Chromium, under the app's own content policy, worked with keys alone. */
import { join } from 'node:path';
import vue from '@vitejs/plugin-vue';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '#main/windows/app-files';
import { seriousFaults } from '../../support/axe';
import { type BuiltPage, buildPage } from '../../support/built-page';
import { type ChromiumPage, openChromiumPage } from '../../support/chromium-page';

let built: BuiltPage;
let browser: ChromiumPage;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  built = await buildPage(join(import.meta.dirname, 'page'), {
    plugins: [vue()],
    policy: contentSecurityPolicy,
  });
  browser = await openChromiumPage('about:blank');
  page = browser.page;
  page.on('console', (message) => {
    // Of the empty page before ours Electron says that it has no policy.
    const isOurs = !message.text().includes('Electron Security Warning');
    if (isOurs && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(built.url);
});

afterAll(async () => {
  await browser.close();
  await built.close();
});

afterEach(async () => {
  // A refused style would be one of them.
  expect(complaints).toEqual([]);
  await page.reload();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const hasFocus = async (name: string) =>
  (await page.locator(':focus').textContent())?.trim() === name;

describe('a dialog', () => {
  it('keeps the focus, hides the page behind it, and gives the focus back at Escape', async () => {
    await button('Ask').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Really?' });
    await dialog.waitFor();
    await expect.poll(() => hasFocus('No')).toBe(true);
    await page.keyboard.press('Tab');
    await expect.poll(() => hasFocus('Yes')).toBe(true);
    await page.keyboard.press('Tab');
    await expect.poll(() => hasFocus('No')).toBe(true);
    expect(await button('Devices').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus('Ask')).toBe(true);
  });

  it('keeps its keys from the page', async () => {
    await button('Ask').click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('q');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByRole('status').textContent()).not.toMatch(/q|Escape/);
  });
});

describe('a menu', () => {
  it('opens, is walked and chosen from by keys, and says what is on', async () => {
    await button('Devices').focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('menu', { name: 'Devices' });
    await menu.waitFor();
    expect(await menu.getByRole('menuitemradio', { checked: true }).textContent()).toBe('desk');
    expect(await menu.getByRole('group', { name: 'Microphone' }).count()).toBe(1);
    expect(await seriousFaults(page)).toEqual([]);
    await expect.poll(() => hasFocus('desk')).toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await menu.waitFor({ state: 'detached' });
    expect(await page.getByRole('status').textContent()).toContain('headset');
    await expect.poll(() => hasFocus('Devices')).toBe(true);
  });

  it('closes at Escape without a choice, and keeps its letters from the page', async () => {
    await button('Devices').click();
    const menu = page.getByRole('menu');
    await menu.waitFor();
    await page.keyboard.press('q');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    expect(await page.getByRole('status').textContent()).not.toMatch(/q|reset|headset/);
    await expect.poll(() => hasFocus('Devices')).toBe(true);
  });

  it('passes over what cannot be chosen', async () => {
    await button('Devices').click();
    const menu = page.getByRole('menu');
    await menu.waitFor();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await menu.waitFor({ state: 'detached' });
    expect(await page.getByRole('status').textContent()).toContain('reset');
  });
});

describe('a tooltip', () => {
  it('comes with the focus and goes at Escape', async () => {
    await button('Devices').focus();
    await page.keyboard.press('Tab');
    const tooltip = page.getByRole('tooltip', { name: 'Turns it off' });
    await tooltip.waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await tooltip.waitFor({ state: 'detached' });
  });
});

describe('the rest', () => {
  it('a select shows what is missing, and takes what is there', async () => {
    const select = page.getByRole('combobox', { name: 'Camera' });
    expect(await select.locator('option:checked').textContent()).toBe('Not there');
    await select.selectOption('Front');
    expect(await page.getByRole('status').textContent()).toContain('front');
    expect(await select.locator('option').allTextContents()).toEqual(['Front']);
  });

  it('tabs change by arrows, and show one section', async () => {
    await page.getByRole('tab', { name: 'Sound', selected: true }).focus();
    const wide = await page.evaluate<boolean>("matchMedia('(min-width: 40rem)').matches");
    await page.keyboard.press(wide ? 'ArrowDown' : 'ArrowRight');
    await page.getByText('This is looks').waitFor();
    expect(await page.getByText('This is sound').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
  });
});

describe('a switch', () => {
  it('is switched by the space bar, says what it means, and stays where others decide', async () => {
    const own = page.getByRole('switch', { name: 'Begin by itself', exact: true });
    await own.focus();
    await page.keyboard.press('Space');
    await page.getByRole('status').getByText('true').waitFor();
    expect(await own.isChecked()).toBe(true);
    expect(await own.getAttribute('aria-describedby')).not.toBe(null);
    await page.keyboard.press('Tab');
    const fixed = page.getByRole('switch', { name: 'Somebody else’s' });
    expect(await fixed.isDisabled()).toBe(true);
    expect(await fixed.isChecked()).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);
  });
});

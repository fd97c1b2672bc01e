/** Who people are to each other: names, pictures and groups, from one desk to the other. */
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../support/child';
import type { Desk } from '../support/desk';
import { looksLike } from '../support/media-files';
import { anna, bao, chen } from '../support/people';
import { makeScratchDir, type ScratchDir } from '../support/scratch';
import { waitFor } from '../support/wait';
import { press } from './calls/team';
import { useTeam } from './calls/use-team';

/** No token of the app and no initials look like it. */
const magenta = { red: 230, green: 0, blue: 160 };

/** A wide picture: only its middle is of that colour, so it is seen only where it was cropped to a square. */
async function wideFile({ path }: ScratchDir): Promise<string> {
  const file = join(path, 'face.png');
  const middle = 'drawbox=x=300:y=0:w=400:h=400:color=0xe600a0:t=fill';
  const input = ['-f', 'lavfi', '-i', 'color=c=white:size=1000x400', '-vf', middle];
  await run('ffmpeg', ['-loglevel', 'error', '-y', ...input, '-frames:v', '1', file]);
  return file;
}

/** How much of an element is of a colour, on the screen of that desk. */
async function shareOf(desk: Desk, element: Locator, color: typeof magenta): Promise<number> {
  const box = await element.boundingBox();
  if (!box) return 0;
  const { x, y } = await desk.display.waitForWindow('Peal');
  const screen = await desk.display.screenshot();
  // The middle of it: around the circle is the page.
  const area = {
    x: Math.round(x + box.x + box.width / 4),
    y: Math.round(y + box.y + box.height / 4),
    width: Math.round(box.width / 2),
    height: Math.round(box.height / 2),
  };
  return screen.share(area, (pixel) => looksLike(pixel, color));
}

const rowOf = (home: Page, name: string): Locator =>
  home.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: name });

const groupRow = (home: Page, name: string): Locator =>
  home.getByRole('list', { name: 'Groups' }).getByRole('button', { name });

describe('people and their groups', () => {
  const team = useTeam(['anna', 'bao'], { withPictures: true });
  let scratch: ScratchDir;
  let annas: Page;
  let baos: Page;
  beforeAll(async () => {
    scratch = makeScratchDir('faces');
    annas = await team.desk('anna').home();
    baos = await team.desk('bao').home();
  });
  afterAll(() => scratch.close());

  it('a picture and a name that one sets are what the other sees, until they are changed', async () => {
    const face = rowOf(baos, anna.name).locator('.avatar');
    const share = (): Promise<number> => shareOf(team.desk('bao'), face, magenta);
    await face.waitFor();
    expect(await share()).toBe(0);

    await press(annas, 'Menu');
    await annas.getByRole('menuitem', { name: 'Settings' }).click();
    await annas.locator('input[type=file]').setInputFiles(await wideFile(scratch));
    await press(annas, 'Use picture');
    await annas.getByRole('button', { name: 'Take the picture away' }).waitFor();
    await waitFor(async () => (await share()) > 0.95, { what: 'Anna’s picture at Bao' });
    await team.desk('bao').picture('face');

    await annas.getByRole('textbox', { name: 'Your name' }).fill('Anna Zhou');
    await press(annas, 'Save name');
    await rowOf(baos, 'Anna Zhou').waitFor();
    await annas.getByRole('textbox', { name: 'Your name' }).fill(anna.name);
    await press(annas, 'Save name');
    await rowOf(baos, anna.name).waitFor();

    await press(annas, 'Take the picture away');
    await waitFor(async () => (await share()) === 0, { what: 'Anna’s initials at Bao' });
    await press(annas, 'Back');
  });

  it('who does not want to be disturbed is seen so before anybody dials, until it is switched off', async () => {
    await annas.getByRole('button', { name: 'Anna Li Online' }).click();
    await annas.getByRole('menuitem', { name: 'For 1 hour' }).click();
    await annas.getByText(/^Do not disturb until .+ Nothing rings/).waitFor();
    await rowOf(baos, anna.name)
      .getByText(/Do not disturb until/)
      .waitFor();
    await rowOf(baos, anna.name).click();
    const person = baos.getByRole('region', { name: anna.name });
    await person.getByText(/Anna Li does not want to be disturbed/).waitFor();
    await team.desk('bao').picture('do-not-disturb');
    await press(annas, 'Switch off');
    await person.getByText('Online', { exact: true }).waitFor();
    await annas.getByRole('button', { name: 'Anna Li Online' }).waitFor();
  });

  it('a favourite stands above all others, by a key and by the star', async () => {
    const favourites = baos.getByRole('list', { name: 'Favourites' });
    await rowOf(baos, anna.name).click();
    await baos.keyboard.press('Control+D');
    await favourites.getByRole('button', { name: anna.name }).waitFor();
    expect(await rowOf(baos, anna.name).count()).toBe(0);
    await favourites.getByText('Online').waitFor();
    await baos.getByRole('button', { name: 'Favourite', exact: true }).click();
    await favourites.waitFor({ state: 'detached' });
    await rowOf(baos, anna.name).waitFor();
  });

  it('a group that one makes is there for the others; any member renames it, and leaves it', async () => {
    await press(annas, 'New group');
    const dialog = annas.getByRole('dialog', { name: 'New group' });
    await dialog.getByRole('textbox', { name: 'Name of the group' }).fill('Night shift');
    const found = dialog.getByRole('list', { name: 'People to add' });
    for (const { name } of [bao, chen]) {
      await dialog.getByRole('searchbox', { name: 'Search people to add' }).fill(name);
      await found.getByRole('button', { name }).click();
    }
    await dialog.getByRole('button', { name: 'Create group' }).click();
    await annas.getByRole('heading', { name: 'Night shift' }).waitFor();

    await groupRow(baos, 'Night shift').click();
    const members = baos.getByRole('list', { name: 'Members of Night shift' });
    await members.getByRole('button', { name: anna.name }).waitFor();
    await members.getByText('Online').waitFor();
    await team.desk('bao').picture('group');

    await press(baos, 'Edit');
    await baos.getByRole('textbox', { name: 'Name of the group' }).fill('Day shift');
    await press(baos, 'Save');
    await annas.getByRole('heading', { name: 'Day shift' }).waitFor();

    await press(baos, 'Leave group');
    await baos.getByRole('dialog').getByRole('button', { name: 'Leave group' }).click();
    await groupRow(baos, 'Day shift').waitFor({ state: 'detached' });
    const left = annas.getByRole('list', { name: 'Members of Day shift' }).getByRole('listitem');
    await waitFor(async () => (await left.allTextContents()).length === 1, {
      what: 'only Chen is left beside Anna',
    });
    expect(await left.first().textContent()).toContain(chen.name);
  });
});

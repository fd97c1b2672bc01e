/** Calls of several people, each at a desk: placed and answered as a person does it, seen in every window. */
import { isDeepStrictEqual } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import type { Desk } from '../../support/desk';
import type { Person } from '../../support/people';
import { RawClient } from '../../support/raw-client';
import { waitFor } from '../../support/wait';
import { press, type Seat, type Team, voiceOf, voices } from './team';

/** A group that its first member makes. How that is done in home, tests/e2e/people.test.ts shows. */
export async function makeGroup(
  { server }: Pick<Team, 'server'>,
  name: string,
  [maker, ...others]: readonly [Person, ...Person[]],
): Promise<void> {
  const { userId, password } = maker;
  const credential = { kind: 'password', userId, password } as const;
  const { client } = await RawClient.signedIn(server.url, credential, `${userId}-maker`);
  await client.request('group.create', { name, memberIds: others.map((each) => each.userId) });
  await client.close();
}

/** Ticks these members on the page of the group and calls them; gives the call window. */
export async function callInGroup(
  desk: Desk,
  { name, members }: { readonly name: string; readonly members: readonly Person[] },
  button: 'Audio call' | 'Video call' = 'Audio call',
): Promise<Page> {
  const home = await desk.home();
  await home.bringToFront();
  await home.getByRole('list', { name: 'Groups' }).getByRole('button', { name }).click();
  for (const member of members) {
    await home.getByRole('checkbox', { name: `Call ${member.name} too` }).check();
  }
  await press(home, button);
  return groupWindow(desk);
}

/** Selects these people in the list of all and calls them together; gives the call window. */
export async function callTogether(desk: Desk, people: readonly Person[]): Promise<Page> {
  const home = await desk.home();
  await home.bringToFront();
  await press(home, 'Select several people');
  for (const { name } of people) {
    await home.getByRole('list', { name: 'People' }).getByRole('checkbox', { name }).check();
  }
  await press(home, 'Audio call');
  return groupWindow(desk);
}

/** Asks somebody into the call of this window. */
export async function add(page: Page, { name }: Person): Promise<void> {
  await press(page, 'Add people');
  const dialog = page.getByRole('dialog', { name: 'Add people to the call' });
  await dialog.getByRole('checkbox', { name }).check();
  await dialog.getByRole('button', { name: 'Add one person' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The window of the call that this desk is in: the one with people in it. */
export function groupWindow(desk: Desk): Promise<Page> {
  const find = async (): Promise<Page | undefined> => {
    for (const page of desk.app.pages('call')) {
      // A page may go while it is looked at.
      const isThere = peopleIn(page).isVisible();
      if (await isThere.catch(() => false)) return page;
    }
    return undefined;
  };
  const what = `the window of ${desk.person.name}’s call of several`;
  return waitFor(find, { what, withinMs: 15_000 });
}

export async function answer(desk: Desk): Promise<Page> {
  await desk.pressInCard('Accept');
  return groupWindow(desk);
}

function peopleIn(page: Page): Locator {
  return page.getByRole('list', { name: 'People in the call' });
}

export function tileOf(page: Page, { name }: Person): Locator {
  return peopleIn(page).getByRole('listitem').filter({ hasText: name });
}

/** Who is in a window, and what is said about those who are not heard; nothing about those who are. */
async function tilesOf(page: Page): Promise<readonly string[]> {
  const tiles = await peopleIn(page).getByRole('listitem').all();
  const words = tiles.map(async (tile) => {
    const parts = await tile.locator('.words > span').allTextContents();
    return parts.join(': ');
  });
  return Promise.all(words);
}

/** In the order of the invitations, everywhere the same; oneself is “(you)”. */
export async function shows(
  page: Page,
  tiles: readonly string[],
  withinMs = 15_000,
): Promise<void> {
  let seen: readonly string[] = [];
  const isRight = async (): Promise<boolean> => {
    // A tile may go while it is read.
    seen = await tilesOf(page).catch(() => []);
    return isDeepStrictEqual(seen, tiles);
  };
  const what = `${tiles.join(', ')} in the window`;
  await waitFor(isRight, { what, withinMs }).catch((cause: unknown) => {
    throw new Error(`${what}, but ${seen.join(', ')}`, { cause });
  });
}

/** At the loudspeaker of each of these is heard each of the others, and nobody else. */
export async function hearExactlyEachOther(
  team: Pick<Team, 'desk'>,
  seats: readonly Seat[],
  withinMs = 20_000,
): Promise<void> {
  const hear = (seat: Seat): Promise<void> => {
    const others = seats.filter((other) => other !== seat).map(voiceOf);
    const heard = team.desk(seat).sound.waitForVoices(others, { among: voices, withinMs });
    return heard.catch((cause: unknown) => {
      throw new Error(`${seat} does not hear exactly the others`, { cause });
    });
  };
  await Promise.all(seats.map(hear));
}

/** Recent calls, what was missed while nobody was there, and answering inside home: seen in home and in the database. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../support/desk';
import { anna, bao } from '../support/people';
import { waitFor } from '../support/wait';
import { bothHear, press, says, voiceOf } from './calls/team';
import { useTeam } from './calls/use-team';

const voices = { from: voiceOf('anna'), to: voiceOf('bao') };

const awayWords = 'While you were away, Anna Li called.';
const badge = (home: Page) => home.getByRole('tab', { name: /^Recent calls/ });
const list = (home: Page) => home.getByRole('list', { name: 'Recent calls' });

async function opened(desk: Desk): Promise<Page> {
  const home = await desk.home();
  await home.getByRole('tab', { name: 'People' }).waitFor();
  return home;
}

describe('the recent calls', () => {
  const team = useTeam(['anna', 'bao']);
  let annas: Desk;
  let baos: Desk;
  beforeAll(() => {
    annas = team.desk('anna');
    baos = team.desk('bao');
  });

  it('a call that was missed while the app was closed is told at the next sign-in, until somebody has looked', async () => {
    await baos.endApp();
    const calling = await annas.call(bao, 'Audio call');
    await says(calling, /Not reachable: it will ring as soon as Bao Chen is online/);
    // A call that is cancelled before the server has heard of it was none.
    await waitFor(async () => (await team.server.admin('call', 'list')).includes('bao'), {
      what: 'the server knows of the call',
    });
    await press(calling, 'Hang up');
    const stored = await team.server.endings();
    expect(stored.find(({ userId }) => userId === 'bao')).toMatchObject({
      ...{ direction: 'incoming', seen: false },
    });

    await baos.start();
    const home = await opened(baos);
    await home.getByText(awayWords).waitFor();
    await badge(home).getByText('1 missed call').waitFor();
    expect(await home.title()).toBe('(1) Peal');
    await baos.picture('missed-while-away');
    await press(home, 'Show');
    await list(home)
      .getByRole('button', { name: /Anna Li Missed .*audio call/ })
      .waitFor();
    await home.getByText(awayWords).waitFor({ state: 'detached' });
    expect(await home.title()).toBe('Peal');
    await waitFor(async () => (await team.server.endings()).every(({ seen }) => seen), {
      what: 'the database knows that the call was seen',
    });

    await baos.restart();
    const again = await opened(baos);
    await badge(again).click();
    await list(again)
      .getByRole('button', { name: /Anna Li Missed/ })
      .waitFor();
    expect(await again.getByText(awayWords).count()).toBe(0);
    expect(await badge(again).getByText('missed').count()).toBe(0);
  });

  it('Enter calls back in the same way', async () => {
    const home = await opened(baos);
    await badge(home).click();
    await list(home)
      .getByRole('button', { name: /Anna Li Missed/ })
      .press('Enter');
    await annas.accept();
    await bothHear(baos, annas, { from: voices.to, to: voices.from });
    // Beside the row stands the person, in a call as long as this one lasts.
    const person = home.getByRole('region', { name: anna.name });
    await person.getByText('In a call', { exact: true }).waitFor();
    await press(await baos.callWindow(anna), 'Hang up');
    await baos.waitForNoCall();
    await person.getByText('Online', { exact: true }).waitFor();
    await list(home)
      .getByRole('button', { name: /Anna Li Outgoing, .+ sec .*audio call/ })
      .waitFor();
  });

  it('a name finds its calls among all, by keyboard; a key shows what is known of one', async () => {
    const home = await opened(baos);
    await badge(home).click();
    await home.keyboard.type('nobody of that name');
    await home.getByText('No calls with “nobody of that name”.').waitFor();
    await home.keyboard.press('Escape');
    await home.keyboard.type('anna');
    const found = list(home).getByRole('button', { name: /Anna Li Outgoing/ });
    await found.waitFor();
    await home.keyboard.press('ArrowDown');
    await home.locator(':focus').and(found).waitFor();
    await home.keyboard.press('Space');
    const details = home.getByRole('region', { name: 'This call' });
    await details.getByRole('heading', { name: 'Outgoing, audio call' }).waitFor();
    await details.getByText(/^\d+ sec$/).waitFor();
    await baos.picture('details-of-a-call');
    await home.keyboard.press('Escape');
  });

  it('the card inside home is answered by keyboard, and takes nothing from what is being typed', async () => {
    const home = await opened(baos);
    const search = home.getByRole('searchbox', { name: 'Search people' });
    await home.getByRole('tab', { name: 'People' }).click();
    await search.fill('');
    await annas.call(bao, 'Audio call');
    const card = home.getByRole('group', { name: 'Incoming call' });
    await search.pressSequentially('ann');
    await card.waitFor();
    await search.pressSequentially('a li');
    expect(await search.inputValue()).toBe('anna li');
    await baos.picture('ring-inside-home');

    await reachByTab(home, 'Accept');
    await home.keyboard.press('Enter');
    await bothHear(annas, baos, voices);
    await card.waitFor({ state: 'detached' });
    await press(await baos.callWindow(anna), 'Hang up');
    await annas.waitForNoCall();

    await search.focus();
    await annas.call(bao, 'Audio call');
    await card.waitFor();
    await home.keyboard.press('Control+Shift+D');
    await says(await annas.callWindow(bao), /Bao Chen declined/);
    expect(await search.inputValue()).toBe('anna li');
  });
});

/** The focus goes round through everything that can be reached, and comes by there. */
async function reachByTab(page: Page, button: string): Promise<void> {
  const wanted = page
    .locator(':focus')
    .and(page.getByRole('button', { name: button, exact: true }));
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Shift+Tab');
    if ((await wanted.count()) > 0) return;
  }
  throw new Error(`${button} cannot be reached by keyboard.`);
}

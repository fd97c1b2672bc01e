/** The first minute of a stranger: nothing but the app, then Echo, then a colleague. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framesOfFile } from '../../scripts/lib/spoken-sound';
import { Cleanup } from '../support/cleanup';
import { openDesks, type Desk } from '../support/desk';
import { silenceFile, speechFile, speechOnceFile, toneFile } from '../support/media-files';
import { anna, bao, type Person } from '../support/people';
import { repositoryRoot } from '../support/scratch';
import { waitFor } from '../support/wait';
import { microphonesAreOff, press, says, talk } from './calls/team';

// In the page; tests are compiled without the types of a browser.
declare const navigator: {
  readonly mediaDevices: { getUserMedia(wants: object): Promise<unknown> };
};

const echo: Person = { userId: 'echo', name: 'Echo', password: '' };
const spoken = 'Good morning. The yellow boat leaves the harbour at a quarter past nine.';
const voices = { from: 1000, to: 440 };

const greeting = framesOfFile(join(repositoryRoot, 'renderer/sounds/echo-en.wav'));

async function tryHere(home: Page, name: string): Promise<void> {
  await press(home, 'Try it on this computer');
  await home.getByRole('textbox', { name: 'Your name' }).fill(name);
  await press(home, 'Start');
  await home.getByRole('searchbox', { name: 'Search people' }).waitFor();
}

/** For somebody at the same computer: the only way that needs no network. */
async function inviteLink(home: Page): Promise<string> {
  await press(home, 'Add a colleague');
  const dialog = home.getByRole('dialog', { name: 'Add a colleague' });
  const here = dialog.getByRole('radio', { name: 'This computer only' });
  await dialog.getByRole('button', { name: 'Make the link' }).waitFor();
  if (await here.isVisible()) await here.check();
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const link = await dialog.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return link;
}

async function joinTeam(home: Page, link: string, name: string): Promise<void> {
  await press(home, 'Join a team');
  await home.getByRole('textbox', { name: 'Invitation link' }).fill(link);
  await home.getByRole('textbox', { name: 'Your name' }).fill(name);
  await press(home, 'Join');
  await home.getByRole('searchbox', { name: 'Search people' }).waitFor();
}

async function sees(desk: Desk, other: Person): Promise<void> {
  const people = (await desk.home()).getByRole('list', { name: 'People' });
  await people.getByRole('button', { name: other.name }).waitFor();
}

describe('the first minute', () => {
  const cleanup = new Cleanup();
  let annas: Desk;
  let baos: Desk;
  beforeAll(async () => {
    const [first, second] = await openDesks(
      { person: anna, toneHz: voices.from },
      { person: bao, toneHz: voices.to },
    );
    annas = cleanup.own(first ?? expect.fail('no desk'));
    baos = cleanup.own(second ?? expect.fail('no desk'));
    await annas.sound.feedMicrophone(await silenceFile());
  });
  afterAll(async () => {
    await cleanup.close();
  });

  it('brings the first sound, and the own sentence back, within 60 seconds of the first click', async () => {
    const own = framesOfFile(await speechFile('first-minute', spoken));
    const started = performance.now();
    const home = await annas.home();
    await tryHere(home, anna.name);
    const call = await annas.call(echo, 'Audio call');
    await call.getByRole('timer').waitFor();
    await annas.sound.waitForSentence({ wanted: greeting, other: own });
    const firstSoundMs = performance.now() - started;
    // The sentence is known before it has ended, and Echo does not listen while it speaks.
    await annas.sound.waitForSilence();
    await annas.sound.feedMicrophone(await speechOnceFile('first-minute', spoken));
    await annas.sound.waitForSentence({ wanted: own, other: greeting });
    await annas.picture('echo');
    expect(firstSoundMs).toBeLessThan(60_000);
    expect(performance.now() - started).toBeLessThan(60_000);

    await press(call, 'Hang up');
    await annas.waitForNoCall();
    await microphonesAreOff(annas);
  });

  it('lets a colleague in by a link, and they talk', async () => {
    await annas.sound.feedMicrophone(await toneFile(voices.from));
    const link = await inviteLink(await annas.home());
    expect(link).toMatch(/^peal:join\?/);
    await joinTeam(await baos.home(), link, bao.name);
    await Promise.all([sees(annas, bao), sees(baos, anna), sees(baos, echo)]);
    const { calling } = await talk(annas, baos, voices);
    await annas.picture('colleague');
    await press(calling, 'Hang up');
    await Promise.all([annas.waitForNoCall(), baos.waitForNoCall()]);
  });

  it('leaves Echo busy for a second caller, and brings it back when its server has died', async () => {
    const first = await annas.call(echo, 'Audio call');
    await first.getByRole('timer').waitFor();
    const second = await baos.call(echo, 'Audio call');
    await says(second, /is in another call/);
    await press(first, 'Hang up');
    await press(second, 'Close window');
    await Promise.all([annas.waitForNoCall(), baos.waitForNoCall()]);

    annas.app.expectProblem(/embedded server: exit|echo.html: WebSocket connection/);
    const former = await annas.app.page('echo');
    annas.app.killServer();
    await waitFor(() => former.isClosed(), { what: 'the end of the former Echo' });
    await annas.app.page('echo');
    const home = await annas.home();
    await home.getByText('No connection to the server').waitFor({ state: 'hidden' });
    const people = home.getByRole('list', { name: 'People' });
    await people.getByRole('button', { name: /Echo.*Online/ }).waitFor();
    const again = await annas.call(echo, 'Audio call');
    await again.getByRole('timer').waitFor();
    await press(again, 'Hang up');
  });

  it('gives the page of Echo neither a device nor a way to another computer', async () => {
    annas.app.expectProblem(/Content Security Policy|Refused to connect/);
    const page = await annas.app.page('echo');
    const microphone = page.evaluate(() => navigator.mediaDevices.getUserMedia({ audio: true }));
    await expect(microphone).rejects.toThrow('NotAllowedError');
    const network = page.evaluate(() => fetch('http://127.0.0.1:9/'));
    await expect(network).rejects.toThrow('Failed to fetch');
  });
});

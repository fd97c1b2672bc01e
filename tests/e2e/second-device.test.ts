/** One person at two desks: what rings where, who wins, and what becomes of the other desk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CardWatch } from '../support/card-watch';
import { Cleanup } from '../support/cleanup';
import type { Desk } from '../support/desk';
import { anna, bao, chen } from '../support/people';
import { RawClient } from '../support/raw-client';
import { kofi, signInCaller, type Caller } from '../support/rings/callers';
import { endings, stopsAtOther } from '../support/rings/two-desks';
import { heardDb } from '../support/sound';
import { waitFor } from '../support/wait';
import { bothHear, doesNotRing, nothingHeard, press, says, talk, voiceOf } from './calls/team';
import { useTeam } from './calls/use-team';

describe('a person with two desks', () => {
  const team = useTeam(['anna', 'bao', 'baoAtHome', 'chen'], { others: [kofi] });
  let annas: Desk;
  let work: Desk;
  let atHome: Desk;
  let chens: Desk;
  /** Somebody who calls by a program. */
  let caller: Caller;
  let watch: CardWatch;
  const cleanup = new Cleanup();
  beforeAll(async () => {
    annas = team.desk('anna');
    work = team.desk('bao');
    atHome = team.desk('baoAtHome');
    chens = team.desk('chen');
    caller = cleanup.own(await signInCaller(team.server.url, kofi, bao));
    watch = cleanup.own(await CardWatch.start(atHome.display.name));
  });
  afterAll(() => cleanup.close());

  const withAtHome = { from: voiceOf('anna'), to: voiceOf('baoAtHome') };
  const withWork = { from: voiceOf('anna'), to: voiceOf('bao') };

  it('flow 16: both ring, one answers, the other stops at once', async () => {
    await annas.call(bao, 'Audio call');
    await Promise.all([work.incoming(), atHome.incoming()]);
    await atHome.accept();
    await work.waitForNoCall(2_000);
    await bothHear(annas, atHome, withAtHome);
    expect(await work.sound.recordings()).toBe(0);
    expect(work.app.child.stderr()).toMatch(/incoming → ended \(101\)/);
  });

  it('flow 17: one declines, the other stops at once', async () => {
    const calling = await annas.call(bao, 'Audio call');
    const [card] = await Promise.all([work.incoming(), atHome.incoming()]);
    const words = says(calling, /Bao Chen declined/);
    await press(card, 'Decline');
    await words;
    await Promise.all([work.waitForNoCall(2_000), atHome.waitForNoCall(2_000)]);
    expect(atHome.app.child.stderr()).toMatch(/incoming → ended \(102\)/);
    expect(await team.server.endings()).toMatchObject([
      { userId: 'anna', endReason: 12 },
      { userId: 'bao', endReason: 2, seen: true },
    ]);
  });

  it('flow 18: both accept at the same moment, and exactly one is connected', async () => {
    const calling = await annas.call(bao, 'Audio call');
    const cards = await Promise.all([work.incoming(), atHome.incoming()]);
    await Promise.all(cards.map((card) => card.evaluate(acceptIfThere)));
    await annas.sound.waitForTone(
      await Promise.any([
        work.sound.waitForTone(voiceOf('anna')).then(() => voiceOf('bao')),
        atHome.sound.waitForTone(voiceOf('anna')).then(() => voiceOf('baoAtHome')),
      ]),
    );
    const recordings = await Promise.all([work.sound.recordings(), atHome.sound.recordings()]);
    expect(recordings.toSorted((one, other) => one - other)).toEqual([0, 1]);
    await press(calling, 'Hang up');
    await Promise.all([work.waitForNoCall(), atHome.waitForNoCall()]);
    expect(await team.server.endings()).toMatchObject([
      { userId: 'anna', endReason: 3 },
      { userId: 'bao', endReason: 13 },
    ]);
  });

  it('a missed call is news at both desks until it is looked at on one; favourites are the same at both', async () => {
    const homes = await Promise.all([work.home(), atHome.home()]);
    const calling = await annas.call(bao, 'Audio call');
    await Promise.all([work.incoming(), atHome.incoming()]);
    await press(calling, 'Hang up');
    const titled = async (title: string): Promise<void> => {
      await Promise.all(
        homes.map((home) => waitFor(async () => (await home.title()) === title, { what: title })),
      );
    };
    await titled('(1) Peal');
    const [here, there] = homes;
    await here.getByRole('tab', { name: /^Recent calls/ }).click();
    await titled('Peal');
    await there.getByRole('tab', { name: /^Recent calls/ }).click();
    const row = there.getByRole('list', { name: 'Recent calls' }).getByRole('button').first();
    expect(await row.textContent()).toMatch(/Anna Li.*Missed/);
    for (const home of homes) await home.getByRole('tab', { name: 'People' }).click();

    await here.getByRole('list', { name: 'People' }).getByText(anna.name).click();
    await here.keyboard.press('Control+D');
    const favourite = there.getByRole('list', { name: 'Favourites' }).getByText(anna.name);
    await favourite.waitFor();
    await here.keyboard.press('Control+D');
    await favourite.waitFor({ state: 'detached' });
  });

  it.each(endings)('a ring stops at the other desk at once: %s', async (how) => {
    const ended = await stopsAtOther({ caller, acting: work, other: atHome, watch }, how);
    // How fast on a quiet machine: npm run bench -- rings.
    expect(ended.goneMs).toBeLessThan(2_000);
    expect(ended.quietMs).toBeLessThan(2_000);
  });

  it('a call on the other desk is offered to be left for a new one here', async () => {
    const { calling } = await talk(annas, work, withWork);
    const trying = await atHome.call(anna, 'Audio call');
    await says(trying, /You are in a call on another device/);
    await bothHear(annas, work, withWork);
    const words = says(calling, /Bao Chen joined another call on another device/);
    await press(trying, 'Switch to this device');
    await words;
    expect(await team.server.endings()).toMatchObject([
      { userId: 'anna', endReason: 31 },
      { userId: 'bao', endReason: 21 },
    ]);
  });

  it('two desks of one person call two people, one after the other, and nothing mixes', async () => {
    await talk(chens, annas, { from: voiceOf('chen'), to: voiceOf('anna') });
    const calling = await work.call(anna, 'Audio call');
    await says(calling, /Anna Li is in another call/);
    await doesNotRing(annas, 500);
    await press(calling, 'Close window');
    await team.endCalls();
    await talk(atHome, annas, { from: voiceOf('baoAtHome'), to: voiceOf('anna') });
    expect(await work.sound.recordings()).toBe(0);
  });

  describe('who lets the free desk ring during a call', () => {
    beforeAll(async () => {
      await howIAmCalled(work, { freeDeskRings: true });
    });

    it('flow 20: the second answer is refused, the first call goes on', async () => {
      await howIAmCalled(work, { second: 'refuse' });
      await talk(annas, work, withWork);
      const calling = await chens.call(bao, 'Audio call');
      await atHome.incoming();
      await doesNotRing(work, 500);
      const words = says(calling, /Bao Chen is in a call on another device/);
      // The app itself offers to switch; a program that only answers meets the rule.
      const { client, welcome } = await RawClient.signedIn(
        team.server.url,
        { kind: 'password', userId: bao.userId, password: bao.password },
        'bao-program',
      );
      const ring = welcome.calls.find(({ callerId }) => callerId === chen.userId);
      await client.request('call.claim', { callId: ring?.callId ?? '' });
      await words;
      await atHome.waitForNoCall(2_000);
      await client.close();
      await bothHear(annas, work, withWork);
      expect(await team.server.endings()).toMatchObject([
        { userId: 'bao', endReason: 22 },
        { userId: 'chen', endReason: 32 },
      ]);
    });

    it('flow 19: the second answer ends the first call', async () => {
      await howIAmCalled(work, { second: 'switch' });
      const { calling, answered } = await talk(annas, work, withWork);
      await chens.call(bao, 'Audio call');
      const card = await atHome.incoming();
      const words = says(calling, /Bao Chen joined another call on another device/);
      const own = says(answered, /You joined another call/);
      await press(card, 'Switch here and answer');
      await Promise.all([words, own]);
      await bothHear(chens, atHome, { from: voiceOf('chen'), to: voiceOf('baoAtHome') });
      await nothingHeard(annas);
      expect(await team.server.endings()).toMatchObject([
        { userId: 'anna', endReason: 31 },
        { userId: 'bao', endReason: 21 },
      ]);
    });

    it('both desks are in a call at once when the person wants it so, and nothing mixes', async () => {
      await howIAmCalled(work, { second: 'both' });
      await talk(annas, work, withWork);
      await chens.call(bao, 'Audio call');
      await atHome.accept();
      await bothHear(chens, atHome, { from: voiceOf('chen'), to: voiceOf('baoAtHome') });
      await bothHear(annas, work, withWork);
      for (const [desk, voice] of [
        [annas, voiceOf('baoAtHome')],
        [chens, voiceOf('bao')],
        [work, voiceOf('chen')],
        [atHome, voiceOf('anna')],
      ] as const) {
        // What the codec makes of a swelling tone spreads, far below what is heard.
        await desk.sound.waitForToneGone(voice, { belowDb: heardDb + 5 });
      }
    });
  });
});

// In the page; tests are compiled without the types of a browser.
declare const document: {
  querySelectorAll(selector: string): Iterable<{ readonly textContent: string; click(): void }>;
};

/** The other desk may have been faster: then the card, and its button, are gone. */
function acceptIfThere(): void {
  for (const button of document.querySelectorAll('button')) {
    // Its keys stand beside the word while they are held.
    if (/^Accept\b/.test(button.textContent.trim())) button.click();
  }
}

const secondChoices = {
  refuse: /^The call there goes on/,
  switch: /^The call there ends/,
  both: 'Both calls go on',
} as const;

/** Sets the own rules as a person does it, in home. */
async function howIAmCalled(
  desk: Desk,
  rules: { readonly freeDeskRings?: boolean; readonly second?: keyof typeof secondChoices },
): Promise<void> {
  const home = await desk.home();
  await home.keyboard.press('Control+,');
  await home.getByRole('tab', { name: 'Incoming calls' }).click();
  if (rules.freeDeskRings) await home.getByRole('radio', { name: 'My other devices ring' }).check();
  if (rules.second) {
    await home.getByRole('radio', { name: secondChoices[rules.second] }).check();
  }
  await home.getByRole('button', { name: 'Back' }).click();
}

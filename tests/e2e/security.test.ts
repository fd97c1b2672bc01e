/** What a page could do if it were taken over: nothing but the verbs of its window. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../support/desk';
import { bao } from '../support/people';
import { openTeam, type Team } from './calls/team';

// In the page; tests are compiled without the types of a browser.
declare const window: Record<string, unknown> & { open(url: string): unknown };
declare const document: {
  querySelectorAll(selector: string): Iterable<{
    readonly textContent: string;
    click(): void;
  }>;
  createElement(name: string): { textContent: string };
  body: { append(element: unknown): void };
};
declare const location: { href: string };
declare const navigator: {
  mediaDevices: { getUserMedia(wants: object): Promise<unknown> };
};

const verbs = {
  home: [
    ...['quit', 'getSession', 'signIn', 'tryHere', 'signOut', 'takeLink', 'join'],
    ...['inviteAddresses', 'createInvite', 'setProfile', 'findPicture', 'createGroup'],
    ...['changeGroup', 'listRecords', 'getUnseen', 'markRecordsSeen', 'getSettings', 'setSettings'],
    ...['secretPlace', 'testDevices', 'chooseDevices', 'acceptCall', 'declineCall'],
    ...['searchDirectory', 'findPeople', 'listGroups', 'watchPresence', 'prepareCall', 'placeCall'],
    ...['placeGroupCall', 'enterCall', 'watchGroupCalls', 'onGroupCallChanged'],
    ...['returnToCall', 'hangUp', 'getRules', 'block', 'setRules', 'onRulesChanged'],
    ...['listCalls', 'onSessionChanged', 'onPresenceChanged', 'onCallsChanged'],
    ...['onSettingsChanged', 'mayFloat', 'takeCallLink', 'onCallLinkOpened', 'favour'],
    ...['tryKeys', 'getSystem', 'setSystem', 'getStanding', 'onStandingChanged'],
    'onAnswerFailed',
    ...['getUpdate', 'checkForUpdate', 'installUpdate', 'openUpdatePage', 'dismissUpdate'],
    'onUpdateChanged',
    ...['onLinkOpened', 'onProfileChanged', 'onGroupsChanged', 'onRecordAdded', 'onRecordsUnseen'],
    ...['onRecordsSeen', 'onShow'],
  ],
  incoming: [
    ...['getCall', 'received', 'painted', 'accept', 'decline', 'getSettings', 'findPicture'],
    ...['findPeople', 'getReplies', 'onChanged', 'onSettingsChanged'],
    'onAnswerFailed',
  ],
  call: [
    ...['ready', 'start', 'claim', 'join', 'leave', 'setMedia', 'reportMediaState'],
    ...['startGroup', 'invite', 'extend', 'answerMedia', 'findPeople', 'searchPeople', 'findGroup'],
    'lookAtPresence',
    ...['callAgain', 'sendSignal', 'reportLiveLinks', 'iceServers', 'getSettings'],
    ...['findPicture', 'chooseDevices', 'closeWindow', 'minimize', 'toggleMaximize'],
    ...['setForm', 'drag', 'toNextCorner', 'markWordsRead', 'onFormChanged', 'onMiniAsked'],
    'onMuteAsked',
    ...['onAssigned', 'onSnapshot', 'onSignal', 'onAccepted', 'onNetworkChanged'],
    ...['onSettingsChanged', 'onSightChanged', 'onSoundLost'],
  ],
} as const;

describe('a page that was taken over', () => {
  // One call for all tests, so nobody ends it between them.
  let team: Team;
  let annas: Desk;
  let baos: Desk;
  let pages: Record<keyof typeof verbs, Page>;
  beforeAll(async () => {
    team = await openTeam(['anna', 'bao'], { withPictures: true });
    annas = team.desk('anna');
    baos = team.desk('bao');
    const call = await annas.call(bao, 'Audio call');
    const incoming = await baos.incoming();
    pages = { home: await annas.home(), incoming, call };
    // What these tests provoke, Chromium reports as it should.
    for (const desk of [annas, baos]) {
      desk.app.expectProblem(/Content Security Policy|Refused to|Not allowed to load/);
    }
  });

  afterAll(async () => {
    await team.close();
  });

  it.each(['home', 'incoming', 'call'] as const)(
    '%s has its own verbs and no others',
    async (kind) => {
      const found = await pages[kind].evaluate(() => ({
        verbs: Object.keys(window['peal'] as object),
        node: ['require', 'process', 'module', 'global', 'Buffer', '__dirname', 'electron'].filter(
          (name) => name in window,
        ),
      }));
      expect(found.node).toEqual([]);
      expect(found.verbs.toSorted()).toEqual([...verbs[kind]].toSorted());
    },
  );

  it.each(['home', 'incoming', 'call'] as const)(
    '%s opens no window and goes nowhere',
    async (kind) => {
      const page = pages[kind];
      const before = page.url();
      expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true);
      await page.evaluate(() => {
        location.href = 'https://example.org/';
      });
      await page.evaluate(() => {
        location.href = 'file:///etc/passwd';
      });
      expect(await page.evaluate(() => location.href)).toBe(before);
      expect(annas.app.pages('home')).toHaveLength(1);
    },
  );

  it.each(['home', 'incoming', 'call'] as const)(
    '%s runs no script that is not the app’s',
    async (kind) => {
      const ran = await pages[kind].evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'window.taken = true';
        document.body.append(script);
        // Not in the debugger's own turn, which the policy does not bind.
        await new Promise((resolve) => setTimeout(resolve, 0));
        let evaluated = true;
        try {
          (window['eval'] as (code: string) => void)('window.taken = true');
        } catch {
          evaluated = false;
        }
        return { inline: 'taken' in window, evaluated };
      });
      expect(ran).toEqual({ inline: false, evaluated: false });
    },
  );

  it('no page talks to other hosts', async () => {
    const answer = await pages.home.evaluate(() =>
      fetch('http://127.0.0.1:9/').then(
        () => 'fetched',
        (error: unknown) => String(error),
      ),
    );
    expect(answer).toContain('Failed to fetch');
  });

  it.each(['home', 'incoming'] as const)('%s gets no microphone', async (kind) => {
    const answer = await pages[kind].evaluate(() =>
      navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        (error: unknown) => (error as { name: string }).name,
      ),
    );
    expect(answer).toBe('NotAllowedError');
  });

  it('is still usable by its user afterwards', async () => {
    // Not by a click of the driver, which would first wait for the navigation that never comes.
    await pages.call.evaluate(() => {
      const buttons = [...document.querySelectorAll('button')];
      buttons.find((button) => button.textContent.trim() === 'Hang up')?.click();
    });
    await Promise.all([annas.waitForNoCall(), baos.waitForNoCall()]);
  });
});

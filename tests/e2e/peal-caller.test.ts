/**
 * Somebody in a plain page calls a real desktop with the documented sample, unchanged: heard at the desktop's speaker,
 * read in its windows and in the server's history.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signAppToken } from '#server/auth/web-tokens';
import {
  type CallerPage,
  type PageServer,
  openCallerPage,
  servePage,
} from '../support/caller-page';
import { Cleanup } from '../support/cleanup';
import type { Desk } from '../support/desk';
import { heardInPage } from '../support/listen';
import { toneFile } from '../support/media-files';
import { type Person, anna, chen } from '../support/people';
import { RawClient } from '../support/raw-client';
import { waitFor } from '../support/wait';
import { type Team, microphonesAreOff, openTeam, press, says, voiceOf } from './calls/team';

const appSecret = 'shared with the back end of the page';
const success = 10_000;

describe('the documented sample in a plain page, calling a real desktop', () => {
  const cleanup = new Cleanup();
  let pages: PageServer;
  let team: Team;
  let desktop: Desk;
  let page: CallerPage;

  beforeAll(async () => {
    pages = cleanup.own(await servePage());
    const config = { appSecret, allowedOrigins: [pages.origin] };
    team = cleanup.own(await openTeam(['bao'], { config }));
    desktop = team.desk('bao');
    const voice = `--use-file-for-fake-audio-capture=${await toneFile(voiceOf('anna'))}`;
    page = cleanup.own(await openCallerPage(pages, { flags: [voice] }));
    await signIn(anna);
  });
  afterEach(async () => {
    await team.endCalls();
    await page.lab('forget', 'anna');
    expect(await page.lab('faults')).toEqual([]);
  });
  afterAll(() => cleanup.close());

  const tokenOf = ({ userId, name }: Person): Promise<string> =>
    signAppToken({ userId, name }, appSecret, Date.now() + 60_000);

  async function signIn(person: Person): Promise<void> {
    const options = { url: team.server.url, token: await tokenOf(person) };
    expect(await page.lab('signIn', person.userId, options)).toBe('ok');
  }

  async function makeDesign(): Promise<string> {
    const credential = { kind: 'app', token: await tokenOf(anna) } as const;
    const { client } = await RawClient.signedIn(team.server.url, credential, 'anna-maker');
    const body = { name: 'Design', memberIds: ['bao', 'chen'] };
    const { group } = await client.request('group.create', body);
    await client.close();
    return group.groupId;
  }

  async function ring(): Promise<void> {
    const call = { targetId: 'bao', mediaType: 1, userId: 'bao' } as const;
    const called = await page.lab('callBySample', 'anna', call);
    expect(called).toEqual({ code: success, hasSession: true });
    const card = await desktop.incoming();
    expect(await card.getByRole('heading').textContent()).toContain(anna.name);
    await page.waitToHear('anna', { what: 'ringing', userId: 'bao' });
  }

  async function bothHear(): Promise<void> {
    await desktop.sound.waitForTone(voiceOf('anna'), { withinMs: 15_000 });
    const isHeard = async (): Promise<boolean> =>
      Math.abs(((await heardInPage(page.page))?.hz ?? 0) - voiceOf('bao')) <= 15;
    await waitFor(isHeard, { what: 'the desktop’s voice in the page', withinMs: 15_000 });
  }

  async function reasons(): Promise<Record<string, number>> {
    const endings = await team.server.endings();
    return Object.fromEntries(endings.map(({ userId, endReason }) => [userId, endReason]));
  }

  it('the desktop rings and accepts, both hear each other, and the page hangs up: 13 there', async () => {
    await ring();
    const answered = await desktop.accept();
    await page.waitToHear('anna', { what: 'accept', userId: 'bao' });
    await page.waitToHear('anna', { what: 'played', isLocal: false, code: success });
    await bothHear();
    const words = says(answered, /Anna Li hung up/);
    expect(await page.lab('hungupBySample', 'anna')).toBe(success);
    await words;
    await page.waitToHear('anna', { what: 'close', reason: 3 });
    expect(await reasons()).toEqual({ anna: 3, bao: 13 });
    await desktop.waitForNoCall();
    await desktop.sound.waitForToneGone(voiceOf('anna'));
    await microphonesAreOff(desktop);
  });

  it('the desktop hangs up: 13 in the page', async () => {
    await ring();
    const answered = await desktop.accept();
    await bothHear();
    await press(answered, 'Hang up');
    await page.waitToHear('anna', { what: 'hungup', userId: 'bao', reason: 13 });
    await page.waitToHear('anna', { what: 'close', reason: 13 });
    expect(await reasons()).toEqual({ anna: 13, bao: 3 });
  });

  it('the desktop declines: 12 in the page', async () => {
    await ring();
    await press(await desktop.incoming(), 'Decline');
    await page.waitToHear('anna', { what: 'hungup', userId: 'bao', reason: 12 });
    await page.waitToHear('anna', { what: 'close', reason: 12 });
    expect(await reasons()).toEqual({ anna: 12, bao: 2 });
  });

  it('the page cancels: the card disappears', async () => {
    await ring();
    expect(await page.lab('hungupBySample', 'anna')).toBe(success);
    await desktop.waitForNoCall();
    await page.waitToHear('anna', { what: 'close', reason: 1 });
    expect(await reasons()).toEqual({ anna: 1, bao: 11 });
  });

  it('the page calls a group, and the desktop goes on with somebody whom the sample asked in', async () => {
    const targetId = await makeDesign();
    const call = { targetId, userIds: ['bao'], mediaType: 1, userId: 'bao' } as const;
    const called = await page.lab('callGroupBySample', 'anna', call);
    expect(called).toEqual({ code: success, hasSession: true });
    const card = await desktop.incoming();
    expect(await card.getByRole('alertdialog').textContent()).toContain('Design');
    await press(card, 'Accept');
    await page.waitToHear('anna', { what: 'accept', userId: 'bao' });
    await bothHear();
    await signIn(chen);
    expect(await page.lab('inviteBySample', 'anna', ['chen'])).toBe(success);
    await page.waitToHear('chen', { what: 'session' });
    expect(await page.lab('accept', 'chen')).toBe(success);
    await page.waitToHear('anna', { what: 'accept', userId: 'chen' });
    expect(await page.lab('hungupBySample', 'anna')).toBe(success);
    await page.waitToHear('chen', { what: 'hungup', userId: 'anna', reason: 13 });
    expect(await page.lab('hungup', 'chen')).toBe(success);
    await desktop.waitForNoCall();
    expect(await reasons()).toEqual({ anna: 3, bao: 13, chen: 3 });
    await page.lab('signOut', 'chen');
  });
});

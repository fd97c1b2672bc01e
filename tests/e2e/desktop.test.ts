/**
 * What the desktop around the app sees of it and does with it, by the desktop's own means: the screen, the keyboard,
 * the mouse, the loudspeakers, the session bus and the tree of accessible things.
 */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Language } from '#common/language';
import type { AppSettings } from '#common/settings';
import type { HomeApi } from '#common/window-api';
import { run } from '../support/child';
import type { Desk } from '../support/desk';
import type { ScreenWindow } from '../support/display';
import { fullScreenColor, startFullScreen } from '../support/full-screen';
import { closeHome, focusHome } from '../support/home-window';
import { anna, bao, chen } from '../support/people';
import { RawClient } from '../support/raw-client';
import { sampleRate } from '../support/sound';
import { toneLevelDb } from '../support/tone';
import { waitFor, within } from '../support/wait';
import { bothHear, doesNotRing, openTeam, press, says, voiceOf, type Team } from './calls/team';

/** Notes of the sounds (scripts/sounds): none of them is a voice of the tests. */
const ringHz = 880;
const ringbackHz = 349;
/** A note of the ringtone "Marimba" that the usual one does not have. */
const marimbaHz = 523;

const voices = { from: voiceOf('anna'), to: voiceOf('bao') };

describe('the app on a desktop', () => {
  let team: Team;
  let annas: Desk;
  let baos: Desk;
  beforeAll(async () => {
    team = await openTeam(['anna', 'bao'], { withShell: ['bao'] });
    annas = team.desk('anna');
    baos = team.desk('bao');
  });
  beforeEach(() => {
    baos.shell.notifications.clear();
    baos.shell.notifications.inhibit(false);
  });
  afterEach(async () => {
    await team.endCalls();
  });
  afterAll(async () => {
    await team.close();
  });

  it('rings above a full-screen window that keeps the keyboard, and the mouse answers', async () => {
    const other = await startFullScreen(baos.display);
    try {
      await annas.call(bao, 'Audio call');
      const card = await baos.incoming();
      const place = await baos.display.waitForWindow('Incoming call');
      expect(await greenShare(baos, place)).toBeLessThan(0.05);
      expect(await greenShare(baos, { ...place, y: 0 })).toBeGreaterThan(0.95);
      await baos.picture('above-full-screen');
      expect(await other.hasFocus()).toBe(true);
      await other.type('still typing');
      await other.waitForTyped('still typing');
      await baos.shell.notifications.waitFor('Anna Li is calling');
      await clickWithMouse(baos, card, place, 'Accept');
      await bothHear(annas, baos, voices);
    } finally {
      await other.close();
    }
  });

  it('is heard ringing here and at the other end until it is answered, and not in the call', async () => {
    const calling = await annas.call(bao, 'Audio call');
    await baos.sound.waitForTone(ringHz);
    await says(calling, /Ringing/);
    await annas.sound.waitForTone(ringbackHz);
    await baos.accept();
    await bothHear(annas, baos, voices);
    await Promise.all([
      baos.sound.waitForToneGone(ringHz, { withinMs: 3_000 }),
      annas.sound.waitForToneGone(ringbackHz, { withinMs: 3_000 }),
    ]);
    await press(calling, 'Hang up');
    await baos.sound.waitForTone(ringbackHz, { withinMs: 3_000 });
  });

  it('rings on the loudspeaker that was chosen for it and on that of calls, or on the first alone', async () => {
    const bell = await baos.sound.plugSpeaker('Bell');
    const home = await baos.home();
    await home.evaluate(ringOn, 'Bell');
    await home.evaluate<unknown, RingChange>(setRing, { onBothSpeakers: true });
    await annas.call(bao, 'Audio call');
    await Promise.all([bell.waitForTone(ringHz), baos.sound.waitForTone(ringHz)]);
    await home.evaluate<unknown, RingChange>(setRing, { onBothSpeakers: false });
    await baos.sound.waitForToneGone(ringHz);
    await bell.waitForTone(ringHz);
    expect(baos.sound.toneNow(ringHz)).toBeLessThan(-60);
    await home.evaluate(ringOn, '');
    await baos.sound.waitForTone(ringHz);
  });

  it('rings as loud as was chosen, and as was chosen for whoever calls', async () => {
    const home = await baos.home();
    await annas.call(bao, 'Audio call');
    await baos.sound.waitForTone(ringHz, { aboveDb: -20 });
    await home.evaluate<unknown, RingChange>(setRing, { volume: 5 });
    await baos.sound.waitForToneGone(ringHz, { belowDb: -28 });
    await baos.sound.waitForTone(ringHz, { aboveDb: -45 });
    await home.evaluate<unknown, RingChange>(setRing, { volume: 100, tones: { anna: 'marimba' } });
    await baos.sound.waitForTone(marimbaHz, { aboveDb: -30 });
    await home.evaluate<unknown, RingChange>(setRing, { tones: {} });
  });

  it('is answered by keys while another program has the keyboard, also after its card has crashed', async () => {
    const other = await startFullScreen(baos.display);
    try {
      const calling = await annas.call(bao, 'Audio call');
      const card = await baos.incoming();
      await card.getByText('Ctrl+Shift+D').waitFor();
      await run('xdotool', ['key', 'ctrl+shift+d'], baos.display.env);
      await says(calling, /Bao Chen declined/);
      await press(calling, 'Close');
      await annas.waitForNoCall();
      await annas.call(bao, 'Audio call');
      await crash(baos, await baos.incoming());
      await baos.incoming();
      const heard = await baos.sound.recordSpeaker(1_500);
      expect(toneLevelDb(heard, sampleRate, ringHz)).toBeGreaterThan(-30);
      expect(await other.hasFocus()).toBe(true);
      await run('xdotool', ['key', 'ctrl+shift+a'], baos.display.env);
      await bothHear(annas, baos, voices);
    } finally {
      await other.close();
    }
  });

  it('declines with words that the caller reads, in the call and later', async () => {
    const calling = await annas.call(bao, 'Audio call');
    const card = await baos.incoming();
    await press(card, 'Decline and say…');
    await press(card, 'I am on my way to you.');
    await says(calling, /Bao Chen: I am on my way to you\./);
    await press(calling, 'Close');
    const home = await annas.home();
    const replies = async (): Promise<unknown> => home.evaluate(lastReply);
    await waitFor(async () => (await replies()) === 'I am on my way to you.', {
      what: 'the words in the history',
    });
  });

  it('disturbs nobody who does not want to be, but for favourites, by the rules and by the system', async () => {
    const { notifications } = baos.shell;
    const home = await baos.home();
    const staysQuiet = async (): Promise<void> => {
      const calling = await annas.call(bao, 'Audio call');
      await says(calling, /Bao Chen does not want to be disturbed/);
      await doesNotRing(baos);
      expect([baos, annas].map(({ sound }) => sound.toneNow(ringHz))).toSatisfy(isSilent);
      expect(annas.sound.toneNow(ringbackHz)).toBeLessThan(-60);
      expect(notifications.count).toBe(0);
      await press(calling, 'Hang up');
      await annas.waitForNoCall();
    };
    await home.evaluate<unknown, boolean>(beQuiet, true);
    await staysQuiet();
    await home.evaluate<unknown, boolean>(favourAnna, true);
    const calling = await annas.call(bao, 'Audio call');
    await baos.incoming();
    await baos.sound.waitForTone(ringHz);
    await press(calling, 'Hang up');
    await notifications.waitFor('Missed call from Anna Li');
    await annas.waitForNoCall();
    await home.evaluate<unknown, boolean>(favourAnna, false);
    await home.evaluate<unknown, boolean>(beQuiet, false);
    notifications.clear();
    notifications.inhibit(true);
    const item = await baos.shell.tray.item();
    const bySystem = /^Peal: Do not disturb \(switched on in the system of this computer\)/;
    await waitFor(async () => bySystem.test(await item.toolTip()), {
      what: 'the quiet of the system in the tray',
      withinMs: 5_000,
    });
    await home.getByText(/^“Do not disturb” is switched on in the system/).waitFor();
    await staysQuiet();
    notifications.inhibit(false);
    await home.getByText(/^“Do not disturb” is switched on/).waitFor({ state: 'hidden' });
  });

  it('shows the caller’s words in a notification, which the hang-up’s replace', async () => {
    const { notifications } = baos.shell;
    const { client } = await RawClient.signedIn(
      team.server.url,
      { kind: 'password', userId: chen.userId, password: chen.password },
      'chen-program',
    );
    const push = {
      callTitle: 'Stand-up',
      callContent: 'Come <b>now</b> & listen',
      hungupTitle: 'Stand-up is over',
      hungupContent: 'Ask "Chen" <script>',
    };
    const { call } = await client.request('call.start', { targetId: 'bao', mediaType: 2, push });
    const first = await notifications.waitFor('Chen Wu: Stand-up');
    expect(first.body).toBe('Come &lt;b&gt;now&lt;/b&gt; &amp; listen');
    expect([first.hints['urgency'], first.timeoutMs]).toEqual([2, 0]);
    await client.request('call.leave', { callId: call.callId, why: 'hangup' });
    const second = await notifications.waitFor('Chen Wu: Stand-up is over');
    expect(second.body).toBe('Ask "Chen" &lt;script&gt;');
    expect(notifications.shown()).toEqual([second]);
    await client.close();
  });

  it('takes the notification back when the call is declined', async () => {
    const { notifications } = baos.shell;
    await annas.call(bao, 'Audio call');
    const card = await baos.incoming();
    await notifications.waitFor('Anna Li is calling');
    await press(card, 'Decline');
    await notifications.waitForNone();
    await baos.waitForNoCall();
    expect(notifications.count).toBe(1);
  });

  it('is read and answered by a screen reader', async () => {
    const { screenReader } = baos.shell;
    await annas.call(bao, 'Audio call');
    await baos.incoming();
    const find = async (): Promise<boolean> => {
      const things = (await screenReader.tree()).map(({ role, name }) => `${role}: ${name}`);
      return ['alert: Incoming call', 'push button: Accept', 'push button: Decline'].every((each) =>
        things.includes(each),
      );
    };
    await waitFor(find, { what: 'the card in the tree of accessible things', everyMs: 200 });
    await screenReader.press('Incoming call', 'Accept');
    await bothHear(annas, baos, voices);
  });

  it('says in the tray how it stands, in the language of the settings', async () => {
    const item = await baos.shell.tray.item();
    // Whatever former tests let ring out.
    const missed = (await item.menu()).find(({ label }) => /^(One|\d+) missed calls?$/.test(label));
    if (missed) await item.choose(missed.label);
    await waitFor(async () => (await item.toolTip()) === 'Peal: Ready for calls', {
      what: 'nothing missed in the tray',
    });
    const quiet = await item.picture();
    expect((await item.menu()).map(({ label, enabled }) => [label, enabled])).toEqual([
      ['Open Peal', true],
      ['Ready for calls', false],
      ['Status', true],
      ['Quit Peal', true],
    ]);
    await annas.call(bao, 'Audio call');
    await baos.incoming();
    await waitFor(async () => (await item.toolTip()) === 'Peal: Anna Li is calling', {
      what: 'the ring in the tray',
    });
    expect((await item.picture()).argb.equals(quiet.argb)).toBe(false);
    await team.endCalls();
    const home = await baos.home();
    await home.evaluate<unknown, Language>(speak, 'zh-CN');
    await waitFor(async () => (await item.menu())[0]?.label === '打开 Peal', { what: 'Chinese' });
    await home.evaluate<unknown, Language>(speak, 'en');
    await waitFor(async () => (await item.menu())[0]?.label === 'Open Peal', { what: 'English' });
  });

  it('answers, mutes, makes the window small and hangs up by the tray’s menu', async () => {
    const item = await baos.shell.tray.item();
    const has = async (label: string): Promise<boolean> =>
      (await item.menu()).some((line) => line.label === label);
    await annas.call(bao, 'Audio call');
    await baos.incoming();
    await item.choose('Accept');
    const answered = await baos.callWindow(anna);
    await answered.getByRole('timer').waitFor();
    await item.choose('Mute');
    await answered.getByRole('button', { name: 'Unmute' }).waitFor();
    await waitFor(() => has('Unmute'), { what: 'the muted microphone in the tray' });
    expect(await item.toolTip()).toBe('Peal: In a call with Anna Li · you are muted');
    await item.choose('Unmute');
    await answered.getByRole('button', { name: 'Mute', exact: true }).waitFor();
    await item.choose('Mini window');
    await answered.getByRole('region', { name: 'Mini window of the call' }).waitFor();
    await item.choose('Show the call');
    await answered.getByRole('button', { name: 'Mini window' }).waitFor();
    await item.choose('Hang up');
    await baos.waitForNoCall();
  });

  it('is there again for another host of trays, and declines with a word', async () => {
    const { tray } = baos.shell;
    await tray.restart();
    const calling = await annas.call(bao, 'Audio call');
    await baos.incoming();
    await tray.choose('Peal: Anna Li is calling', 'I’ll call you back in 10 minutes.');
    await says(calling, /I’ll call you back in 10 minutes\./);
  });

  it('is quiet for as long as the tray’s menu says, and says so', async () => {
    const item = await baos.shell.tray.item();
    const says = (words: RegExp): Promise<unknown> =>
      waitFor(async () => words.test(await item.toolTip()), { what: `${words} in the tray` });
    await item.choose('For 1 hour');
    await says(/^Peal: Do not disturb until /);
    await item.choose('Online');
    await says(/^Peal: (Ready for calls|.* missed calls?)$/);
  });

  it('goes to the tray when home is closed, says so once, rings there, and comes back', async () => {
    const { notifications, tray } = baos.shell;
    const item = await tray.item();
    await closeHome(baos);
    await waitFor(async () => !(await seesHome(baos)), { what: 'no home on the screen' });
    await notifications.waitFor('Peal is still here');
    await item.choose('Open Peal');
    await baos.display.waitForWindow('Peal');
    await closeHome(baos);
    await waitFor(async () => !(await seesHome(baos)), { what: 'no home on the screen' });
    expect(notifications.count).toBe(1);
    const calling = await annas.call(bao, 'Audio call');
    await baos.incoming();
    await press(calling, 'Hang up');
    notifications.click(await notifications.waitFor('Missed call from Anna Li'));
    await baos.display.waitForWindow('Peal');
  });

  it('brings a hidden home back, minimised, when nothing shows tray icons any more', async () => {
    const { id } = await baos.display.waitForWindow('Peal');
    await closeHome(baos);
    await waitFor(async () => !(await seesHome(baos)), { what: 'no home on the screen' });
    baos.shell.tray.close();
    await annas.call(bao, 'Audio call');
    await baos.incoming();
    await waitFor(async () => (await windowState(baos, id)).includes('Iconic'), {
      what: 'home, minimised',
    });
    await team.endCalls();
    await baos.shell.tray.restart();
    await baos.startAgain();
    await baos.display.waitForWindow('Peal');
    // Whoever closes home again finds it in the tray that is there now.
    await closeHome(baos);
    await (await baos.shell.tray.item()).choose('Open Peal');
    await baos.display.waitForWindow('Peal');
  });

  it('is minimised where there is no tray, and another start brings it back', async () => {
    const { id } = await annas.display.waitForWindow('Peal');
    await closeHome(annas);
    await waitFor(async () => (await windowState(annas, id)).includes('Iconic'), {
      what: 'home, minimised',
    });
    await annas.startAgain();
    await annas.display.waitForWindow('Peal');
  });

  it('ends in order by the tray, out of a call, and by its key', async () => {
    const calling = await annas.call(bao, 'Audio call');
    const answered = await baos.accept();
    await answered.getByRole('timer').waitFor();
    const words = says(calling, /Bao Chen hung up/);
    await (await baos.shell.tray.item()).choose('Quit Peal');
    await words;
    // Whoever quits sees it at once; the call is left after that.
    expect(await seesHome(baos)).toBe(false);
    expect(await within(baos.app.child.exited, 10_000, 'the end by the tray')).toBe(0);
    await press(calling, 'Close window');
    await annas.display.waitForWindow('Peal');
    await focusHome(annas);
    await run('xdotool', ['key', 'ctrl+q'], annas.display.env);
    expect(await within(annas.app.child.exited, 10_000, 'the end by Ctrl+Q')).toBe(0);
  });
});

const isSilent = (levels: readonly number[]): boolean => levels.every((db) => db < -60);

async function greenShare(desk: Desk, area: ScreenWindow): Promise<number> {
  const shot = await desk.display.screenshot();
  const { red, green, blue } = fullScreenColor;
  return shot.share(area, (pixel) => {
    return pixel.red === red && pixel.green === green && pixel.blue === blue;
  });
}

/** The page dies, and another one takes its place. */
async function crash({ app }: Desk, page: Page): Promise<void> {
  app.expectProblem(/window incoming: page gone \((killed|crashed)\)|Target crashed/);
  const session = await page.context().newCDPSession(page);
  session.send('Page.crash').catch(() => undefined);
  await waitFor(() => app.pages('incoming').some((other) => other !== page), {
    what: 'another card',
  });
}

/** In the middle of the button, where it is on the screen. */
async function clickWithMouse(
  { display }: Desk,
  page: Page,
  window: ScreenWindow,
  name: string,
): Promise<void> {
  const box = await page.getByRole('button', { name, exact: true }).boundingBox();
  if (!box) throw new Error(`There is no button ${name}.`);
  const at = [window.x + box.x + box.width / 2, window.y + box.y + box.height / 2];
  await run('xdotool', ['mousemove', ...at.map((px) => String(Math.round(px)))], display.env);
  await run('xdotool', ['click', '1'], display.env);
}

async function seesHome({ display }: Desk): Promise<boolean> {
  return (await display.windows()).some(({ title }) => title === 'Peal');
}

function windowState({ display }: Desk, id: string): Promise<string> {
  return run('xprop', ['-id', id, 'WM_STATE'], display.env);
}

// In the page; tests are compiled without the types of a browser.
declare const window: { readonly peal: HomeApi };
declare const navigator: {
  readonly mediaDevices: {
    enumerateDevices(): Promise<
      readonly { readonly kind: string; readonly deviceId: string; readonly label: string }[]
    >;
  };
};

function speak(language: Language): Promise<unknown> {
  return window.peal.setSettings({ language });
}

type RingChange = Partial<AppSettings['ring']>;

async function setRing(change: RingChange): Promise<unknown> {
  const { ring } = await window.peal.getSettings();
  return window.peal.setSettings({ ring: { ...ring, ...change } });
}

function beQuiet(on: boolean): Promise<unknown> {
  const doNotDisturb = { until: on ? 0 : null, schedule: null, favouritesRing: true };
  return window.peal.setRules({ doNotDisturb });
}

function favourAnna(favourite: boolean): Promise<unknown> {
  return window.peal.favour({ userId: 'anna', favourite });
}

async function lastReply(): Promise<string | undefined> {
  const records = await window.peal.listRecords({});
  return records.ok ? records.value[0]?.reply : undefined;
}

/** Chooses the loudspeaker for rings by its name; without one, the system's own. */
async function ringOn(label: string): Promise<void> {
  const { peal } = window;
  await peal.testDevices({ on: true });
  const all = await navigator.mediaDevices.enumerateDevices();
  await peal.testDevices({ on: false });
  const found = all.find((each) => each.kind === 'audiooutput' && each.label === label);
  if (!found && label !== '') throw new Error(`There is no loudspeaker ${label}.`);
  const { devices } = await peal.getSettings();
  const ringSpeaker = found ? { deviceId: found.deviceId, label } : null;
  await peal.setSettings({ devices: { ...devices, ringSpeaker } });
}

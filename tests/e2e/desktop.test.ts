/**
 * What the desktop around the app sees of it and does with it, by the desktop's own means: the screen, the keyboard,
 * the mouse, the loudspeakers, the session bus and the tree of accessible things.
 */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Language } from '#common/language';
import type { HomeApi } from '#common/window-api';
import { run } from '../support/child';
import type { Desk } from '../support/desk';
import type { ScreenWindow } from '../support/display';
import { fullScreenColor, startFullScreen } from '../support/full-screen';
import { bao, chen } from '../support/people';
import { RawClient } from '../support/raw-client';
import { waitFor, within } from '../support/wait';
import { bothHear, openTeam, press, says, voiceOf, type Team } from './calls/team';

/** Notes of the sounds (scripts/sounds): none of them is a voice of the tests. */
const ringHz = 880;
const ringbackHz = 349;

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

  it('rings on the loudspeaker that was chosen for it, and on no other', async () => {
    const bell = await baos.sound.plugSpeaker('Bell');
    const home = await baos.home();
    await home.evaluate(ringOn, 'Bell');
    await annas.call(bao, 'Audio call');
    await bell.waitForTone(ringHz);
    expect(baos.sound.toneNow(ringHz)).toBeLessThan(-60);
    await home.evaluate(ringOn, '');
    await baos.sound.waitForTone(ringHz);
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
    const quiet = await item.picture();
    expect(await item.toolTip()).toBe('Peal: Ready for calls');
    expect((await item.menu()).map(({ label, enabled }) => [label, enabled])).toEqual([
      ['Open Peal', true],
      ['Ready for calls', false],
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

  it('is minimised where there is no tray, and another start brings it back', async () => {
    const { id } = await annas.display.waitForWindow('Peal');
    await closeHome(annas);
    await waitFor(async () => (await windowState(annas, id)).includes('Iconic'), {
      what: 'home, minimised',
    });
    await annas.startAgain();
    await annas.display.waitForWindow('Peal');
  });

  it('ends in order by its key and by the tray', async () => {
    await annas.display.waitForWindow('Peal');
    await focusHome(annas);
    await run('xdotool', ['key', 'ctrl+q'], annas.display.env);
    await (await baos.shell.tray.item()).choose('Quit Peal');
    expect(await within(baos.app.child.exited, 10_000, 'the end by the tray')).toBe(0);
    expect(await within(annas.app.child.exited, 10_000, 'the end by Ctrl+Q')).toBe(0);
  });
});

async function greenShare(desk: Desk, area: ScreenWindow): Promise<number> {
  const shot = await desk.display.screenshot();
  const { red, green, blue } = fullScreenColor;
  return shot.share(area, (pixel) => {
    return pixel.red === red && pixel.green === green && pixel.blue === blue;
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

async function focusHome(desk: Desk): Promise<void> {
  const { id } = await desk.display.waitForWindow('Peal');
  await run('xdotool', ['windowactivate', '--sync', id], desk.display.env);
  const home = await desk.home();
  await waitFor(() => home.evaluate(() => document.hasFocus()), { what: 'home with the focus' });
}

/** By the key of the window manager. */
async function closeHome(desk: Desk): Promise<void> {
  await focusHome(desk);
  await run('xdotool', ['key', 'alt+F4'], desk.display.env);
}

async function seesHome({ display }: Desk): Promise<boolean> {
  return (await display.windows()).some(({ title }) => title === 'Peal');
}

function windowState({ display }: Desk, id: string): Promise<string> {
  return run('xprop', ['-id', id, 'WM_STATE'], display.env);
}

// In the page; tests are compiled without the types of a browser.
declare const window: { readonly peal: HomeApi };
declare const document: { hasFocus(): boolean };
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

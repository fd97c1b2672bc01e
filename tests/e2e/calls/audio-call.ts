/** An audio call, heard at both speakers outside of the apps. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../../support/desk';
import type { ScreenWindow } from '../../support/display';
import { anna, bao } from '../../support/people';
import { waitFor } from '../../support/wait';
import { press, voiceOf } from './team';
import type { TeamInUse } from './use-team';

const annaHz = voiceOf('anna');
const baoHz = voiceOf('bao');

/** For the packaged app too: it holds the same files, and that they are all there, one call shows. */
export function itRingsAndIsHeard(team: TeamInUse): void {
  it('rings in a card above the other windows, and both voices arrive', async () => {
    const [annas, baos] = [team.desk('anna'), team.desk('bao')];
    const calling = await annas.call(bao, 'Audio call');
    await expectCardOnScreen(baos);
    expect(await calling.getByRole('status').first().textContent()).toContain('Ringing');
    await baos.picture('audio-ringing');
    const answered = await baos.accept();
    await Promise.all([annas.sound.waitForTone(baoHz), baos.sound.waitForTone(annaHz)]);
    expect((await annas.sound.hear())?.hz).toSatisfy(near(baoHz));
    expect((await baos.sound.hear())?.hz).toSatisfy(near(annaHz));
    await annas.picture('audio-call');
    await baos.picture('audio-call');
    await press(calling, 'Hang up');
    await Promise.all([annas.waitForNoCall(), baos.waitForNoCall()]);
    await waitFor(() => answered.isClosed(), { what: 'the end of the page' });
    await Promise.all([annas.sound.waitForToneGone(baoHz), baos.sound.waitForToneGone(annaHz)]);
  });
}

export function describeAudioCall(team: TeamInUse): void {
  describe('an audio call between two apps', () => {
    let annas: Desk;
    let baos: Desk;
    beforeAll(() => {
      annas = team.desk('anna');
      baos = team.desk('bao');
    });

    itRingsAndIsHeard(team);

    it('starts both timers at 00:00:00, and both tick together', async () => {
      const calling = await annas.call(bao, 'Audio call');
      const annaFirst = firstTimerText(calling);
      const answered = await baos.accept();
      expect(await firstTimerText(answered)).toBe('00:00:00');
      expect(await annaFirst).toBe('00:00:00');
      await Promise.all([timerReads(calling, '00:00:03'), timerReads(answered, '00:00:03')]);
      const [annaNow, baoNow] = await Promise.all([timerSeconds(calling), timerSeconds(answered)]);
      expect(Math.abs(annaNow - baoNow)).toBeLessThanOrEqual(1);
    });

    it('the other way round: mute silences one’s own voice alone, and the callee hangs up', async () => {
      const calling = await baos.call(anna, 'Audio call');
      const answered = await annas.accept();
      await Promise.all([annas.sound.waitForTone(baoHz), baos.sound.waitForTone(annaHz)]);
      await calling.getByRole('button', { name: 'Mute', exact: true }).click();
      await annas.sound.waitForToneGone(baoHz);
      await baos.sound.waitForTone(annaHz);
      await calling.getByRole('button', { name: 'Unmute', exact: true }).click();
      await annas.sound.waitForTone(baoHz);
      await press(answered, 'Hang up');
      await Promise.all([annas.waitForNoCall(), baos.waitForNoCall()]);
      await waitFor(() => calling.isClosed(), { what: 'the end of the page' });
    });
  });
}

const near =
  (wanted: number) =>
  (heard: number | undefined): boolean =>
    heard !== undefined && Math.abs(heard - wanted) <= 15;

/** Seen from outside: where the window is, what is above what, and that something is painted there. */
async function expectCardOnScreen(desk: Desk): Promise<void> {
  const before = await desk.display.screenshot();
  await desk.incoming();
  const card = await desk.display.waitForWindow('Incoming call');
  const right = desk.display.width - (card.x + card.width);
  const below = desk.display.height - (card.y + card.height);
  expect({ right, below }).toSatisfy(isInCorner);
  const [topmost] = await desk.display.windows();
  expect(topmost?.title).toBe('Incoming call');
  expect(await desk.display.staysAbove(card.id)).toBe(true);
  const after = await desk.display.screenshot();
  const middle: ScreenWindow = { ...card, y: card.y + Math.round(card.height / 4) };
  // The desktop behind it is black; the card is not.
  const background = before.pixel(desk.display.width - 1, desk.display.height - 1);
  const differs = (pixel: typeof background): boolean => pixel.red !== background.red;
  expect(after.share(middle, differs)).toBeGreaterThan(0.5);
}

function isInCorner({ right, below }: { right: number; below: number }): boolean {
  return right >= 0 && right <= 48 && below >= 0 && below <= 48;
}

// In the page; tests are compiled without the types of a browser.
declare const document: { querySelector(selector: string): { textContent: string } | null };

/** What the timer shows first. */
function firstTimerText(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const look = (): void => {
          const text = document.querySelector('[role=timer]')?.textContent.trim();
          if (text) resolve(text);
          else setTimeout(look, 10);
        };
        look();
      }),
  );
}

async function timerReads(page: Page, text: string): Promise<void> {
  await page.getByRole('timer').getByText(text).waitFor({ timeout: 10_000 });
}

async function timerSeconds(page: Page): Promise<number> {
  const text = (await page.getByRole('timer').textContent()) ?? '';
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

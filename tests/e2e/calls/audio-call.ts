/** An audio call, heard at both speakers outside of the apps: for the built app and for the packaged one. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../../support/desk';
import type { ScreenWindow } from '../../support/display';
import { anna, bao } from '../../support/people';
import { waitFor } from '../../support/wait';
import { annaHz, baoHz, openPair, type Pair } from './pair';
import { press } from './team';

export function describeAudioCall(title: string, options: { readonly packaged: boolean }): void {
  describe(title, () => {
    let pair: Pair;
    beforeAll(async () => {
      pair = await openPair(options);
    });
    afterEach(async () => {
      await pair.endCalls();
    });
    afterAll(async () => {
      await pair.close();
    });

    it('rings in a card above the other windows, and both voices arrive', async () => {
      const calling = await pair.anna.call(bao, 'Audio call');
      await expectCardOnScreen(pair.bao);
      expect(await calling.getByRole('status').first().textContent()).toContain('Ringing');
      await pair.bao.picture('audio-ringing');
      const answered = await pair.bao.accept();
      await Promise.all([pair.anna.sound.waitForTone(baoHz), pair.bao.sound.waitForTone(annaHz)]);
      expect((await pair.anna.sound.hear())?.hz).toSatisfy(near(baoHz));
      expect((await pair.bao.sound.hear())?.hz).toSatisfy(near(annaHz));
      await pair.anna.picture('audio-call');
      await pair.bao.picture('audio-call');
      await press(calling, 'Hang up');
      await Promise.all([pair.anna.waitForNoCall(), pair.bao.waitForNoCall()]);
      await waitFor(() => answered.isClosed(), { what: 'the end of the page' });
      await Promise.all([
        pair.anna.sound.waitForToneGone(baoHz),
        pair.bao.sound.waitForToneGone(annaHz),
      ]);
    });

    it('starts both timers at 00:00:00, and both tick together', async () => {
      const calling = await pair.anna.call(bao, 'Audio call');
      const annaFirst = firstTimerText(calling);
      const answered = await pair.bao.accept();
      expect(await firstTimerText(answered)).toBe('00:00:00');
      expect(await annaFirst).toBe('00:00:00');
      await Promise.all([timerReads(calling, '00:00:03'), timerReads(answered, '00:00:03')]);
      const [annaNow, baoNow] = await Promise.all([timerSeconds(calling), timerSeconds(answered)]);
      expect(Math.abs(annaNow - baoNow)).toBeLessThanOrEqual(1);
    });

    it('the other way round: mute silences one’s own voice alone, and the callee hangs up', async () => {
      const calling = await pair.bao.call(anna, 'Audio call');
      const answered = await pair.anna.accept();
      await Promise.all([pair.anna.sound.waitForTone(baoHz), pair.bao.sound.waitForTone(annaHz)]);
      await calling.getByRole('button', { name: 'Mute', exact: true }).click();
      await pair.anna.sound.waitForToneGone(baoHz);
      await pair.bao.sound.waitForTone(annaHz);
      await calling.getByRole('button', { name: 'Unmute', exact: true }).click();
      await pair.anna.sound.waitForTone(baoHz);
      await press(answered, 'Hang up');
      await Promise.all([pair.anna.waitForNoCall(), pair.bao.waitForNoCall()]);
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

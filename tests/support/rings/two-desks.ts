/** One person at two desks that both ring: how long the one goes on after the ring was ended at the other, or given up. */
import type { Page } from 'playwright-core';
import type { CardWatch } from '../card-watch';
import type { Desk } from '../desk';
import { waitFor } from '../wait';
import { wallMs } from '../x11';
import type { Caller } from './callers';

export const endings = ['accept', 'decline', 'cancel'] as const;
export type Ending = (typeof endings)[number];

export interface Stopped {
  /** Until no card was on the other desk’s screen, and until nothing was heard of its loudspeaker. */
  readonly goneMs: number;
  readonly quietMs: number;
}

export interface TwoDesks {
  readonly caller: Caller;
  /** Where it is answered or declined. */
  readonly acting: Desk;
  readonly other: Desk;
  /** Of the other desk’s screen. */
  readonly watch: CardWatch;
}

/** The bells of a ring are never further apart. */
const longestPauseMs = 1_000;
const limitMs = 8_000;
/** The other loudspeaker is in the middle of a bell: silence is the end of the ring then, and no pause. */
const nowMs = 150;

export async function stopsAtOther(
  { caller, acting, other, watch }: TwoDesks,
  how: Ending,
): Promise<Stopped> {
  const dialled = await caller.dial();
  const [card] = await Promise.all([acting.incoming(), other.incoming()]);
  await waitFor(() => wallMs() - other.sound.lastHeardMs() < nowMs, {
    what: `the ring at the other desk of ${other.person.name}`,
    everyMs: 5,
  });
  const endedAt = how === 'cancel' ? await dialled.cancel() : await pressed(card, how);
  const goneAt = await watch.waitForNone(limitMs);
  const isQuiet = (): boolean => wallMs() - other.sound.lastHeardMs() > longestPauseMs;
  await waitFor(isQuiet, { what: 'the other desk is quiet', withinMs: limitMs });
  if (how === 'accept') await dialled.cancel();
  return {
    goneMs: Math.max(0, goneAt - endedAt),
    quietMs: Math.max(0, other.sound.lastHeardMs() - endedAt),
  };
}

/** Presses the button; gives the moment at which the page had the press. */
async function pressed(card: Page, how: 'accept' | 'decline'): Promise<number> {
  await card.evaluate(noteClick);
  const name = how === 'accept' ? 'Accept' : 'Decline';
  await card.getByRole('button', { name, exact: true }).click();
  return card.evaluate(() => clickedAtMs);
}

// In the page; tests are compiled without the types of a browser.
declare let clickedAtMs: number;
declare const performance: { readonly timeOrigin: number; now(): number };
declare function addEventListener(
  type: 'click',
  listener: (event: { readonly timeStamp: number }) => void,
  options: { readonly capture: true; readonly once: true },
): void;

function noteClick(): void {
  const listener = ({ timeStamp }: { readonly timeStamp: number }): void => {
    Object.assign(globalThis, { clickedAtMs: performance.timeOrigin + timeStamp });
  };
  addEventListener('click', listener, { capture: true, once: true });
}

/** One call between two phones, done with the pointer as a person does it, and when each stage was reached. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '../../scripts/lib/devtools';
import type { Contender } from './contender';
import { type PageName, type Sample, stages } from './stages';

/** A pointer rests on a button before it presses, and a person sees a ring before accepting it. */
const hoverMs = 300;
const reactionMs = 1_000;

export interface MeasuredCall {
  readonly sample: Sample;
  readonly caller: Page;
  readonly callee: Page;
}

/** Marks every press with the moment at which the system delivered it. */
const markPresses = `if (!window.pressesAreMarked) {
  window.pressesAreMarked = true;
  addEventListener('click', (event) => {
    performance.mark('bench:press', { startTime: event.timeStamp });
  }, { capture: true });
}`;

/** Until both see and hear each other. */
export async function setUpCall({
  caller,
  callee,
  pages,
  marks,
}: Contender): Promise<MeasuredCall> {
  const incoming = await callee.devtools.page(pages.incoming);
  for (const page of [caller.home, incoming]) await page.clearMarks();

  const dialledAt = await pressMarked(caller.home, 'Video call');
  await incoming.markedAt(marks.painted);
  await delay(reactionMs);
  const acceptedAt = await pressMarked(incoming, 'Accept');

  const calls = {
    caller: await caller.devtools.page(pages.call),
    callee: await callee.devtools.page(pages.call),
  };
  const pageOf = (side: 'caller' | 'callee', page: PageName): Page =>
    page === 'call' ? calls[side] : incoming;
  const times = stages.map(async ({ name, half, seenAt }) => {
    const seen = seenAt.map(({ side, page }) => pageOf(side, page).markedAt(marks[name]));
    const at = Math.max(...(await Promise.all(seen)));
    return [name, at - (half === 'dial' ? dialledAt : acceptedAt)] as const;
  });
  return { sample: Object.fromEntries(await Promise.all(times)) as Sample, ...calls };
}

export async function oneCall(contender: Contender): Promise<Sample> {
  const { sample, caller } = await setUpCall(contender);
  await hangUp(caller, contender);
  return sample;
}

/** Presses a button and gives the moment of the press. */
async function pressMarked(page: Page, name: string): Promise<number> {
  await page.evaluate(markPresses);
  const point = await page.find({ role: 'button', name });
  // From elsewhere: the pointer may still rest where it pressed for the call before.
  await page.hover({ x: 1, y: 1 });
  await page.hover(point);
  await delay(hoverMs);
  await page.press(point);
  return page.markedAt('bench:press');
}

async function hangUp(page: Page, { caller, callee, pages }: Contender): Promise<void> {
  // The page goes with the press and may never confirm it; what counts is that both go.
  page.click({ role: 'button', name: 'Hang up' }).catch(() => undefined);
  for (const { devtools } of [caller, callee]) await devtools.gone(pages.call);
}

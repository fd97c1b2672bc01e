/** One call between two phones, done with the pointer as a person does it, and when each stage was reached. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '../../scripts/lib/devtools';
import { pressMarked } from '../lib/press';
import type { Contender, Phone } from './contender';
import { watchSound } from './sound-watch';
import { type PageName, type Sample, stages } from './stages';

/** A person sees a ring before accepting it. */
const reactionMs = 1_000;

export interface MeasuredCall {
  readonly sample: Sample;
  readonly caller: Page;
  readonly callee: Page;
}

/** Until both see and hear each other. */
export async function setUpCall({
  caller,
  callee,
  pages,
  marks,
}: Contender): Promise<MeasuredCall> {
  const incoming = await callee.devtools.page(pages.incoming);
  for (const page of [caller.home, incoming]) await page.clearMarks();

  const listenAt = async ({ devtools }: Phone): Promise<Page> => {
    const page = await devtools.page(pages.call);
    await watchSound(page);
    return page;
  };
  const dialling = await pressMarked(caller.home, 'Video call', () => listenAt(caller));
  await incoming.markedAt(marks.painted);
  await delay(reactionMs);
  const accepting = await pressMarked(incoming, 'Accept', () => listenAt(callee));
  const calls = { caller: dialling.prepared, callee: accepting.prepared };
  const pageOf = (side: 'caller' | 'callee', page: PageName): Page =>
    page === 'call' ? calls[side] : incoming;
  const times = stages.map(async ({ name, half, seenAt }) => {
    const seen = seenAt.map(({ side, page }) => pageOf(side, page).markedAt(marks[name]));
    const at = Math.max(...(await Promise.all(seen)));
    return [name, at - (half === 'dial' ? dialling.pressedAt : accepting.pressedAt)] as const;
  });
  return { sample: Object.fromEntries(await Promise.all(times)) as Sample, ...calls };
}

export async function oneCall(contender: Contender): Promise<Sample> {
  const { sample, caller } = await setUpCall(contender);
  await hangUp(caller, contender);
  return sample;
}

async function hangUp(page: Page, { caller, callee, pages }: Contender): Promise<void> {
  // The page goes with the press and may never confirm it; what counts is that both go.
  page.click({ role: 'button', name: 'Hang up' }).catch(() => undefined);
  for (const { devtools } of [caller, callee]) await devtools.gone(pages.call);
}

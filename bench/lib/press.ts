/** A press as a person does it, and when the system delivered it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '../../scripts/lib/devtools';

/** A pointer rests on a button before it presses. */
const hoverMs = 300;

/** Marks every press with the moment at which the system delivered it. */
const markPresses = `if (!window.pressesAreMarked) {
  window.pressesAreMarked = true;
  addEventListener('click', (event) => {
    performance.mark('bench:press', { startTime: event.timeStamp });
  }, { capture: true });
}`;

/** Presses a button; gives the moment of the press, and what was prepared while the pointer rested on the button. */
export async function pressMarked<T>(
  page: Page,
  name: string,
  prepare: () => Promise<T>,
): Promise<{ readonly pressedAt: number; readonly prepared: T }> {
  await page.evaluate(markPresses);
  // From elsewhere: the pointer may still rest where it pressed for the call before.
  await page.hover({ x: 1, y: 1 });
  await page.hover(await page.find({ role: 'button', name }));
  const [prepared] = await Promise.all([prepare(), delay(hoverMs)]);
  // What else the page says may have moved it meanwhile.
  await page.press(await page.find({ role: 'button', name }));
  return { pressedAt: await page.markedAt('bench:press'), prepared };
}

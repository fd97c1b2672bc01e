import { describe, expect, it } from 'vitest';
import { openHome } from '#main/desktop/open-home';

async function begun(startsHidden: boolean, hasTray: boolean): Promise<readonly string[]> {
  const done: string[] = [];
  const note = (what: string): Promise<void> => {
    done.push(what);
    return Promise.resolve();
  };
  const home = {
    open: () => note('shown'),
    openHidden: () => note('hidden'),
    comeBackMinimized: () => void note('minimised'),
  };
  await openHome({ home, outside: { ensureTray: () => Promise.resolve(hasTray) } }, startsHidden);
  return done;
}

describe('home at the start of the app', () => {
  it.each([
    ['is shown to whoever starts it', false, true, ['shown']],
    ['is shown where no tray is, too', false, false, ['shown']],
    ['goes to the tray when the system starts it', true, true, ['hidden']],
    ['is minimised where no tray would bring it back', true, false, ['hidden', 'minimised']],
  ] as const)('%s', async (_what, startsHidden, hasTray, expected) => {
    expect(await begun(startsHidden, hasTray)).toEqual(expected);
  });
});

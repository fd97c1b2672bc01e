/** A caller at a desk: dials with the pointer and gives up with it, as a person does. */
import type { Dialled } from '../../tests/support/rings/callers';
import { wallMs } from '../../tests/support/x11';
import type { Phone } from '../call-setup/contender';
import { pressMarked } from '../lib/press';

export type Clicker = () => Promise<Dialled>;

const callPage = '/call.html';

/** Both contenders have these pages and these names on their buttons. */
export function clicker({ home, devtools }: Phone): Clicker {
  return async () => {
    await home.clearMarks();
    const dialled = await pressMarked(home, 'Audio call', () => devtools.page(callPage));
    const call = dialled.prepared;
    const cancel = async (): Promise<number> => {
      const point = await call.find({ role: 'button', name: 'Hang up' });
      await call.hover(point);
      const atMs = wallMs();
      // The page goes with the press and may never confirm it.
      call.press(point).catch(() => undefined);
      await devtools.gone(callPage);
      return atMs;
    };
    return { atMs: dialled.pressedAt, cancel };
  };
}

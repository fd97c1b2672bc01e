/** The bare program of bench/baseline/rings: two of it, each on a screen of its own. */
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { CardWatch } from '../../tests/support/card-watch';
import { startBus } from '../../tests/support/bus';
import { startChild } from '../../tests/support/child';
import type { Cleanup } from '../../tests/support/cleanup';
import { startDisplay } from '../../tests/support/display';
import type { Random } from '../../tests/support/rings/random';
import { repositoryRoot } from '../../tests/support/scratch';
import { type Phone, benchInput, startPhone } from '../call-setup/contender';
import { type Clicker, clicker } from './clicker';

const folder = join(repositoryRoot, 'bench/baseline/rings');
/** As in its page incoming.html. */
const face = 0x7a3f8c;
const limitMs = 10_000;
const longestLookMs = 500;

export interface BareRings {
  /** Milliseconds from the click to the painted card, and from the caller's giving up until it was gone. */
  ring(): Promise<{ readonly paintedMs: number; readonly goneMs: number }>;
}

export async function startBare(random: Random, cleanup: Cleanup): Promise<BareRings> {
  const relay = cleanup.own(startChild(process.execPath, [join(folder, '../relay.mjs')]));
  const port = await relay.firstMatch(/^(\d+)\n/);
  const bus = cleanup.own(await startBus());
  const input = await benchInput();
  const phone = async (me: string, peer: string): Promise<Phone & { readonly screen: string }> => {
    const display = cleanup.own(await startDisplay());
    const process = await startPhone(
      {
        app: join(folder, 'main.mjs'),
        name: `bare-${me}`,
        input,
        flags: [`--me=${me}`, `--peer=${peer}`, `--relay=${port}`],
        env: { ...display.env, ...bus.env },
      },
      cleanup,
    );
    const { devtools } = process;
    return { process, devtools, home: await devtools.page('/home.html'), screen: display.name };
  };
  const caller = await phone('anna', 'bao');
  const callee = await phone('bao', 'anna');
  const watch = cleanup.own(await CardWatch.start(callee.screen));
  const dial: Clicker = clicker(caller);
  return {
    ring: async () => {
      const { atMs, cancel } = await dial();
      const paintedAt = await watch.waitForColour(face, limitMs);
      await delay(random() * longestLookMs);
      const cancelledAt = await cancel();
      const goneAt = await watch.waitForNone(limitMs);
      return { paintedMs: paintedAt - atMs, goneMs: Math.max(0, goneAt - cancelledAt) };
    },
  };
}

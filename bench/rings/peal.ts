/** The product: somebody who is rung, in states drawn at random, and a caller at a desk of their own. */
import { startBus } from '../../tests/support/bus';
import type { Cleanup } from '../../tests/support/cleanup';
import { startDisplay } from '../../tests/support/display';
import { anna, bao } from '../../tests/support/people';
import { faceColour, type Caller } from '../../tests/support/rings/callers';
import { repositoryRoot } from '../../tests/support/scratch';
import { benchInput, startPhone } from '../call-setup/contender';
import { choose, signIn } from '../call-setup/peal';
import { clicker } from './clicker';

/** Anna, who presses buttons. */
export async function startCaller(server: string, cleanup: Cleanup): Promise<Caller> {
  const display = cleanup.own(await startDisplay());
  const bus = cleanup.own(await startBus());
  const process = await startPhone(
    {
      app: repositoryRoot,
      name: 'peal-anna',
      input: await benchInput(),
      env: { ...display.env, ...bus.env },
    },
    cleanup,
  );
  const { devtools } = process;
  const home = await devtools.page('/home.html');
  await signIn(home, server, anna);
  await choose(home, bao);
  const dial = clicker({ process, devtools, home });
  return { name: anna.name, colour: faceColour(anna), dial };
}

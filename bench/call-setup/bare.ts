/** The bare program of bench/baseline/call-setup as a contender. */
import { join } from 'node:path';
import { type Env, startChild } from '../../tests/support/child';
import type { Cleanup } from '../../tests/support/cleanup';
import { repositoryRoot } from '../../tests/support/scratch';
import { soundMark } from './sound-watch';
import { type Contender, type Phone, benchInput, startPhone } from './contender';

const folder = join(repositoryRoot, 'bench/baseline/call-setup');

export async function startBare(env: Env, cleanup: Cleanup): Promise<Contender> {
  const relay = cleanup.own(startChild(process.execPath, [join(folder, '../relay.mjs')]));
  const port = await relay.firstMatch(/^(\d+)\n/);
  const input = await benchInput();
  const phone = async (me: string, peer: string): Promise<Phone> => {
    const flags = [`--me=${me}`, `--peer=${peer}`, `--relay=${port}`];
    const app = join(folder, 'main.mjs');
    const process = await startPhone({ app, name: `bare-${me}`, input, flags, env }, cleanup);
    const { devtools } = process;
    return { process, devtools, home: await devtools.page('/home.html') };
  };
  return {
    caller: await phone('anna', 'bao'),
    callee: await phone('bao', 'anna'),
    pages: { home: '/home.html', incoming: '/incoming.html', call: '/call.html' },
    marks: {
      shown: 'bare:shown',
      captured: 'bare:captured',
      started: 'bare:started',
      painted: 'bare:painted',
      claimed: 'bare:claimed',
      answering: 'bare:shown',
      opened: 'bare:captured',
      joined: 'bare:joined',
      offered: 'bare:offered',
      sound: soundMark,
      frame: 'bare:frame',
    },
  };
}

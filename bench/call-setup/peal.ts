/** The product as a contender: the built app, the built server with its database in a file, people signed in by hand. */
import type { Page } from '../../scripts/lib/devtools';
import type { Env } from '../../tests/support/child';
import type { Cleanup } from '../../tests/support/cleanup';
import { type Person, anna, bao } from '../../tests/support/people';
import { repositoryRoot } from '../../tests/support/scratch';
import { startServerProcess } from '../../tests/support/server-process';
import { waitFor } from '../../tests/support/wait';
import { soundMark } from './sound-watch';
import { type Contender, type Input, type Phone, benchInput, startPhone } from './contender';

export interface PealInput {
  readonly caller: Input;
  readonly callee: Input;
}

export async function startPeal(
  env: Env,
  cleanup: Cleanup,
  inputs?: PealInput,
): Promise<Contender> {
  // A process of its own, as the bare program's relay is.
  const server = cleanup.own(await startServerProcess());
  const { caller, callee } = inputs ?? { caller: await benchInput(), callee: await benchInput() };
  const phone = async (me: Person, peer: Person, input: Input): Promise<Phone> => {
    const start = { app: repositoryRoot, name: `peal-${me.userId}`, input, env };
    const process = await startPhone(start, cleanup);
    const home = await process.devtools.page('/home.html');
    await signIn(home, server.url, me);
    await choose(home, peer);
    return { process, devtools: process.devtools, home };
  };
  return {
    caller: await phone(anna, bao, caller),
    callee: await phone(bao, anna, callee),
    pages: { home: '/home.html', incoming: '/incoming.html', call: '/call.html' },
    marks: {
      shown: 'peal:shown',
      captured: 'peal:media-open',
      started: 'peal:started',
      painted: 'peal:card-painted',
      claimed: 'peal:claimed',
      answering: 'peal:shown',
      opened: 'peal:media-open',
      joined: 'peal:joined',
      offered: 'peal:signal-sent',
      sound: soundMark,
      frame: 'peal:remote-frame',
    },
  };
}

/** The question of the first start, then its form. */
export async function signIn(home: Page, server: string, me: Person): Promise<void> {
  await home.click({ role: 'button', name: 'Sign in' });
  await home.fill({ role: 'textbox', name: 'Server' }, server);
  await home.fill({ role: 'textbox', name: 'User name' }, me.userId);
  await home.fill({ role: 'textbox', name: 'Password' }, me.password);
  await home.click({ role: 'button', name: 'Sign in' });
}

/** Somebody in the list: what the row says beside the name changes with what they do. */
export async function choose(home: Page, { userId, name }: Person): Promise<void> {
  const row = `document.querySelector('button[data-user=${JSON.stringify(userId)}]')`;
  const press = (): Promise<boolean> => home.evaluate(`${row}?.click(), ${row} !== null`);
  await waitFor(press, { what: `${name} in the list` });
}

/** Somebody else's program in full screen, with the focus: a green terminal that keeps what is typed into it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, startChild } from './child';
import { building } from './cleanup';
import type { Display } from './display';
import { makeScratchDir } from './scratch';
import { waitFor } from './wait';

export const fullScreenColor = { red: 0, green: 128, blue: 0 } as const;

export interface FullScreen {
  /** As a person at the keyboard. */
  type(text: string): Promise<void>;
  waitForTyped(text: string): Promise<void>;
  hasFocus(): Promise<boolean>;
  close(): Promise<void>;
}

export async function startFullScreen({ env }: Pick<Display, 'env'>): Promise<FullScreen> {
  return building(async (cleanup) => {
    const dir = cleanup.own(makeScratchDir('x'));
    const file = join(dir.path, 'typed');
    const looks = ['-fullscreen', '-bg', '#008000', '-fg', '#008000', '-title', 'Full screen'];
    const keep = ['-e', 'sh', '-c', `stty -icanon -echo; cat > ${file}`];
    cleanup.own(startChild('xterm', [...looks, ...keep], { env }));
    const active = async (): Promise<string> => {
      const root = await run('xprop', ['-root', '_NET_ACTIVE_WINDOW'], env);
      const id = /0x[0-9a-f]+/.exec(root)?.[0] ?? '0x0';
      return run('xprop', ['-id', id, 'WM_NAME', '_NET_WM_STATE'], env).catch(() => '');
    };
    const hasFocus = async (): Promise<boolean> => {
      const state = await active();
      return state.includes('Full screen') && state.includes('_NET_WM_STATE_FULLSCREEN');
    };
    await waitFor(hasFocus, { what: 'a full-screen window with the focus' });
    return {
      type: async (text) => {
        await run('xdotool', ['type', text], env);
      },
      waitForTyped: async (text) => {
        const isThere = (): boolean => readFileSync(file, 'utf8').includes(text);
        await waitFor(isThere, { what: `“${text}” in the full-screen window` });
      },
      hasFocus,
      close: () => cleanup.close(),
    };
  });
}

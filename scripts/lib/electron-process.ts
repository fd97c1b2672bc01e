/** One running Electron that can be watched from outside. Whoever starts it closes it. */
import { startChild, type Child, type Env } from '../../tests/support/child';
import { chromiumFlags, electronPath } from '../electron.mjs';
import { Devtools } from './devtools';
import { firstPages } from './first-pages';

export interface ElectronOptions {
  /** The folder or the main file of the app. */
  readonly app: string;
  readonly dataFolder: string;
  readonly flags: readonly string[];
  readonly env: Env;
  /** The pages that the app makes at its start, hidden ones too: the ends of their addresses. */
  readonly startPages: readonly string[];
}

export interface ElectronProcess {
  readonly devtools: Devtools;
  readonly child: Child;
  close(): Promise<void>;
}

export async function startElectron(options: ElectronOptions): Promise<ElectronProcess> {
  const flags = [
    ...chromiumFlags(),
    '--remote-debugging-port=0',
    `--user-data-dir=${options.dataFolder}`,
    ...options.flags,
  ];
  const child = startChild(await electronPath(), [...flags, options.app], { env: options.env });
  try {
    const url = await child.firstMatch(/DevTools listening on (ws:\S+)/, 20_000);
    await firstPages(new URL(url).host, options.startPages);
    const devtools = await Devtools.connect(url);
    const close = async (): Promise<void> => {
      devtools.close();
      await child.close();
    };
    return { devtools, child, close };
  } catch (error) {
    await child.close();
    throw new Error(`${options.app} did not start:\n${child.stderr().slice(-2_000)}`, {
      cause: error,
    });
  }
}

/** The one place that makes a BrowserWindow, so that no window can forget to be locked down. */
import { join } from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import type { WindowKind } from '#common/ipc';
import type { Log } from '../log';
import { consoleLine } from './page-console';
import type { Pages } from './pages';
import type { WindowRegistry } from './window-registry';

export interface WindowEnvironment {
  readonly pages: Pages;
  readonly registry: WindowRegistry;
  /** Where the built preload files are. */
  readonly preloadFolder: string;
  /** The picture of a window in the lists of the desktop; absent where the system takes that of the program. */
  readonly icon?: string;
  readonly log: Log;
}

type Options = Omit<BrowserWindowConstructorOptions, 'webPreferences'> & {
  /** Timers run at full rate while hidden. */
  readonly alwaysAwake?: boolean;
};

export interface CreatedWindow {
  readonly window: BrowserWindow;
  /** The page's id for IPC. */
  readonly id: number;
  /** True once the page is there; false when it could not be loaded. Never rejects. */
  readonly loaded: Promise<boolean>;
  /** Its page died; the window is destroyed then. Tells a crash from a person who closes the window. */
  readonly hasCrashed: () => boolean;
}

export function createWindow(
  environment: WindowEnvironment,
  kind: WindowKind,
  { alwaysAwake = false, ...options }: Options,
): CreatedWindow {
  const { pages, registry, preloadFolder, icon, log } = environment;
  const window = new BrowserWindow({
    ...options,
    ...(icon === undefined ? {} : { icon }),
    show: false,
    webPreferences: {
      preload: join(preloadFolder, `${kind}.cjs`),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      backgroundThrottling: !alwaysAwake,
      // From the first time on; by itself Chromium waits until a script has been hot.
      v8CacheOptions: 'bypassHeatCheck',
    },
  });
  const { id } = window.webContents;
  registry.add(id, kind);
  window.removeMenu();
  window.on('closed', () => registry.remove(id));
  window.webContents.on('console-message', (...args: readonly unknown[]) => {
    const line = consoleLine(args);
    if (line) log[line.level](`page ${kind}: ${line.text}`);
  });
  let crashed = false;
  // A page that died cannot be talked to any more. What should exist is made anew by whoever wants it.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.error(`window ${kind}: page gone (${reason})`);
    crashed = true;
    window.destroy();
  });
  const loaded = window.loadURL(pages.url(kind)).then(
    () => true,
    (error: unknown) => {
      if (!window.isDestroyed()) log.error(`window ${kind}: not loaded (${codeOf(error)})`);
      return false;
    },
  );
  return { window, id, loaded, hasCrashed: () => crashed };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

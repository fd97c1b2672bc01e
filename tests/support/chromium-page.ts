/**
 * One real page in the app's own Chromium, for tests that need sound, pictures and WebRTC but none of the app's
 * windows: a display, the Electron runtime with generated devices, and playwright attached over its debugging port.
 * Everything it starts ends with `close`.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Page, chromium } from 'playwright-core';
import { startChild } from './child';
import { building } from './cleanup';
import { makeScratchDir } from './scratch';

const startLimitMs = 30_000;

const mediaFlags = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
];

export interface ChromiumPage {
  readonly page: Page;
  /** Ends the page's process as a crash does, without a word to anybody. The page that takes its place. */
  crash(): Promise<Page>;
  close(): Promise<void>;
}

export interface ChromiumPageOptions {
  readonly flags?: readonly string[];
  /** The network namespace it runs in, and how the test reaches a port in there (netns.ts). */
  readonly namespace?: string;
  readonly reach?: (port: number) => Promise<number>;
}

export function openChromiumPage(
  url: string,
  options: ChromiumPageOptions = {},
): Promise<ChromiumPage> {
  return building(async (cleanup) => {
    const profile = cleanup.own(makeScratchDir('page'));
    const xvfb = cleanup.own(startChild('Xvfb', ['-displayfd', '1', '-nolisten', 'tcp']));
    const display = `:${await xvfb.firstMatch(/^(\d+)\n/)}`;
    const electron = cleanup.own(
      startChild(
        runtimePath(),
        runtimeArgs(url, [...(options.flags ?? []), `--user-data-dir=${profile.path}`]),
        {
          env: { DISPLAY: display, XAUTHORITY: undefined },
          ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
        },
      ),
    );
    const inner = Number(await electron.firstMatch(/DevTools listening on ws:\/\/[^/]+:(\d+)/));
    const port = (await options.reach?.(inner)) ?? inner;
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, {
      timeout: startLimitMs,
    });
    cleanup.own(browser);
    const context = browser.contexts()[0];
    const page = context?.pages()[0];
    if (!context || !page) throw new Error(`The runtime shows no page:\n${electron.stderr()}`);
    await isLoaded(page, url);
    let newest = page;
    return {
      page,
      crash: async () => {
        const successor = context.waitForEvent('page', { timeout: startLimitMs });
        const session = await context.newCDPSession(newest);
        // Never answered: who should answer is gone.
        session.send('Page.crash').catch(() => undefined);
        newest = await successor;
        await isLoaded(newest, url);
        return newest;
      },
      close: () => cleanup.close(),
    };
  });
}

async function isLoaded(page: Page, url: string): Promise<void> {
  await page.waitForURL(url, { timeout: startLimitMs });
  await page.waitForLoadState('load', { timeout: startLimitMs });
}

function runtimePath(): string {
  return createRequire(import.meta.url)('electron') as string;
}

function runtimeArgs(url: string, flags: readonly string[]): string[] {
  const main = join(import.meta.dirname, 'chromium-page-main.mjs');
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return ['--remote-debugging-port=0', ...root, ...mediaFlags, ...flags, main, `--page=${url}`];
}

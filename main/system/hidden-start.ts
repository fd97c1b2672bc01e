/** The start of the app that shows no window: the one at sign-in. */
import type { App } from 'electron';

export const hiddenFlag = '--hidden';

interface Start {
  readonly platform: NodeJS.Platform;
  readonly argv: readonly string[];
}

/** macOS passes no arguments to what it starts at sign-in, and says so when it is asked. */
export function isHiddenStart(
  app: Pick<App, 'getLoginItemSettings'>,
  { platform, argv }: Start,
): boolean {
  if (argv.includes(hiddenFlag)) return true;
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

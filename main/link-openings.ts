/**
 * Texts that the system hands over when somebody opens a link of ours: arguments of the first or of a later start, or,
 * on macOS, an address, which may come before the app is ready. Which of them is an invitation, others decide.
 */
import type { App } from 'electron';

/** Of Electron's app. Its listeners are there before it is ready: macOS hands over the first address by then. */
interface LinkApp {
  on(
    event: 'second-instance',
    listener: (event: unknown, argv: readonly string[]) => void,
  ): unknown;
  on(
    event: 'open-url',
    listener: (event: { preventDefault(): void }, link: string) => void,
  ): unknown;
}

type Tell = (texts: readonly string[]) => void;

/** Collects from now on; the returned function takes whoever wants to be told, of earlier ones too. */
export function collectLinkOpenings(app: LinkApp, argv: readonly string[]): (tell: Tell) => void {
  let tell: Tell | null = null;
  const early: (readonly string[])[] = [argv];
  const note: Tell = (texts) => {
    if (tell) tell(texts);
    else early.push(texts);
  };
  app.on('second-instance', (_event, others) => note(others));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    note([link]);
  });
  return (listener) => {
    tell = listener;
    for (const texts of early.splice(0)) listener(texts);
  };
}

/**
 * Links of ours lead here. On Linux the desktop entry of the installed package says so, and asking at run time would
 * start a shell; whoever runs Peal from a plain folder pastes the link instead.
 */
export function claimLinks(
  app: Pick<App, 'isPackaged' | 'setAsDefaultProtocolClient'>,
  platform: NodeJS.Platform,
): void {
  if (app.isPackaged && platform !== 'linux') app.setAsDefaultProtocolClient('peal');
}

/**
 * Texts that the system hands over when somebody opens a link of ours: arguments of the first or of a later start, or,
 * on macOS, an address, which may come before the app is ready. Which of them is an invitation, others decide.
 */
import { app } from 'electron';

type Tell = (texts: readonly string[]) => void;

/** Collects from now on; the returned function takes whoever wants to be told, of earlier ones too. */
export function collectLinkOpenings(): (tell: Tell) => void {
  let tell: Tell | null = null;
  const early: (readonly string[])[] = [process.argv];
  const note: Tell = (texts) => {
    if (tell) tell(texts);
    else early.push(texts);
  };
  app.on('second-instance', (_event, argv) => note(argv));
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
 * Links of ours lead here. Not on Linux yet: there the desktop entry of an installed package would say so, the app is a
 * plain folder until there is one, and asking at run time starts a shell. People paste the link instead.
 */
export function claimLinks(): void {
  if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient('peal');
}

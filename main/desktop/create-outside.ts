/** The outside of the phone, with the session behind what somebody chooses there. */
import { join } from 'node:path';
import type { Language } from '#common/language';
import { defaultCallRules } from '#protocol/messages';
import type { Clock } from '../clock';
import { mainTexts } from '../locales';
import type { Log } from '../log';
import type { Session } from '../session/session';
import { Outside } from './outside';
import { runTrayAction } from './tray-actions';

export interface CreateOutsideOptions {
  readonly outFolder: string;
  readonly language: () => Language;
  readonly session: () => Session | null;
  /** What the system of this computer says of "do not disturb". */
  readonly quiet: { readonly isQuiet: boolean };
  readonly home: { bringToFront(): void; comeBackMinimized(): void };
  readonly openRecents: () => void;
  readonly quit: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

export function createOutside(options: CreateOutsideOptions): Outside {
  const { outFolder, language, session, quiet, home, openRecents, quit, clock, log } = options;
  // The server decides about "do not disturb", on its clock.
  const nowMs = (): number => session()?.serverNowMs() ?? clock.nowMs();
  const ports = {
    ...{ openRecents, quit },
    desk: () => session()?.desk,
    rules: () => session()?.rules,
    open: () => home.bringToFront(),
    now: () => new Date(nowMs()),
  };
  return new Outside({
    texts: () => mainTexts[language()],
    pictureFolder: join(outFolder, '..', 'resources', 'tray'),
    rules: () => session()?.rules.current ?? defaultCallRules,
    isSystemQuiet: () => quiet.isQuiet,
    place: () => ({
      locale: language(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
    onAction: (action) => void runTrayAction(action, ports),
    onNoTray: () => home.comeBackMinimized(),
    ...{ nowMs, clock, log },
  });
}

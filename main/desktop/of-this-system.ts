/** Quiet mode, attention and global keys of the very system this runs on: where Electron and the settings meet the rules. */
import { globalShortcut, powerMonitor } from 'electron';
import { systemClock } from '../clock';
import type { Log } from '../log';
import type { AppSettingsStore } from '../storage/app-settings';
import { askProgram } from './ask-program';
import { Attention } from './attention';
import { type AnswerVerb, GlobalKeys } from './global-keys';
import { QuietMode } from './quiet-mode';
import { quietSources } from './quiet-sources';
import { createAskBus } from './session-bus';
import { watchBusBy } from './watch-bus';

export function systemQuietMode(settings: AppSettingsStore, log: Log): QuietMode {
  const sources = quietSources({
    platform: process.platform,
    desktop: process.env['XDG_CURRENT_DESKTOP'] ?? '',
    askBus: createAskBus(log),
    askProgram,
  });
  const follows = (): boolean => settings.value.ring.followsSystem;
  const quiet = new QuietMode({ sources, watchBus: watchBusBy(), follows, clock: systemClock });
  settings.onChanged(() => quiet.refresh());
  return quiet;
}

export function systemAttention(settings: AppSettingsStore, quiet: QuietMode): Attention {
  const awayAfterMinutes = (): number | null => settings.value.awayAfterMinutes;
  return new Attention({ power: powerMonitor, quiet, awayAfterMinutes });
}

export function systemAnswerKeys(
  settings: AppSettingsStore,
  onPressed: (verb: AnswerVerb) => void,
): GlobalKeys {
  return new GlobalKeys({
    shortcuts: globalShortcut,
    chosen: () => {
      const { acceptKeys, declineKeys } = settings.value.ring;
      return { accept: acceptKeys, decline: declineKeys };
    },
    onPressed,
    // Wayland hands keys to the program in front alone, and X11 programs see no more of the keyboard there.
    isSure: process.env['XDG_SESSION_TYPE'] !== 'wayland',
    clock: systemClock,
  });
}

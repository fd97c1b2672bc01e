/** Home as it is closed: to where the person finds it again. */
import { systemClock } from '../clock';
import type { Log } from '../log';
import { RestartLimit } from '../restart-limit';
import type { SettingsStore } from '../storage/profile';
import type { WindowEnvironment } from '../windows/create-window';
import { HomeWindow } from '../windows/home-window';
import { closeHome } from './close-home';
import type { Outside } from './outside';

export interface CreateHomeOptions {
  readonly environment: WindowEnvironment;
  readonly settings: SettingsStore;
  readonly outside: () => Outside;
  readonly quit: () => void;
  readonly log: Log;
}

export function createHome(options: CreateHomeOptions): HomeWindow {
  const { environment, settings, outside, quit, log } = options;
  const told = {
    get: () => settings.value.toldOfTray ?? false,
    set: () => settings.update({ toldOfTray: true }),
  };
  const home: HomeWindow = new HomeWindow({
    environment,
    settings,
    reopenings: new RestartLimit(systemClock),
    log,
    onCloseAsked: () => void closeHome({ home, outside: outside(), told }),
    onQuitKey: quit,
  });
  return home;
}

/** What a person sets shows everywhere at once: in each window, and in the colours that the system is asked for. */
import { nativeTheme } from 'electron';
import { pushTo } from '../ipc/push';
import type { AppSettingsStore } from '../storage/app-settings';
import type { CallWindowSet } from './call-window';
import type { HomeWindow } from './home-window';
import type { IncomingWindow } from './incoming-window';

export interface SettingsFollowers {
  readonly home: HomeWindow;
  readonly incoming: IncomingWindow;
  readonly calls: CallWindowSet;
}

export function followSettings(
  settings: AppSettingsStore,
  { home, incoming, calls }: SettingsFollowers,
): void {
  nativeTheme.themeSource = settings.value.theme;
  settings.onChanged((changed) => {
    nativeTheme.themeSource = changed.theme;
    pushTo(home.window, 'home', 'phone:settings.changed', changed);
    pushTo(incoming.window, 'incoming', 'phone:incoming.settings-changed', changed);
    for (const id of calls.ids()) {
      pushTo(calls.get(id), 'call', 'phone:call.settings-changed', changed);
    }
  });
}

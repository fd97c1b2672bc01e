/** What the forms of all call windows depend on: the screens, the profile, the window system, and where the person looks. */
import { BrowserWindow, app, screen } from 'electron';
import type { Clock } from '../clock';
import type { AppSettingsStore } from '../storage/app-settings';
import type { SettingsStore } from '../storage/profile';
import type { FormPorts } from './call-form';
import type { CallWindowSet } from './call-window';
import { createLookedAway } from './looked-away';
import { mayFloat } from './window-system';

export function createFormPorts(settings: SettingsStore): Omit<FormPorts, 'tell'> {
  return {
    screens: () =>
      screen.getAllDisplays().map(({ id, workArea }) => ({ id: String(id), workArea })),
    memory: {
      get: () => settings.value.mini,
      set: (mini) => settings.update({ mini }),
    },
    mayFloat: mayFloat({
      platform: process.platform,
      major: Number.parseInt(process.versions.electron, 10),
      switchValue: (name) => app.commandLine.getSwitchValue(name),
      env: process.env,
    }),
    told: {
      get: () => settings.value.toldOfMini ?? false,
      set: () => settings.update({ toldOfMini: true }),
    },
  };
}

const screenEvents = ['display-added', 'display-removed', 'display-metrics-changed'] as const;

/** For as long as the app runs. */
export function watchForms(windows: CallWindowSet, settings: AppSettingsStore, clock: Clock): void {
  const lookedAway = createLookedAway({
    clock,
    hasFocus: () => BrowserWindow.getFocusedWindow() !== null,
    onLookedAway: () => {
      if (!settings.value.miniOnBlur) return;
      for (const id of windows.ids()) windows.askForMini(id, true);
    },
  });
  app.on('browser-window-blur', lookedAway);
  // Each has a type of its own, and none of what it says is needed.
  const on = screen.on.bind(screen) as (event: string, listener: () => void) => void;
  for (const event of screenEvents) on(event, () => windows.settle());
}

/** What a person has set on this computer (common/settings.ts), in the settings file of the profile. */
import { defaultAppSettings } from '#common/default-settings';
import type { AppSettings, ChosenDevices } from '#common/settings';
import type { SettingsStore } from './profile';

export class AppSettingsStore {
  readonly #settings: SettingsStore;
  readonly #listeners = new Set<(settings: AppSettings) => void>();

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  get value(): AppSettings {
    return { ...defaultAppSettings, ...this.#settings.value.app };
  }

  /** What is not named stays. */
  set(change: Partial<AppSettings>): AppSettings {
    const app = { ...this.value, ...named(change) };
    this.#settings.update({ app });
    for (const listener of this.#listeners) listener(app);
    return app;
  }

  chooseDevices(change: Partial<ChosenDevices>): AppSettings {
    return this.set({ devices: { ...this.value.devices, ...named(change) } });
  }

  onChanged(listener: (settings: AppSettings) => void): void {
    this.#listeners.add(listener);
  }
}

/** A page may name something and leave it undefined: that is no value, and no file could hold it. */
function named<T extends object>(change: T): Partial<T> {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

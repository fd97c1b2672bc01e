/** The files of one profile folder: settings and the device's id, and the account with its tokens. */
import { join } from 'node:path';
import type { Log } from '../log';
import { JsonFile } from './json-file';
import { Settings, StoredAccount } from './schemas';

export interface Profile {
  readonly settings: SettingsStore;
  readonly account: {
    load(): StoredAccount | null;
    save(account: StoredAccount): void;
    clear(): void;
    readonly place: 'keystore' | 'file';
  };
}

export class SettingsStore {
  readonly #file: JsonFile<typeof Settings>;
  #value: Settings;

  constructor(file: JsonFile<typeof Settings>, newId: () => string) {
    this.#file = file;
    const stored = file.read();
    this.#value = stored ?? { deviceId: newId(), server: '' };
    if (!stored) file.write(this.#value);
  }

  get value(): Settings {
    return this.#value;
  }

  update(change: Partial<Settings>): void {
    this.#value = { ...this.#value, ...change };
    this.#file.write(this.#value);
  }
}

export function openProfile(folder: string, newId: () => string, log: Log): Profile {
  const settings = new JsonFile({
    path: join(folder, 'settings.json'),
    schema: Settings,
    mode: 0o644,
    log,
  });
  // On Linux the system's secret store is often a hard-coded password; a file that only this user may read says
  // honestly what it is. The tokens in it work for this device only and can be revoked on the server.
  const account = new JsonFile({
    path: join(folder, 'account.json'),
    schema: StoredAccount,
    mode: 0o600,
    log,
  });
  return {
    settings: new SettingsStore(settings, newId),
    account: {
      load: () => account.read(),
      save: (value) => account.write(value),
      clear: () => account.remove(),
      place: 'file',
    },
  };
}

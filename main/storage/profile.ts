/** The files of one profile folder: settings and the device's id, and the account with its tokens. */
import { join } from 'node:path';
import type { Log } from '../log';
import { JsonFile } from './json-file';
import type { KeyStore } from './key-store';
import { AccountFile, Settings } from './schemas';
import { AccountStore } from './account-store';

export interface Profile {
  readonly settings: SettingsStore;
  readonly account: AccountStore;
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

export interface ProfileOptions {
  readonly folder: string;
  readonly keyStore: Pick<KeyStore, 'encrypt' | 'decrypt'>;
  readonly newId: () => string;
  readonly log: Log;
}

export function openProfile({ folder, keyStore, newId, log }: ProfileOptions): Profile {
  const settings = new JsonFile({
    path: join(folder, 'settings.json'),
    schema: Settings,
    mode: 0o644,
    log,
  });
  const account = new JsonFile({
    path: join(folder, 'account.json'),
    schema: AccountFile,
    mode: 0o600,
    log,
  });
  return {
    settings: new SettingsStore(settings, newId),
    account: new AccountStore(account, keyStore),
  };
}

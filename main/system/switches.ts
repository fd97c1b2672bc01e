/** What the system does for Peal once a person wants so. The settings mirror what is really there. */
import type { SystemView } from '#common/ipc';
import type { SystemSwitchName } from '#common/settings';
import type { Log } from '../log';
import type { AppSettingsStore } from '../storage/app-settings';

export interface SystemSwitch {
  /** May throw: then nothing can be said, and it counts as refused. */
  readonly read: () => SystemView[SystemSwitchName];
  readonly set: (on: boolean) => void;
}

export interface SystemSwitchesOptions {
  readonly switches: Readonly<Record<SystemSwitchName, SystemSwitch>>;
  readonly settings: Pick<AppSettingsStore, 'value' | 'set'>;
  readonly log: Log;
}

export class SystemSwitches {
  readonly #options: SystemSwitchesOptions;

  constructor(options: SystemSwitchesOptions) {
    this.#options = options;
  }

  view(): SystemView {
    const view = {
      startsAtSignIn: this.#read('startsAtSignIn'),
      opensPhoneLinks: this.#read('opensPhoneLinks'),
    };
    const { settings } = this.#options;
    const isOn = {
      startsAtSignIn: view.startsAtSignIn.isOn,
      opensPhoneLinks: view.opensPhoneLinks.isOn,
    };
    const { startsAtSignIn, opensPhoneLinks } = settings.value;
    const isMirrored =
      startsAtSignIn === isOn.startsAtSignIn && opensPhoneLinks === isOn.opensPhoneLinks;
    if (!isMirrored) settings.set(isOn);
    return view;
  }

  set(name: SystemSwitchName, on: boolean): SystemView {
    const { switches, log } = this.#options;
    if (this.#read(name).obstacle === null) {
      try {
        switches[name].set(on);
      } catch (error) {
        log.warn(`system: ${name} cannot be switched (${wordOf(error)})`);
      }
    }
    const view = this.view();
    const { isOn, obstacle } = view[name];
    if (isOn === on || obstacle !== null) return view;
    return { ...view, [name]: { isOn, obstacle: 'refused' } };
  }

  #read(name: SystemSwitchName): SystemView[SystemSwitchName] {
    const { switches, log } = this.#options;
    try {
      return switches[name].read();
    } catch (error) {
      log.warn(`system: ${name} cannot be read (${wordOf(error)})`);
      return { isOn: false, obstacle: 'refused' };
    }
  }
}

function wordOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : String(error);
}

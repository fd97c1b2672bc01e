/**
 * The microphones, cameras and loudspeakers of this computer: the one place that knows how the browser lists them.
 * Chromium lists two of them a second time under the names of the system's choice, hides ids and names while the page
 * may not use devices, and on Linux no event tells that a sound device came or went: while somebody watches, the list
 * is read again and again.
 */
import type { Clock } from './link-peer';

const lookEveryMs = 2_000;

export const deviceKinds = ['microphone', 'camera', 'speaker'] as const;
export type DeviceKind = (typeof deviceKinds)[number];

export interface ComputerDevice {
  readonly deviceId: string;
  readonly label: string;
}

export interface DevicesOfKind {
  /** Each device once. */
  readonly devices: readonly ComputerDevice[];
  /** Something of this kind is there, be it a device whose id is hidden. */
  readonly isAny: boolean;
  /** The page may not use devices now: nothing is said about which ones are there. */
  readonly areHidden: boolean;
}

export type ComputerDevices = Readonly<Record<DeviceKind, DevicesOfKind>>;

export const noDevices: ComputerDevices = {
  microphone: { devices: [], isAny: false, areHidden: false },
  camera: { devices: [], isAny: false, areHidden: false },
  speaker: { devices: [], isAny: false, areHidden: false },
};

type ListedDevice = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>;

/** The browser's part that is used here, so that tests can stand in for it. */
export interface DeviceSource {
  enumerateDevices(): Promise<readonly ListedDevice[]>;
  addEventListener(type: 'devicechange', listener: () => void): void;
  removeEventListener(type: 'devicechange', listener: () => void): void;
}

export interface DeviceList {
  /** Null when the list cannot be read. */
  read(): Promise<ComputerDevices | null>;
  /** Tells what is there at each look, changed or not; the first one is now. Returns its end. */
  watch(listener: (devices: ComputerDevices) => void): () => void;
}

const browserKinds: Readonly<Record<DeviceKind, MediaDeviceKind>> = {
  microphone: 'audioinput',
  camera: 'videoinput',
  speaker: 'audiooutput',
};

const aliases: ReadonlySet<string> = new Set(['default', 'communications']);

/** The system's choice, which moves along when its device goes and another one is there. */
export function isSystemsChoice(deviceId: string | undefined): boolean {
  return deviceId === undefined || aliases.has(deviceId);
}

export function sortDevices(listed: readonly ListedDevice[]): ComputerDevices {
  const ofKind = (kind: DeviceKind): DevicesOfKind => {
    const all = listed.filter((device) => device.kind === browserKinds[kind]);
    const named = all.filter(({ deviceId }) => deviceId !== '' && !aliases.has(deviceId));
    return {
      devices: named.map(({ deviceId, label }) => ({ deviceId, label })),
      isAny: all.length > 0,
      areHidden: all.length > 0 && all.every(({ deviceId }) => deviceId === ''),
    };
  };
  return {
    microphone: ofKind('microphone'),
    camera: ofKind('camera'),
    speaker: ofKind('speaker'),
  };
}

export function sameDevices(one: ComputerDevices, other: ComputerDevices): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

type Watcher = (devices: ComputerDevices) => void;

export class BrowserDeviceList implements DeviceList {
  readonly #source: DeviceSource;
  readonly #clock: Clock;
  readonly #watchers = new Set<Watcher>();
  readonly #onChange = (): void => void this.#look();
  #cancelNext: () => void = () => undefined;
  #looks = 0;

  constructor(source: DeviceSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  async read(): Promise<ComputerDevices | null> {
    try {
      return sortDevices(await this.#source.enumerateDevices());
    } catch {
      // A page without a permission for it, or a sound server that is just being started again: the next look tells.
      return null;
    }
  }

  watch(listener: Watcher): () => void {
    // Of its own, should one listener watch twice.
    const watcher: Watcher = (devices) => listener(devices);
    if (this.#watchers.size === 0) {
      this.#source.addEventListener('devicechange', this.#onChange);
    }
    this.#watchers.add(watcher);
    void this.#look();
    return () => {
      if (!this.#watchers.delete(watcher) || this.#watchers.size > 0) return;
      this.#cancelNext();
      this.#source.removeEventListener('devicechange', this.#onChange);
    };
  }

  async #look(): Promise<void> {
    this.#looks += 1;
    const mine = this.#looks;
    this.#cancelNext();
    this.#cancelNext = this.#clock.after(lookEveryMs, this.#onChange);
    const devices = await this.read();
    // A later look knows better.
    if (!devices || mine !== this.#looks) return;
    for (const watcher of [...this.#watchers]) {
      if (this.#watchers.has(watcher)) watcher(devices);
    }
  }
}

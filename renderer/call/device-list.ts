/** The microphones a person can choose from, as the browser names them. */
export interface DeviceChoice {
  readonly deviceId: string;
  /** Empty while the page may not use microphones. */
  readonly name: string;
}

export interface DeviceList {
  microphones(): Promise<readonly DeviceChoice[]>;
  /** Something was plugged in or out. Returns its unsubscribe. */
  onChanged(listener: () => void): () => void;
}

/** More buttons than this would be a menu. */
const offered = 3;
/** Chromium lists two of the devices a second time under these names. */
const aliases = new Set(['default', 'communications']);

export function createDeviceList(devices: MediaDevices): DeviceList {
  return {
    async microphones() {
      const all = await devices.enumerateDevices();
      return all
        .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId && !aliases.has(deviceId))
        .slice(0, offered)
        .map(({ deviceId, label }) => ({ deviceId, name: label }));
    },
    onChanged(listener) {
      devices.addEventListener('devicechange', listener);
      return () => devices.removeEventListener('devicechange', listener);
    },
  };
}

/**
 * A device that was unplugged ends its track: everybody who cares listens for `ended`. Chromium says so by itself on
 * most systems; where the sound server moves the recording to another source instead (PulseAudio, PipeWire: even to
 * what the loudspeaker plays), the track stays live with sound that nobody meant. The list of devices tells, and there
 * no event tells that the list has changed, so it is looked at again and again while the track lives.
 */
import type { Clock } from './link-peer';

const lookEveryMs = 2_000;

/** The browser's part that is used here, so that tests can stand in for it. */
export interface DeviceDirectory {
  enumerateDevices(): Promise<readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId'>[]>;
  addEventListener(type: 'devicechange', listener: () => void): void;
  removeEventListener(type: 'devicechange', listener: () => void): void;
}

/** The system's choice, which moves along when its device goes and another one is there. */
const systemsChoice = new Set(['default', 'communications']);

const kinds = { audio: 'audioinput', video: 'videoinput' } as const;

/** From now on the track ends with its device. */
export function endWithDevice(
  track: MediaStreamTrack,
  devices: DeviceDirectory,
  clock: Clock,
): void {
  new DeviceWatch(track, devices, clock);
}

class DeviceWatch {
  readonly #track: MediaStreamTrack;
  readonly #devices: DeviceDirectory;
  readonly #clock: Clock;
  readonly #onChange = (): void => void this.#look();
  #cancelNext: () => void = () => undefined;

  constructor(track: MediaStreamTrack, devices: DeviceDirectory, clock: Clock) {
    this.#track = track;
    this.#devices = devices;
    this.#clock = clock;
    devices.addEventListener('devicechange', this.#onChange);
    track.addEventListener('ended', () => this.#stop(), { once: true });
    this.#lookLater();
  }

  #lookLater(): void {
    this.#cancelNext();
    this.#cancelNext = this.#clock.after(lookEveryMs, this.#onChange);
  }

  async #look(): Promise<void> {
    if (this.#hasEnded()) {
      this.#stop();
      return;
    }
    this.#lookLater();
    if (await isThere(this.#track, this.#devices)) return;
    if (this.#hasEnded()) return;
    this.#track.stop();
    // A page that stops a track hears nothing of it; this end has another author.
    this.#track.dispatchEvent(new Event('ended'));
  }

  /** A question: the answer changes while the list is read. */
  #hasEnded(): boolean {
    return this.#track.readyState === 'ended';
  }

  #stop(): void {
    this.#cancelNext();
    this.#devices.removeEventListener('devicechange', this.#onChange);
  }
}

/** A list that cannot be read says nothing against the device. */
async function isThere(track: MediaStreamTrack, devices: DeviceDirectory): Promise<boolean> {
  const all = await devices.enumerateDevices().catch(() => null);
  if (!all) return true;
  const kind = track.kind === 'audio' ? kinds.audio : kinds.video;
  const ids = all.filter((device) => device.kind === kind).map(({ deviceId }) => deviceId);
  // Without names (the page may not use devices any more) the list tells of kinds only.
  if (ids.length > 0 && ids.every((id) => id === '')) return true;
  const { deviceId } = track.getSettings();
  if (deviceId === undefined || systemsChoice.has(deviceId)) return ids.length > 0;
  return ids.includes(deviceId);
}

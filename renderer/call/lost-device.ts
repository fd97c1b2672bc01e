/**
 * A microphone, or camera, that broke off although nobody unplugged it (a machine that slept, a sound server that was
 * started anew) is opened again without a question; so is a microphone that was plugged in again, as muted as it was.
 * Whoever pulled out a camera may not want to be seen when it is back: that is the person's to say, and so is the choice
 * of another device. Whether it is the same one, the list of devices tells: every device of its kind that was there
 * while it was open is there.
 */
import type { ComputerDevices, DeviceKind, DeviceList } from '../media/device-list';

/** What breaks off this soon after it was opened again would do so for ever: the person decides. */
const provenMs = 5_000;

export interface LostDeviceOptions {
  readonly kind: Exclude<DeviceKind, 'speaker'>;
  readonly list: DeviceList;
  readonly after: (ms: number, task: () => void) => () => void;
  readonly isLost: () => boolean;
  readonly reopen: () => void;
}

export class LostDevice {
  readonly #options: LostDeviceOptions;
  /** While it was open, by id. */
  readonly #known = new Set<string>();
  #isProven = true;
  #hasTried = false;
  #cancelProof: () => void = () => undefined;
  #stopWatching: (() => void) | undefined;

  constructor(options: LostDeviceOptions) {
    this.#options = options;
  }

  /** From now on the page sees which devices there are. */
  handleOpened(): void {
    this.#known.clear();
    this.#hasTried = false;
    if (this.#stopWatching) void this.#look();
    else this.#stopWatching = this.#options.list.watch((devices) => this.#handleList(devices));
  }

  /** Looked at once, and then whenever the list is read. */
  handleLost(): void {
    this.#hasTried = !this.#isProven;
    void this.#look();
  }

  async #look(): Promise<void> {
    const devices = await this.#options.list.read();
    if (devices && this.#stopWatching) this.#handleList(devices);
  }

  stop(): void {
    this.#cancelProof();
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  #handleList(all: ComputerDevices): void {
    const { kind, isLost } = this.#options;
    const { devices, areHidden } = all[kind];
    if (areHidden) return;
    const there = new Set(devices.map(({ deviceId }) => deviceId));
    if (!isLost()) {
      for (const id of there) this.#known.add(id);
      return;
    }
    const isSame = this.#known.size > 0 && [...this.#known].every((id) => there.has(id));
    if (isSame && !this.#hasTried) this.#reopen();
    // Once for each return: what cannot be opened is not tried again and again.
    this.#hasTried = isSame || kind === 'camera';
  }

  #reopen(): void {
    this.#isProven = false;
    this.#cancelProof();
    this.#cancelProof = this.#options.after(provenMs, () => (this.#isProven = true));
    this.#options.reopen();
  }
}

/**
 * Microphone and camera while the settings show them: opens what is chosen, follows each choice and each plug, and
 * owns both tracks. After stop() nothing is open, whatever was still being opened. The camera is opened only when
 * the person asks for it: its light is on then.
 */
import type { ChosenDevices } from '#common/ipc';
import type { Result } from '#protocol/result';
import { findChosen } from '../../media/device-choice';
import {
  type ComputerDevices,
  type DeviceList,
  noDevices,
  sameDevices,
} from '../../media/device-list';
import type { MediaPort, MediaProblem } from '../../media/ports';

type Kind = 'microphone' | 'camera';
type Detail = MediaProblem['detail'];

export interface DeviceTestView {
  readonly devices: ComputerDevices;
  readonly isCameraWanted: boolean;
  readonly tracks: Readonly<Record<Kind, MediaStreamTrack | null>>;
  readonly problems: Readonly<Record<Kind, Detail | null>>;
}

export const emptyDeviceTest: DeviceTestView = {
  devices: noDevices,
  isCameraWanted: false,
  tracks: { microphone: null, camera: null },
  problems: { microphone: null, camera: null },
};

export interface DeviceTestPorts {
  /** The former test of this page is over: its leave to open devices does not end in the middle of ours. */
  readonly former: Promise<unknown>;
  /** Home may open devices only between the two. */
  readonly allow: (on: boolean) => Promise<unknown>;
  readonly media: Pick<MediaPort, 'openLocal' | 'openCamera'>;
  readonly list: DeviceList;
  readonly show: (view: DeviceTestView) => void;
}

export class DeviceTest {
  readonly #ports: DeviceTestPorts;
  #view = emptyDeviceTest;
  #choices: ChosenDevices;
  /** What is open, or could not be opened: the same is not tried twice. */
  readonly #tried: Record<Kind, string | null> = { microphone: null, camera: null };
  #turn: Promise<void>;
  #stopWatching: () => void = () => undefined;
  #isStopped = false;

  constructor(ports: DeviceTestPorts, choices: ChosenDevices) {
    this.#ports = ports;
    this.#choices = choices;
    this.#turn = ports.former.then(() => this.#askLeave()).then(() => this.#begin());
  }

  choose(choices: ChosenDevices): void {
    this.#choices = choices;
    this.#follow();
  }

  showCamera(isWanted: boolean): void {
    this.#show({ isCameraWanted: isWanted });
    if (!isWanted) this.#close('camera');
    this.#follow();
  }

  tryAgain(kind: Kind): void {
    this.#tried[kind] = null;
    this.#follow();
  }

  /** Once. Resolves when the leave is given back. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopWatching();
    this.#close('microphone');
    this.#close('camera');
    await this.#turn;
    await this.#ports.allow(false);
  }

  async #askLeave(): Promise<void> {
    if (!this.#isStopped) await this.#ports.allow(true);
  }

  #begin(): void {
    if (this.#isStopped) return;
    this.#stopWatching = this.#ports.list.watch((devices) => {
      const isNew = !sameDevices(devices, this.#view.devices);
      if (!isNew) return;
      this.#show({ devices });
      for (const kind of ['microphone', 'camera'] as const) {
        // What failed may work with what was plugged in.
        if (!this.#view.tracks[kind]) this.#tried[kind] = null;
      }
      this.#follow();
    });
  }

  #follow(): void {
    this.#turn = this.#turn.then(async () => {
      await this.#use('microphone');
      if (this.#view.isCameraWanted) await this.#use('camera');
    });
  }

  async #use(kind: Kind): Promise<void> {
    if (this.#isStopped || this.#view.devices === noDevices) return;
    const found = findChosen(this.#choices[kind], this.#view.devices[kind]);
    const deviceId = found.state === 'there' ? found.deviceId : '';
    if (this.#tried[kind] === deviceId) return;
    // Many cameras serve one at a time.
    this.#close(kind);
    this.#tried[kind] = deviceId;
    const opened = await this.#open(kind, deviceId === '' ? {} : { deviceId: { exact: deviceId } });
    this.#keep(kind, opened);
  }

  async #open(
    kind: Kind,
    constraints: MediaTrackConstraints,
  ): Promise<Result<MediaStreamTrack, MediaProblem>> {
    const { media } = this.#ports;
    if (kind === 'camera') return media.openCamera(constraints);
    const opened = await media.openLocal({ video: false }, { audio: constraints });
    return opened.ok ? { ok: true, value: opened.value.voice } : opened;
  }

  #keep(kind: Kind, opened: Result<MediaStreamTrack, MediaProblem>): void {
    const isWanted = !this.#isStopped && (kind === 'microphone' || this.#view.isCameraWanted);
    if (!isWanted) {
      if (opened.ok) opened.value.stop();
      return;
    }
    this.#set(kind, opened.ok ? opened.value : null, opened.ok ? null : opened.error.detail);
    if (!opened.ok) return;
    const track = opened.value;
    track.addEventListener('ended', () => {
      if (this.#view.tracks[kind] !== track) return;
      this.#set(kind, null, 'absent');
      this.tryAgain(kind);
    });
  }

  #close(kind: Kind): void {
    const track = this.#view.tracks[kind];
    this.#tried[kind] = null;
    this.#set(kind, null, null);
    track?.stop();
  }

  #set(kind: Kind, track: MediaStreamTrack | null, problem: Detail | null): void {
    const { tracks, problems } = this.#view;
    this.#show({
      tracks: { ...tracks, [kind]: track },
      problems: { ...problems, [kind]: problem },
    });
  }

  #show(change: Partial<DeviceTestView>): void {
    this.#view = { ...this.#view, ...change };
    this.#ports.show(this.#view);
  }
}

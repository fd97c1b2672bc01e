/**
 * The devices that the person has chosen, in one call: opens the microphone and the camera, plays the voices, follows
 * each new choice. What was chosen and is not there does not stop a call: the system's own device takes its place
 * until the chosen one is back, and the window says so. Owns no track; must never open a device by itself.
 */
import type { CallApi } from '#common/window-api';
import { defaultAppSettings } from '#common/default-settings';
import type { AppSettings, ChosenDevice, ChosenDevices as Choices } from '#common/settings';
import { type ICodeResult, RCCallMediaType, RCPlayCode, type RCCallSession } from '../caller';
import { type Found, findChosen } from '../media/device-choice';
import {
  type ComputerDevices,
  type DeviceKind,
  type DeviceList,
  deviceKinds,
  noDevices,
  sameDevices,
} from '../media/device-list';
import type { LocalConstraints, MediaPort } from '../media/ports';

export interface MissingDevice {
  readonly kind: DeviceKind;
  readonly label: string;
}

export interface DeviceView {
  readonly there: ComputerDevices;
  readonly choices: Choices;
  /** Chosen, not there, and so the system's own is used. */
  readonly missing: readonly MissingDevice[];
}

export const emptyDeviceView: DeviceView = {
  there: noDevices,
  choices: defaultAppSettings.devices,
  missing: [],
};

export interface ChosenDevicesOptions {
  readonly peal: Pick<CallApi, 'getSettings' | 'onSettingsChanged' | 'chooseDevices'>;
  readonly list: DeviceList;
  readonly show: (view: DeviceView) => void;
  /** What became of a device that was changed during the call. */
  readonly onChanged: (result: Pick<ICodeResult, 'detail'>) => void;
  readonly warn: (message: string, cause?: unknown) => void;
}

const systemsSpeaker = '';
/** The same loudspeaker by another name, which the browser takes for another one. */
const systemsSpeakerByName = 'default';

type OpenWishes = Readonly<Record<keyof LocalConstraints, boolean>>;

const openKinds = [
  { kind: 'microphone', section: 'audio' },
  { kind: 'camera', section: 'video' },
] as const;

export class ChosenDevices {
  readonly #options: ChosenDevicesOptions;
  #view = emptyDeviceView;
  #loaded: Promise<void> = Promise.resolve();
  #session: RCCallSession | undefined;
  #speaker = systemsSpeaker;
  #stopWatching: (() => void) | undefined;

  constructor(options: ChosenDevicesOptions) {
    this.#options = options;
  }

  /** Before anything is opened: what was chosen has to be known. */
  start(): void {
    const { peal, warn } = this.#options;
    peal.onSettingsChanged((settings) => this.#take(settings));
    this.#loaded = peal.getSettings().then(
      (settings) => this.#take(settings),
      (cause: unknown) => warn('the chosen devices are not known', cause),
    );
  }

  /** The same media, opened on the chosen devices wherever the caller names none. */
  media(media: MediaPort): MediaPort {
    return {
      createMesh: (callId, viewer, handlers) => media.createMesh(callId, viewer, handlers),
      openLocal: async (wants, asked = {}) => {
        const chosen = await this.#constraints(asked, { audio: true, video: wants.video });
        const opened = await media.openLocal(wants, chosen);
        // Gone between the look at the list and the opening.
        const wentAway = !opened.ok && opened.error.detail === 'absent' && chosen !== asked;
        return wentAway ? media.openLocal(wants, asked) : opened;
      },
      openCamera: async (video) => {
        const asked = video ? { video } : {};
        const chosen = await this.#constraints(asked, { audio: false, video: true });
        const opened = await media.openCamera(chosen.video);
        const wentAway = !opened.ok && opened.error.detail === 'absent' && chosen !== asked;
        return wentAway ? media.openCamera(video) : opened;
      },
    };
  }

  /** The own media are open: from now on the page sees which devices there are. */
  watch(): void {
    this.#stopWatching ??= this.#options.list.watch((devices) => this.#handleList(devices));
  }

  /** Devices can be changed from now on. */
  use(session: RCCallSession): void {
    this.#session = session;
    this.#useSpeaker();
  }

  /** From the menu; null: the system's choice. Main keeps it, and its answer is what is followed. */
  async choose(kind: DeviceKind, device: ChosenDevice | null): Promise<void> {
    const { peal, warn } = this.#options;
    try {
      this.#take(await peal.chooseDevices({ [kind]: device }));
    } catch (cause) {
      warn('the choice of a device was not kept', cause);
    }
  }

  /** What plays died and is back: sound that played on it stays silent until it plays elsewhere for a moment. */
  async renewSpeaker(): Promise<void> {
    const elsewhere = this.#speaker === systemsSpeaker ? systemsSpeakerByName : systemsSpeaker;
    await this.#session?.setSpeaker(elsewhere);
    await this.#session?.setSpeaker(this.#speaker);
  }

  stop(): void {
    this.#session = undefined;
    this.#stopWatching?.();
  }

  // -- what was chosen

  #take({ devices }: AppSettings): void {
    const before = this.#view.choices;
    this.#show({ choices: devices });
    for (const kind of deviceKinds) {
      if (before[kind]?.deviceId !== devices[kind]?.deviceId) void this.#change(kind, before[kind]);
    }
  }

  /** The former device goes on until the new one is open. If that fails, it stays, and with it the former choice. */
  async #change(kind: DeviceKind, former: ChosenDevice | null): Promise<void> {
    const wanted = this.#view.choices[kind];
    const { detail } = await this.#apply(kind);
    if (!detail || this.#view.choices[kind] !== wanted) return;
    this.#show({ choices: { ...this.#view.choices, [kind]: former } });
    await this.choose(kind, former);
  }

  async #apply(kind: DeviceKind): Promise<Pick<ICodeResult, 'detail'>> {
    const session = this.#session;
    if (kind === 'speaker') this.#useSpeaker();
    if (!session || kind === 'speaker') return {};
    const hasPicture = session.getMediaType() === RCCallMediaType.AUDIO_VIDEO;
    if (kind === 'camera' && !hasPicture) return {};
    const result = await (kind === 'microphone'
      ? session.changeAudioDevice({})
      : session.changeVideoDevice({}));
    if (this.#session) this.#options.onChanged(result);
    return result;
  }

  // -- what is there

  async #constraints(asked: LocalConstraints, wants: OpenWishes): Promise<LocalConstraints> {
    await this.#loaded;
    const { choices, there } = this.#view;
    const open = openKinds.filter(({ section }) => {
      return wants[section] && asked[section]?.deviceId === undefined;
    });
    const isAnyChosen = open.some(({ kind }) => choices[kind] !== null);
    const devices = (isAnyChosen ? await this.#options.list.read() : null) ?? there;
    let constraints = asked;
    for (const { kind, section } of open) {
      const found = findChosen(choices[kind], devices[kind]);
      this.#note(kind, found);
      if (found.state !== 'there') continue;
      const deviceId = { exact: found.deviceId };
      constraints = { ...constraints, [section]: { ...constraints[section], deviceId } };
    }
    return constraints;
  }

  #handleList(devices: ComputerDevices): void {
    if (!sameDevices(devices, this.#view.there)) this.#show({ there: devices });
    this.#useSpeaker();
    for (const { kind } of this.#view.missing) {
      const isBack = findChosen(this.#view.choices[kind], devices[kind]).state === 'there';
      if (isBack && kind !== 'speaker') void this.#return(kind);
    }
  }

  /** Once for each return: what cannot be opened is not tried again and again. */
  async #return(kind: 'microphone' | 'camera'): Promise<void> {
    this.#note(kind, { state: 'system' });
    await this.#apply(kind);
  }

  /** On a loudspeaker that is gone the browser plays nothing even after it came back, unless it is left meanwhile. */
  #useSpeaker(): void {
    const session = this.#session;
    const { choices, there } = this.#view;
    if (!session || there === noDevices) return;
    const found = findChosen(choices.speaker, there.speaker);
    this.#note('speaker', found);
    const speaker = found.state === 'there' ? found.deviceId : systemsSpeaker;
    if (speaker === this.#speaker) return;
    this.#speaker = speaker;
    void session.setSpeaker(speaker).then(({ code }) => {
      if (code !== RCPlayCode.SUCCESS) this.#options.warn(`the loudspeaker was not used (${code})`);
    });
  }

  #note(kind: DeviceKind, found: Found): void {
    const { missing } = this.#view;
    const label = found.state === 'missing' ? found.label : null;
    const known = missing.find((one) => one.kind === kind)?.label ?? null;
    if (known === label) return;
    const others = missing.filter((one) => one.kind !== kind);
    this.#show({ missing: label === null ? others : [...others, { kind, label }] });
  }

  #show(change: Partial<DeviceView>): void {
    this.#view = { ...this.#view, ...change };
    this.#options.show(this.#view);
  }
}

/**
 * The own microphone and camera of one call: opens and changes them, tells the links about them, closes every one of
 * them. After each await it asks whether it was released meanwhile, and then switches off what came too late.
 */
import { type Result, err, ok } from '#protocol/result';
import type { LocalConstraints, MediaPort, MediaProblem, MediaState, Mesh } from '../media/ports';
import { LocalDevice } from './local-device';
import type { CallTrack, Stage } from './track';

export interface LocalMediaOptions {
  readonly userId: string;
  readonly mediaType: 1 | 2;
  readonly media: MediaPort;
  readonly stage: Stage;
  /** A camera that cannot be opened does not prevent the call. */
  readonly isDemotionAllowed: boolean;
  /** Disabled video is a muted picture, and the camera stays on. */
  readonly keepsCamera: boolean;
}

/** Where the own media go. */
export interface Outlet {
  readonly mesh: Mesh;
  /** What is sent changed. */
  readonly onState: (state: MediaState) => void;
  readonly onEnded: (track: CallTrack) => void;
}

/** over – the call, or its video, ended while the device was being opened; it is closed again. */
export type OpenProblem = MediaProblem | 'over';

/** not-open – nothing is in the call yet that could be changed. */
export type ChangeProblem = OpenProblem | 'not-open';

type Opened = Result<CallTrack | null, OpenProblem>;

export class OwnMedia {
  readonly #options: LocalMediaOptions;
  readonly #voice: LocalDevice;
  readonly #camera: LocalDevice;
  #mediaType: 1 | 2;
  #constraints: LocalConstraints = {};
  #isOpen = false;
  #isCameraWanted = true;
  #outlet: Outlet | undefined;
  #toldState: MediaState | undefined;
  #endedEarly: CallTrack[] = [];
  #isReleased = false;
  /** Devices take their time: one change after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: LocalMediaOptions) {
    this.#options = options;
    this.#mediaType = options.mediaType;
    this.#voice = this.#device('audio');
    this.#camera = this.#device('video');
  }

  get hasVideo(): boolean {
    return this.#mediaType === 2 && !this.#isReleased;
  }

  get hasVoice(): boolean {
    return this.#voice.track !== undefined;
  }

  /** What there is to show and to hear now, voice first. */
  get tracks(): CallTrack[] {
    return [this.#voice.track, this.#camera.track].filter((track) => track !== undefined);
  }

  /** Answers with why there is no camera, where the voice alone was welcome. */
  open(constraints: LocalConstraints): Promise<Result<MediaProblem | null, OpenProblem>> {
    return this.#inTurn(async () => {
      if (this.#isReleased) return err('over');
      this.#constraints = constraints;
      const opened = await this.#options.media.openLocal(
        {
          video: this.hasVideo && this.#isCameraWanted,
          orVoiceAlone: this.#options.isDemotionAllowed,
        },
        constraints,
      );
      if (!opened.ok) return opened;
      const { voice, camera, cameraProblem } = opened.value;
      if (this.#wasReleased()) {
        voice.stop();
        camera?.stop();
        return err('over');
      }
      this.#isOpen = true;
      this.#voice.use(voice);
      this.#useFirstCamera(camera);
      return ok(cameraProblem ?? null);
    });
  }

  /** From now on every link sends what is open here. */
  sendOver(outlet: Outlet): void {
    this.#outlet = outlet;
    for (const device of [this.#voice, this.#camera]) device.setPublished(true);
    outlet.mesh.setLocalTrack('voice', this.#voice.media ?? null);
    outlet.mesh.setLocalTrack('camera', this.#camera.media ?? null);
    this.#tellState();
    for (const track of this.#endedEarly.splice(0)) outlet.onEnded(track);
  }

  setVoiceMuted(isMuted: boolean): void {
    this.#voice.setMuted(isMuted);
  }

  /** The track is null if there is no new one: the camera was on already, or is opened with the rest. */
  openCamera(): Promise<Opened> {
    this.#isCameraWanted = true;
    return this.#inTurn(async () => {
      if (!this.hasVideo) return err('over');
      // Switched off again meanwhile: that counts, and it has been done.
      if (!this.#isCameraWanted) return ok(null);
      this.#camera.setMuted(false);
      return this.#isOpen && !this.#camera.track
        ? this.#useCamera(this.#constraints.video)
        : ok(null);
    });
  }

  /**
   * At once, whatever is being opened. What opens later finds that it is not wanted, and before the devices are open, the
   * camera will not be opened at all.
   */
  closeCamera(): void {
    this.#isCameraWanted = false;
    if (!this.#options.keepsCamera) this.#camera.destroy();
    else if (this.#isOpen) this.#camera.setMuted(true);
  }

  changeVoice(audio: MediaTrackConstraints): Promise<Result<CallTrack, ChangeProblem>> {
    return this.#inTurn(async () => {
      if (this.#isReleased) return err('over');
      if (!this.#isOpen) return err('not-open');
      const opened = await this.#options.media.openLocal({ video: false }, { audio });
      if (!opened.ok) return opened;
      if (this.#wasReleased()) {
        opened.value.voice.stop();
        return err('over');
      }
      return ok(this.#voice.use(opened.value.voice));
    });
  }

  /** A camera that is off stays off: the choice is for the next time it is switched on. */
  changeCamera(video: MediaTrackConstraints): Promise<Result<CallTrack | null, ChangeProblem>> {
    return this.#inTurn(async () => {
      if (!this.hasVideo) return err('over');
      if (!this.#isOpen) return err('not-open');
      if (this.#camera.track) return this.#useCamera(video);
      this.#constraints = { ...this.#constraints, video };
      return ok(null);
    });
  }

  /** The camera goes off with the pictures of the others. */
  becomeAudio(): void {
    this.#mediaType = 1;
    this.#camera.destroy();
  }

  /**
   * A camera may be switched on from now on; none goes on by itself in a call that was sound alone, nor with the devices
   * of whoever answers: they took it for that.
   */
  becomeVideo(): void {
    this.#mediaType = 2;
    if (!this.#isOpen) this.#isCameraWanted = false;
  }

  /** Every device goes off. Idempotent. */
  release(): void {
    this.#isReleased = true;
    this.#outlet = undefined;
    for (const track of this.tracks) track.destroy();
  }

  #device(kind: 'audio' | 'video'): LocalDevice {
    const { userId, stage } = this.#options;
    const source = kind === 'audio' ? 'voice' : 'camera';
    const device: LocalDevice = new LocalDevice({
      ...{ kind, userId, stage },
      onTrackChange: () => {
        this.#outlet?.mesh.setLocalTrack(source, device.media ?? null);
        this.#tellState();
      },
      onMuteChange: () => this.#tellState(),
      onEnded: (track) => {
        if (this.#outlet) this.#outlet.onEnded(track);
        else this.#endedEarly.push(track);
      },
    });
    return device;
  }

  #useFirstCamera(camera: MediaStreamTrack | undefined): void {
    // The wish may have changed while the devices were being opened.
    if (!this.#isCameraWanted) this.#camera.setMuted(true);
    if (camera && this.#mayUseCamera()) this.#camera.use(camera);
    else camera?.stop();
  }

  async #useCamera(video: MediaTrackConstraints | undefined): Promise<Opened> {
    const opened = await this.#options.media.openCamera(video);
    if (!opened.ok) return opened;
    if (!this.#mayUseCamera()) {
      opened.value.stop();
      return this.hasVideo ? ok(null) : err('over');
    }
    this.#constraints = { ...this.#constraints, ...(video && { video }) };
    return ok(this.#camera.use(opened.value));
  }

  /** Where a camera stays on, one that is not wanted is in use, and muted. */
  #mayUseCamera(): boolean {
    return this.hasVideo && (this.#isCameraWanted || this.#options.keepsCamera);
  }

  /** A question, not a field: the answer changes during an await. */
  #wasReleased(): boolean {
    return this.#isReleased;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Each change once. */
  #tellState(): void {
    const state: MediaState = {
      voiceMuted: !this.#voice.isSending,
      cameraOff: !this.#camera.isSending,
    };
    const told = this.#toldState;
    if (!this.#outlet) return;
    if (told?.voiceMuted === state.voiceMuted && told.cameraOff === state.cameraOff) return;
    this.#toldState = state;
    this.#outlet.mesh.setLocalState(state);
    this.#outlet.onState(state);
  }
}

/**
 * The own microphone and camera of one call: opens them, tells the links about them, closes every one of them.
 * Owner of the local MediaStreamTracks. After each await it asks whether it was released meanwhile, and then
 * switches off what came too late.
 */
import { type Result, err, ok } from '#protocol/result';
import type {
  LocalConstraints,
  LocalMedia,
  MediaPort,
  MediaProblem,
  MediaState,
  Mesh,
} from '../media/ports';
import { CallTrack, type Stage } from './track';

export interface LocalMediaOptions {
  readonly userId: string;
  readonly mediaType: 1 | 2;
  readonly media: MediaPort;
  readonly stage: Stage;
}

/** over – the call ended while the device was being opened; it is closed again. */
export type OpenProblem = MediaProblem | 'over';

export class OwnMedia {
  readonly #options: LocalMediaOptions;
  #constraints: LocalConstraints | undefined;
  #opened: LocalMedia | undefined;
  #camera: MediaStreamTrack | undefined;
  #voiceTrack: CallTrack | undefined;
  #cameraTrack: CallTrack | undefined;
  #mesh: Mesh | undefined;
  #isReleased = false;
  /** Switching the camera takes time: one switch after the other. */
  #cameraTurn: Promise<unknown> = Promise.resolve();

  constructor(options: LocalMediaOptions) {
    this.#options = options;
  }

  get hasVideo(): boolean {
    return this.#options.mediaType === 2 && this.#opened !== undefined && !this.#isReleased;
  }

  /** What there is to show and to hear now, voice first. */
  get tracks(): CallTrack[] {
    return [this.#voiceTrack, this.#cameraTrack].filter((track) => track !== undefined);
  }

  async open(constraints: LocalConstraints): Promise<Result<null, OpenProblem>> {
    if (this.#wasReleased()) return err('over');
    this.#constraints = constraints;
    const wants = { video: this.#options.mediaType === 2 };
    const opened = await this.#options.media.openLocal(wants, constraints);
    if (!opened.ok) return opened;
    if (this.#wasReleased()) {
      opened.value.voice.stop();
      opened.value.camera?.stop();
      return err('over');
    }
    this.#opened = opened.value;
    this.#voiceTrack = this.#wrap('audio', opened.value.voice);
    if (opened.value.camera) this.#setCamera(opened.value.camera);
    return ok(null);
  }

  /** From now on every link sends what is open here. */
  sendOver(mesh: Mesh): void {
    this.#mesh = mesh;
    mesh.setLocalTrack('voice', this.#opened?.voice ?? null);
    mesh.setLocalTrack('camera', this.#camera ?? null);
    mesh.setLocalState(this.#state());
  }

  setVoiceMuted(isMuted: boolean): void {
    if (isMuted) this.#voiceTrack?.mute();
    else this.#voiceTrack?.unmute();
  }

  /** Opens the camera again. The track is null if it was on already. */
  openCamera(): Promise<Result<CallTrack | null, OpenProblem>> {
    return this.#inTurn(async () => {
      if (this.#wasReleased()) return err('over');
      if (this.#camera?.readyState === 'live') return ok(null);
      const opened = await this.#options.media.openCamera(this.#constraints?.video);
      if (!opened.ok) return opened;
      if (this.#wasReleased()) {
        opened.value.stop();
        return err('over');
      }
      return ok(this.#setCamera(opened.value));
    });
  }

  closeCamera(): Promise<void> {
    return this.#inTurn(() => {
      this.#cameraTrack?.destroy();
      return Promise.resolve();
    });
  }

  /** Every device goes off. Idempotent. */
  release(): void {
    this.#isReleased = true;
    this.#mesh = undefined;
    for (const track of this.tracks) track.destroy();
  }

  /** A question, not a field: the answer changes during an await. */
  #wasReleased(): boolean {
    return this.#isReleased;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#cameraTurn.then(task);
    this.#cameraTurn = turn.catch(() => undefined);
    return turn;
  }

  #setCamera(camera: MediaStreamTrack): CallTrack {
    this.#camera = camera;
    const track = this.#wrap('video', camera);
    this.#cameraTrack = track;
    this.#mesh?.setLocalTrack('camera', camera);
    this.#tellState();
    return track;
  }

  #wrap(kind: 'audio' | 'video', media: MediaStreamTrack): CallTrack {
    const { userId, stage } = this.#options;
    const track = new CallTrack({
      userId,
      kind,
      isLocal: true,
      media,
      stage,
      onLocalMute: () => this.#tellState(),
      onDestroy: () => this.#forget(kind, media),
    });
    // The device was unplugged or taken away: nobody may believe that it is still heard or seen.
    media.addEventListener('ended', () => track.destroy(), { once: true });
    return track;
  }

  /** A destroyed track sends nothing, and the others are told so. */
  #forget(kind: 'audio' | 'video', media: MediaStreamTrack): void {
    if (kind === 'audio') {
      this.#voiceTrack = undefined;
      this.#mesh?.setLocalTrack('voice', null);
    } else if (this.#camera === media) {
      this.#camera = undefined;
      this.#cameraTrack = undefined;
      this.#mesh?.setLocalTrack('camera', null);
    }
    this.#tellState();
  }

  #tellState(): void {
    this.#mesh?.setLocalState(this.#state());
  }

  #state(): MediaState {
    return {
      voiceMuted: this.#voiceTrack?.isLocalMuted() ?? true,
      cameraOff: this.#cameraTrack?.isLocalMuted() ?? true,
    };
  }
}

/**
 * The own microphone or camera of one call: at most one device is in use, and whether its person muted it outlives a
 * change of the device. Owner of the MediaStreamTrack in use: what takes its place, or is destroyed, is stopped here.
 */
import { CallTrack, type Stage } from './track';

export interface LocalDeviceOptions {
  readonly kind: 'audio' | 'video';
  readonly userId: string;
  readonly stage: Stage;
  /** Another track, or none, is to be sent. */
  readonly onTrackChange: () => void;
  readonly onMuteChange: () => void;
  /** The device was unplugged or taken away; the track has been destroyed. */
  readonly onEnded: (track: CallTrack) => void;
}

export class LocalDevice {
  readonly #options: LocalDeviceOptions;
  #current: { readonly media: MediaStreamTrack; readonly track: CallTrack } | undefined;
  #isMuted = false;
  #isPublished = false;

  constructor(options: LocalDeviceOptions) {
    this.#options = options;
  }

  get track(): CallTrack | undefined {
    return this.#current?.track;
  }

  get media(): MediaStreamTrack | undefined {
    return this.#current?.media;
  }

  /** Something is sent that can be heard or seen. */
  get isSending(): boolean {
    return this.#current !== undefined && !this.#isMuted;
  }

  /** From now on this is sent. The former device is stopped after its successor is in use, so that there is no gap. */
  use(media: MediaStreamTrack): CallTrack {
    const { kind, userId, stage, onTrackChange } = this.#options;
    const former = this.#current?.track;
    const track: CallTrack = new CallTrack({
      ...{ userId, kind, media, stage },
      isLocal: true,
      isMuted: this.#isMuted,
      onLocalMute: () => this.#takeMute(track),
      onDestroy: () => this.#forget(track),
    });
    media.addEventListener('ended', () => this.#end(track), { once: true });
    track.setPublished(this.#isPublished);
    this.#current = { media, track };
    onTrackChange();
    former?.destroy();
    return track;
  }

  /** Also before there is a device: it comes up as silent as its person wants it. */
  setMuted(isMuted: boolean): void {
    this.#isMuted = isMuted;
    if (isMuted) this.track?.mute();
    else this.track?.unmute();
  }

  setPublished(isPublished: boolean): void {
    this.#isPublished = isPublished;
    this.track?.setPublished(isPublished);
  }

  destroy(): void {
    this.track?.destroy();
  }

  #takeMute(track: CallTrack): void {
    if (track !== this.track) return;
    this.#isMuted = track.isLocalMuted();
    this.#options.onMuteChange();
  }

  /** Nobody may believe that it is still heard or seen. */
  #end(track: CallTrack): void {
    if (track !== this.track) return;
    track.destroy();
    this.#options.onEnded(track);
  }

  #forget(track: CallTrack): void {
    if (track !== this.track) return;
    this.#current = undefined;
    this.#options.onTrackChange();
  }
}

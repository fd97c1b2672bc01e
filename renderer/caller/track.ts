/**
 * One voice or picture, as an application holds it. Owns the hidden audio element and what it put into video
 * elements, and gives both back at release(). The device behind a local track belongs to local-media.ts.
 */
import { RCPlayCode } from './enums';
import type { IPlayOptions, RCTrack } from './types';

/** What playing needs of the page; unit tests bring their own. */
export interface Stage {
  isVideoElement(element: unknown): element is HTMLVideoElement;
  createAudio(): HTMLAudioElement;
  createStream(track: MediaStreamTrack): MediaStream;
}

export const pageStage: Stage = {
  isVideoElement: (element) => element instanceof HTMLVideoElement,
  createAudio: () => new Audio(),
  createStream: (track) => new MediaStream([track]),
};

export interface TrackInit {
  readonly userId: string;
  readonly kind: 'audio' | 'video';
  readonly isLocal: boolean;
  readonly media: MediaStreamTrack;
  readonly stage: Stage;
  /** It begins as silent as its predecessor was. */
  readonly isMuted?: boolean;
  /** A local track was muted or un-muted by the application: the others must hear of it. */
  readonly onLocalMute?: () => void;
  /** The application threw a local track away. */
  readonly onDestroy?: () => void;
}

/** Screens and their sound would have another one. */
const tag = 'RongCloudRTC';

/** The same for every track of this kind and user, however often a link is rebuilt. */
export function trackIdOf(userId: string, kind: 'audio' | 'video'): string {
  return `${userId}_${tag}_${kind === 'audio' ? 0 : 1}`;
}

export class CallTrack implements RCTrack {
  readonly #init: TrackInit;
  readonly #elements = new Set<HTMLMediaElement>();
  #audio: HTMLAudioElement | undefined;
  #stream: MediaStream | undefined;
  #isLocalMuted = false;
  #isOwnerMuted = false;
  #isPublished = false;
  #isReleased = false;
  /** The loudspeaker the person chose for the call. */
  #speakerId: string | undefined;

  constructor(init: TrackInit) {
    this.#init = init;
    this.#isLocalMuted = init.isMuted ?? false;
    if (this.#isLocalMuted) init.media.enabled = false;
  }

  isAudioTrack(): boolean {
    return this.#init.kind === 'audio';
  }

  isVideoTrack(): boolean {
    return this.#init.kind === 'video';
  }

  isLocalTrack(): boolean {
    return this.#init.isLocal;
  }

  getUserId(): string {
    return this.#init.userId;
  }

  getTrackId(): string {
    return trackIdOf(this.#init.userId, this.#init.kind);
  }

  getStreamId(): string {
    return `${this.#init.userId}_${tag}`;
  }

  getTag(): string {
    return tag;
  }

  isMCUTrack(): boolean {
    return false;
  }

  isPublished(): boolean {
    return this.#isPublished && !this.#isReleased;
  }

  isSubscribed(): boolean {
    return !this.#init.isLocal && !this.#isReleased;
  }

  isLocalMuted(): boolean {
    return this.#isLocalMuted;
  }

  isOwnerMuted(): boolean {
    return this.#init.isLocal ? this.#isLocalMuted : this.#isOwnerMuted;
  }

  isReady(): boolean {
    return !this.#isReleased && this.#init.media.readyState === 'live';
  }

  /**
   * The documented library un-mutes a local track here. This one does not: a window that shows the own picture
   * again, or a sample that plays every track, must not open a microphone that a person has muted.
   */
  async play(
    element?: HTMLVideoElement | null,
    options?: IPlayOptions,
  ): Promise<{ code: RCPlayCode }> {
    const target = this.isAudioTrack() ? this.#ownAudio() : element;
    if (!this.isAudioTrack() && !this.#init.stage.isVideoElement(target)) {
      return { code: RCPlayCode.NO_VIDEO_ELEMENT };
    }
    if (!target || !this.isReady()) return { code: RCPlayCode.NOT_READY };
    try {
      return { code: await this.#playIn(target, options) };
    } catch {
      return { code: RCPlayCode.PLAY_FAILED };
    }
  }

  mute(): void {
    this.#setLocalMuted(true);
  }

  unmute(): void {
    this.#setLocalMuted(false);
  }

  destroy(): void {
    if (!this.#init.isLocal || this.#isReleased) return;
    this.#init.media.stop();
    this.release();
    this.#init.onDestroy?.();
  }

  // -- for the session only

  setOwnerMuted(isMuted: boolean): void {
    this.#isOwnerMuted = isMuted;
  }

  setPublished(isPublished: boolean): void {
    this.#isPublished = isPublished;
  }

  /** For sound that plays now and for what plays later. */
  async useSpeaker(deviceId: string): Promise<void> {
    this.#speakerId = deviceId;
    if (this.#audio) await setSpeaker(this.#audio, deviceId);
  }

  /** Nothing plays any more and no element holds the track. The device goes on: it is not the track's. */
  release(): void {
    this.#isReleased = true;
    for (const element of this.#elements) {
      if (element.srcObject === this.#stream) element.srcObject = null;
    }
    this.#elements.clear();
    this.#audio = undefined;
  }

  /** One element for all calls of play(): two would be heard twice. */
  #ownAudio(): HTMLAudioElement {
    this.#audio ??= this.#init.stage.createAudio();
    return this.#audio;
  }

  async #playIn(element: HTMLMediaElement, options?: IPlayOptions): Promise<RCPlayCode> {
    this.#stream ??= this.#init.stage.createStream(this.#init.media);
    element.autoplay = true;
    if (this.#init.stage.isVideoElement(element)) element.playsInline = true;
    if (options?.volume !== undefined) element.volume = volumeOf(options.volume);
    if (options?.audioDeviceId) {
      const isKnown = await setSpeaker(element, options.audioDeviceId);
      if (!isKnown) return RCPlayCode.UNKNOWN_SPEAKER;
    } else if (this.#speakerId !== undefined && this.isAudioTrack()) {
      // Unplugged since it was chosen: sound from another one is better than none.
      await setSpeaker(element, this.#speakerId);
    }
    if (!this.isReady()) return RCPlayCode.NOT_READY;
    // Setting the same stream again would make the picture flicker.
    if (element.srcObject !== this.#stream) element.srcObject = this.#stream;
    this.#elements.add(element);
    await element.play();
    return RCPlayCode.SUCCESS;
  }

  #setLocalMuted(isMuted: boolean): void {
    if (this.#isReleased || this.#isLocalMuted === isMuted) return;
    this.#isLocalMuted = isMuted;
    this.#init.media.enabled = !isMuted;
    this.#init.onLocalMute?.();
  }
}

function volumeOf(percent: number): number {
  return Math.min(100, Math.max(0, percent)) / 100;
}

/** False when there is no such loudspeaker, or it may not be used. */
export async function setSpeaker(element: HTMLMediaElement, deviceId: string): Promise<boolean> {
  try {
    await element.setSinkId(deviceId);
    return true;
  } catch {
    return false;
  }
}

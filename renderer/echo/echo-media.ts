/**
 * The media of Echo's calls: a voice instead of a microphone, no camera, and an ear at the other end of each link. One
 * call at a time, and so one voice.
 */
import { type Result, err, ok } from '#protocol/result';
import type { LocalMedia, MediaPort, MediaProblem, MediaWishes, Mesh } from '../media/ports';

/** Mouth and ear of one call. */
export interface CallVoice {
  readonly track: MediaStreamTrack | undefined;
  hear(track: MediaStreamTrack): void;
  /** Safe to repeat. */
  close(): void;
}

export interface EchoMediaPorts<V extends CallVoice> {
  openVoice(): Promise<V>;
  readonly createMesh: MediaPort['createMesh'];
  /** The person can be heard for the first time. */
  onHeard(voice: V): void;
  warn(message: string, cause?: unknown): void;
}

const noVoice = err<MediaProblem>({ device: 'microphone', detail: 'failed' });
const noCamera: MediaProblem = { device: 'camera', detail: 'absent' };

export class EchoMedia<V extends CallVoice> implements MediaPort {
  readonly #ports: EchoMediaPorts<V>;
  #voice: V | null = null;
  /** Counts ends, so that a voice that opens after the end of its call is recognised. */
  #ends = 0;

  constructor(ports: EchoMediaPorts<V>) {
    this.#ports = ports;
  }

  async openLocal({ video }: MediaWishes): Promise<Result<LocalMedia, MediaProblem>> {
    const voice = await this.#open();
    const track = voice?.track;
    if (!track) return noVoice;
    return ok({ voice: track, ...(video && { cameraProblem: noCamera }) });
  }

  openCamera(): Promise<Result<MediaStreamTrack, MediaProblem>> {
    return Promise.resolve(err(noCamera));
  }

  createMesh(...[callId, viewer, handlers]: Parameters<MediaPort['createMesh']>): Mesh {
    let isHeard = false;
    return this.#ports.createMesh(callId, viewer, {
      ...handlers,
      onRemoteTrack: (legId, source, track) => {
        if (source === 'voice' && this.#voice) {
          this.#voice.hear(track);
          if (!isHeard) this.#ports.onHeard(this.#voice);
          isHeard = true;
        }
        handlers.onRemoteTrack(legId, source, track);
      },
    });
  }

  /** The call is over. */
  end(): void {
    this.#ends += 1;
    this.#voice?.close();
    this.#voice = null;
  }

  async #open(): Promise<V | null> {
    const ends = this.#ends;
    try {
      const voice = await this.#ports.openVoice();
      if (ends === this.#ends) {
        this.#voice?.close();
        this.#voice = voice;
        return voice;
      }
      voice.close();
    } catch (cause) {
      this.#ports.warn('echo: has no voice', cause);
    }
    return null;
  }
}

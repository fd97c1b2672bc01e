/** The product's own media (OwnMedia over createMedia()), fed with the lab's tones and pictures instead of hardware. */
import { OwnMedia } from '#renderer/caller/local-media';
import { pageStage } from '#renderer/caller/track';
import { createMedia } from '#renderer/media/index';

export interface Hardware {
  readonly microphone: () => MediaStreamTrack;
  readonly camera: () => MediaStreamTrack;
}

/** Everything that was ever opened; a test looks at what is still on. */
export class OwnDevices {
  readonly opened: MediaStreamTrack[] = [];
  readonly media: OwnMedia;
  readonly #hardware: Hardware;
  /** Set: devices take their time. */
  gate: Promise<void> | undefined;

  constructor(userId: string, hardware: Hardware) {
    this.#hardware = hardware;
    const port = createMedia();
    this.media = new OwnMedia({
      ...{ userId, mediaType: 2, stage: pageStage, isDemotionAllowed: false, keepsCamera: false },
      media: {
        ...{ createMesh: port.createMesh.bind(port) },
        openLocal: (...args) => this.#plugged(() => port.openLocal(...args)),
        openCamera: (...args) => this.#plugged(() => port.openCamera(...args)),
      },
    });
  }

  /** What is on now. */
  get live(): string[] {
    return this.opened.filter(({ readyState }) => readyState === 'live').map(({ kind }) => kind);
  }

  /** The browser finds the lab's devices while `open` asks it for some. */
  async #plugged<T>(open: () => Promise<T>): Promise<T> {
    const { mediaDevices } = navigator;
    mediaDevices.getUserMedia = async ({ audio, video } = {}) => {
      await this.gate;
      const tracks = [
        ...(audio ? [this.#hardware.microphone()] : []),
        ...(video ? [this.#hardware.camera()] : []),
      ];
      // The product ends a track whose device is not in the computer's list; the system's own choice is.
      for (const track of tracks) track.getSettings = () => ({ deviceId: 'default' });
      this.opened.push(...tracks);
      return new MediaStream(tracks);
    };
    try {
      return await open();
    } finally {
      Reflect.deleteProperty(mediaDevices, 'getUserMedia');
    }
  }
}

/** Looks at one received picture. */
export class Eye {
  readonly #video = document.createElement('video');

  constructor(track: MediaStreamTrack) {
    this.#video.muted = true;
    this.#video.srcObject = new MediaStream([track]);
    document.body.append(this.#video);
    void this.#video.play();
  }

  async countPictures(forMs: number): Promise<number> {
    const seen = new Set<string>();
    const canvas = new OffscreenCanvas(16, 12);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const end = performance.now() + forMs;
    while (performance.now() < end) {
      await nextFrame(this.#video, end - performance.now());
      context?.drawImage(this.#video, 0, 0, 16, 12);
      seen.add(context?.getImageData(0, 0, 16, 12).data.join() ?? '');
    }
    return seen.size;
  }

  close(): void {
    this.#video.remove();
  }
}

function nextFrame(video: HTMLVideoElement, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limitMs);
    video.requestVideoFrameCallback(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Frames of the screen: the window's own, or those of a test. */
export interface Frames {
  request(callback: () => void): number;
  cancel(handle: number): void;
}

export const pageFrames: Frames = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
};

/**
 * Tells when what was just changed is on the screen: the first frame after a change draws it, the second begins when
 * the first was handed over. A hidden window gets no frames, so nothing is claimed that nobody can see.
 * Returns a cancel.
 */
export function afterSecondFrame(frames: Frames, callback: () => void): () => void {
  let handle = frames.request(() => {
    handle = frames.request(callback);
  });
  return () => frames.cancel(handle);
}

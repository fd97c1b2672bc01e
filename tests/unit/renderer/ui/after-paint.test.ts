import { describe, expect, it } from 'vitest';
import { afterSecondFrame } from '../../../../renderer/ui/after-paint';

/** Frames that come when the test says so. */
function handMadeFrames() {
  const waiting = new Map<number, () => void>();
  let last = 0;
  return {
    request(callback: () => void): number {
      waiting.set((last += 1), callback);
      return last;
    },
    cancel: (handle: number): void => void waiting.delete(handle),
    draw(): void {
      const now = [...waiting.values()];
      waiting.clear();
      for (const callback of now) callback();
    },
  };
}

describe('a card', () => {
  it('counts as painted with the second frame, not before', () => {
    const frames = handMadeFrames();
    let painted = 0;
    afterSecondFrame(frames, () => (painted += 1));
    frames.draw();
    expect(painted).toBe(0);
    frames.draw();
    expect(painted).toBe(1);
    frames.draw();
    expect(painted).toBe(1);
  });

  it.each([0, 1])('that is taken away after %i frames was never painted', (drawn) => {
    const frames = handMadeFrames();
    let painted = 0;
    const cancel = afterSecondFrame(frames, () => (painted += 1));
    for (let n = 0; n < drawn; n += 1) frames.draw();
    cancel();
    frames.draw();
    frames.draw();
    expect(painted).toBe(0);
  });
});

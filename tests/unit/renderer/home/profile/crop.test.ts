import { describe, expect, it } from 'vitest';
import { inside, moved, squareOf, wholePicture } from '../../../../../renderer/home/profile/crop';

const wide = { width: 800, height: 400 };

describe('the square that is seen of a picture', () => {
  it('is as large as fits, from the middle, at first', () => {
    expect(squareOf(wide, wholePicture(wide))).toEqual({ left: 200, top: 0, side: 400 });
    const tall = { width: 300, height: 900 };
    expect(squareOf(tall, wholePicture(tall))).toEqual({ left: 0, top: 300, side: 300 });
  });

  it('gets smaller as the picture gets larger, around the same middle', () => {
    const crop = { ...wholePicture(wide), zoom: 2 };
    expect(squareOf(wide, crop)).toEqual({ left: 300, top: 100, side: 200 });
  });

  it('follows the hand: to the right shows more of the left', () => {
    const crop = moved(wide, wholePicture(wide), { x: 0.25, y: 0 });
    expect(squareOf(wide, crop)).toEqual({ left: 100, top: 0, side: 400 });
  });

  it.each([
    { zoom: 1, x: -50, y: 9000 },
    { zoom: 0.1, x: 400, y: 200 },
    { zoom: 40, x: 0, y: 0 },
    { zoom: 3, x: 800, y: 400 },
  ])('never shows anything outside of the picture: %j', (crop) => {
    const { left, top, side } = squareOf(wide, crop);
    expect(side).toBeGreaterThan(0);
    const hair = 1e-9;
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(-hair);
    expect(left + side).toBeLessThanOrEqual(wide.width + hair);
    expect(top + side).toBeLessThanOrEqual(wide.height + hair);
  });

  it('comes back from the edge at the first move', () => {
    const atEdge = moved(wide, wholePicture(wide), { x: 10, y: 0 });
    expect(squareOf(wide, moved(wide, atEdge, { x: -0.25, y: 0 })).left).toBe(100);
    expect(inside(wide, atEdge)).toEqual(atEdge);
  });
});

import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import type { Picture } from '#protocol/messages';
import { isSmallPicture, pictureSize } from '#protocol/picture-size';
import { jpegBytes, pngBytes, webpBytes } from '../../support/pictures';

type Make = (width: number, height: number) => Buffer;

const kinds: readonly [string, Picture['type'], Make][] = [
  ['PNG', 'image/png', pngBytes],
  ['JPEG', 'image/jpeg', jpegBytes],
  ['progressive JPEG', 'image/jpeg', (width, height) => jpegBytes(width, height, 0xc2)],
  ['lossy WebP', 'image/webp', webpBytes.lossy],
  ['lossless WebP', 'image/webp', webpBytes.lossless],
  ['extended WebP', 'image/webp', webpBytes.extended],
];

describe.each(kinds)('the size of a %s', (_what, type, make) => {
  it.each([
    [1, 1],
    [256, 192],
    [1024, 1025],
    [16_383, 300],
  ])('of %i × %i is read from its header', (width, height) => {
    expect(pictureSize(type, make(width, height))).toEqual({ width, height });
  });

  it('is small to the limit on both sides, and no further', () => {
    const side = limits.pictureSide;
    expect(isSmallPicture(type, make(side, side))).toBe(true);
    expect(isSmallPicture(type, make(side + 1, 1))).toBe(false);
    expect(isSmallPicture(type, make(1, side + 1))).toBe(false);
  });

  it('is unknown where the header is cut, wherever', () => {
    const bytes = make(256, 256);
    const needed = type === 'image/png' ? 24 : bytes.length;
    for (let length = 0; length < needed - (type === 'image/jpeg' ? 4 : 0); length += 1) {
      expect(pictureSize(type, bytes.subarray(0, length))).toBeNull();
    }
  });

  it('is unknown to the readers of other types', () => {
    for (const [, other] of kinds.filter(([, one]) => one !== type)) {
      expect(pictureSize(other, make(256, 256))).toBeNull();
    }
  });
});

describe('a header', () => {
  it.each([
    ['of no pixels', 'image/png', pngBytes(0, 256)],
    ['whose height comes later', 'image/jpeg', jpegBytes(256, 0)],
    ['with a first chunk of another name', 'image/png', renamed(pngBytes(9, 9), 'IHDR', 'IDAT')],
    ['with an unknown chunk', 'image/webp', renamed(webpBytes.lossy(9, 9), 'VP8 ', 'VP9 ')],
    ['whose scan comes before its frame', 'image/jpeg', jpegBytes(9, 9, 0xda)],
    ['that ends before its frame', 'image/jpeg', jpegBytes(9, 9, 0xd9)],
    ['with a table in place of its frame', 'image/jpeg', jpegBytes(9, 9, 0xc4)],
    ['with rubbish between segments', 'image/jpeg', jpegBytes(9, 9).fill(0, 20, 21)],
  ] as const)('%s is none', (_what, type, bytes) => {
    expect(isSmallPicture(type, bytes)).toBe(false);
  });

  it('of a JPEG is found behind markers that stand alone', () => {
    const bytes = jpegBytes(300, 200);
    const more = Buffer.concat([
      bytes.subarray(0, 2),
      Buffer.from('ff01ffd0', 'hex'),
      bytes.subarray(2),
    ]);
    expect(pictureSize('image/jpeg', more)).toEqual({ width: 300, height: 200 });
  });
});

function renamed(bytes: Buffer, chunk: string, name: string): Buffer {
  bytes.write(name, bytes.indexOf(chunk), 'latin1');
  return bytes;
}

/**
 * Width and height from the beginning of a picture's file, without decoding it: a few bytes can ask for gigabytes of
 * pixels. Pure, so that the server and the app judge alike. A header that is not exactly the one of its type is none,
 * because browsers go by the bytes and not by the type they are told.
 */
import { limits } from './limits';
import type { Picture } from './values';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const readers: Record<Picture['type'], (bytes: Uint8Array) => PictureSize | null> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
};

/** Null: no picture of this type, or one whose header cannot be read. */
export function pictureSize(type: Picture['type'], bytes: Uint8Array): PictureSize | null {
  return readers[type](bytes);
}

/** It is what it says, and no larger than limits.pictureSide. */
export function isSmallPicture(type: Picture['type'], bytes: Uint8Array): boolean {
  const size = pictureSize(type, bytes);
  return size !== null && isSide(size.width) && isSide(size.height);
}

const isSide = (pixels: number): boolean => pixels >= 1 && pixels <= limits.pictureSide;

/** What lies beyond the end reads as 0; callers see to the length where that matters. */
const at = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0;

const big16 = (bytes: Uint8Array, index: number): number =>
  at(bytes, index) * 0x100 + at(bytes, index + 1);

const big32 = (bytes: Uint8Array, index: number): number =>
  big16(bytes, index) * 0x1_0000 + big16(bytes, index + 2);

const little16 = (bytes: Uint8Array, index: number): number =>
  at(bytes, index) + at(bytes, index + 1) * 0x100;

const little24 = (bytes: Uint8Array, index: number): number =>
  little16(bytes, index) + at(bytes, index + 2) * 0x1_0000;

/** These bytes stand there; letters stand for their codes. */
function hasAt(bytes: Uint8Array, index: number, text: string): boolean {
  return Array.from(text).every((letter, n) => bytes[index + n] === letter.charCodeAt(0));
}

/** The first chunk is always IHDR, and 13 bytes long. */
function pngSize(bytes: Uint8Array): PictureSize | null {
  if (bytes.length < 24 || !hasAt(bytes, 0, '\x89PNG\r\n\x1a\n\0\0\0\rIHDR')) return null;
  return { width: big32(bytes, 16), height: big32(bytes, 20) };
}

const jpeg = { tem: 0x01, restart: 0xd0, lastRestart: 0xd7, endOfImage: 0xd9, startOfScan: 0xda };
/** Among the markers of frames C0–CF, but tables. */
const noFrames: readonly number[] = [0xc4, 0xc8, 0xcc];

/** The size is in the frame's segment, after any number of others; a scan cannot begin before it. */
function jpegSize(bytes: Uint8Array): PictureSize | null {
  if (!hasAt(bytes, 0, '\xff\xd8')) return null;
  let index = 2;
  while (index + 9 <= bytes.length) {
    if (bytes[index] !== 0xff) return null;
    const marker = at(bytes, index + 1);
    // Any number of these may come before a marker.
    if (marker === 0xff) {
      index += 1;
      continue;
    }
    if (isFrame(marker)) {
      return { width: big16(bytes, index + 7), height: big16(bytes, index + 5) };
    }
    if (marker === 0 || marker === jpeg.endOfImage || marker === jpeg.startOfScan) return null;
    index += 2 + (isAlone(marker) ? 0 : big16(bytes, index + 2));
  }
  return null;
}

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && !noFrames.includes(marker);

const isAlone = (marker: number): boolean =>
  marker === jpeg.tem || (marker >= jpeg.restart && marker <= jpeg.lastRestart);

/** A RIFF file whose first chunk is one of three; the sizes of the file and the chunk are left to the decoder. */
function webpSize(bytes: Uint8Array): PictureSize | null {
  const isWebp = bytes.length >= 30 && hasAt(bytes, 0, 'RIFF') && hasAt(bytes, 8, 'WEBP');
  if (!isWebp) return null;
  if (hasAt(bytes, 12, 'VP8X')) {
    return { width: little24(bytes, 24) + 1, height: little24(bytes, 27) + 1 };
  }
  if (hasAt(bytes, 12, 'VP8L') && hasAt(bytes, 20, '/')) {
    const [first, second] = [little16(bytes, 21), little16(bytes, 23)];
    // 14 bits each, one less than the side.
    const height = (first >> 14) | ((second & 0xfff) << 2);
    return { width: (first & 0x3fff) + 1, height: height + 1 };
  }
  if (hasAt(bytes, 12, 'VP8 ') && hasAt(bytes, 23, '\x9d\x01\x2a')) {
    // The upper two bits say how to scale it on show, which nobody does.
    return { width: little16(bytes, 26) & 0x3fff, height: little16(bytes, 28) & 0x3fff };
  }
  return null;
}

/** Pictures as far as anybody looks who does not decode them: the beginning of a file, with its size. */
import type { Picture } from '#protocol/messages';

export function pngBytes(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** With a JFIF segment before the frame, and one filling byte, as encoders may write them. */
export function jpegBytes(width: number, height: number, frame = 0xc0): Buffer {
  const jfif = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
  const start = Buffer.from([0xff, 0xff, frame, 0x00, 0x11, 0x08]);
  const sides = Buffer.alloc(4);
  sides.writeUInt16BE(height, 0);
  sides.writeUInt16BE(width, 2);
  return Buffer.concat([jfif, start, sides, Buffer.from([3, 1, 0x22, 0])]);
}

const riff = (chunk: string): Buffer => {
  const bytes = Buffer.alloc(30);
  bytes.write(`RIFF\x16\0\0\0WEBP${chunk}\x0a\0\0\0`, 'latin1');
  return bytes;
};

export const webpBytes = {
  lossy: (width: number, height: number): Buffer => {
    const bytes = riff('VP8 ');
    bytes.write('\x9d\x01\x2a', 23, 'latin1');
    bytes.writeUInt16LE(width, 26);
    bytes.writeUInt16LE(height, 28);
    return bytes;
  },
  lossless: (width: number, height: number): Buffer => {
    const bytes = riff('VP8L');
    bytes.write('/', 20, 'latin1');
    bytes.writeUInt32LE(width - 1 + (height - 1) * 0x4000, 21);
    return bytes;
  },
  extended: (width: number, height: number): Buffer => {
    const bytes = riff('VP8X');
    bytes.writeUIntLE(width - 1, 24, 3);
    bytes.writeUIntLE(height - 1, 27, 3);
    return bytes;
  },
};

export const pictureOf = (type: Picture['type'], bytes: Buffer): Picture => ({
  type,
  data: bytes.toString('base64'),
});

/** One small picture of each type. */
export const pictures: Readonly<Record<Picture['type'], Picture>> = {
  'image/png': pictureOf('image/png', pngBytes(256, 256)),
  'image/jpeg': pictureOf('image/jpeg', jpegBytes(256, 256)),
  'image/webp': pictureOf('image/webp', webpBytes.lossy(256, 256)),
};

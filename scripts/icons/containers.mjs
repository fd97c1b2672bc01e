// Pictures of several sizes in one file, as Windows and macOS want them, and the mark in each PNG that says what it was
// painted from.

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const KEYWORD = 'Source';
const SIGNATURE_BYTES = 8;

export const sourceOf = (svg) => createHash('sha256').update(svg).digest('hex');

/** The PNG with a text in it: the hash of its drawing. */
export function marked(png, svg) {
  const data = Buffer.from(`tEXt${KEYWORD}\0${sourceOf(svg)}`, 'latin1');
  const chunk = Buffer.alloc(data.length + 8);
  chunk.writeUInt32BE(data.length - 4, 0);
  data.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(data), data.length + 4);
  // After the header, which is always the first chunk.
  const at = SIGNATURE_BYTES + 12 + png.readUInt32BE(SIGNATURE_BYTES);
  return Buffer.concat([png.subarray(0, at), chunk, png.subarray(at)]);
}

/** Size and source of a marked PNG. */
export function readMark(png) {
  const found = new RegExp(`tEXt${KEYWORD}\0([0-9a-f]{64})`).exec(png.toString('latin1'));
  return { size: png.readUInt32BE(16), source: found?.[1] ?? null };
}

/** Windows: a table of PNG files. @param images {{size: number, png: Buffer}[]} up to 256 pixels */
export function ico(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, png }, n) => {
    const at = 6 + 16 * n;
    head.writeUInt8(size % 256, at); // 0 means 256
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** The types of macOS's icon file that hold a PNG: for screens of one and of two pixels a point. */
const ICNS_TYPES = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

export function icns(images) {
  const entries = images.flatMap(({ size, png }) =>
    (ICNS_TYPES[size] ?? []).flatMap((type) => [entryHead(type, png.length), png]),
  );
  const length = entries.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([entryHead('icns', length), ...entries]);
}

function entryHead(type, length) {
  const head = Buffer.alloc(8, type, 'latin1');
  head.writeUInt32BE(length + 8, 4);
  return head;
}

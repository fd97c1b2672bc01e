// Reads a zip file's directory and unpacks chosen entries. A fresh machine need not have an unzip tool, and of this
// archive only a part is wanted. Plain zip only (no zip64, no encryption): anything else is an error.

import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_SIGNATURE = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
/** The end record is 22 bytes plus a comment of at most 65,535. */
const END_SEARCH_BYTES = 22 + 65_535;
const ENTRY_HEADER_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

function readBytes(fd, position, length) {
  const bytes = Buffer.alloc(length);
  if (readSync(fd, bytes, 0, length, position) !== length)
    throw new Error('zip: file is cut short');
  return bytes;
}

function readDirectory(fd) {
  const { size } = fstatSync(fd);
  const tailLength = Math.min(size, END_SEARCH_BYTES);
  const tail = readBytes(fd, size - tailLength, tailLength);
  const end = tail.lastIndexOf(END_SIGNATURE);
  if (end < 0) throw new Error('zip: no end record');
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (count === 0xffff || offset === 0xffffffff) throw new Error('zip: zip64 is not supported');
  return { count, bytes: readBytes(fd, offset, length) };
}

function* entriesOf(fd) {
  const { count, bytes } = readDirectory(fd);
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    const nameLength = bytes.readUInt16LE(at + 28);
    yield {
      method: bytes.readUInt16LE(at + 10),
      packedSize: bytes.readUInt32LE(at + 20),
      headerOffset: bytes.readUInt32LE(at + 42),
      name: bytes.toString('utf8', at + ENTRY_HEADER_BYTES, at + ENTRY_HEADER_BYTES + nameLength),
    };
    at +=
      ENTRY_HEADER_BYTES + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

function readEntry(fd, { headerOffset, packedSize, method, name }) {
  const header = readBytes(fd, headerOffset, LOCAL_HEADER_BYTES);
  const skip = LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = readBytes(fd, headerOffset + skip, packedSize);
  if (method === STORED) return packed;
  if (method === DEFLATED) return inflateRawSync(packed);
  throw new Error(`zip: ${name} uses an unknown compression method`);
}

/**
 * Unpacks the files for which `rename(name)` gives a path below `folder`; `undefined` leaves one out.
 * @throws when the file is no plain zip or an entry would land outside of `folder`.
 */
export function unpackZip(file, folder, rename) {
  const fd = openSync(file, 'r');
  try {
    for (const entry of entriesOf(fd)) {
      const wanted = entry.name.endsWith('/') ? undefined : rename(entry.name);
      if (wanted === undefined) continue;
      const target = path.resolve(folder, wanted);
      if (!target.startsWith(folder + path.sep)) throw new Error(`zip: bad path ${entry.name}`);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, readEntry(fd, entry));
    }
  } finally {
    closeSync(fd);
  }
}

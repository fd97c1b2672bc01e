import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackZip } from '../../../../scripts/runtime/zip.mjs';

interface Entry {
  readonly name: string;
  readonly text: string;
  readonly method?: number;
}

/** A plain zip file, as the format's description has it. */
function zipOf(entries: readonly Entry[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, method = 8 } of entries) {
    const packed = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(text.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, ...directory, end, Buffer.from(comment)]);
}

describe('unpacking a zip file', () => {
  let folder: string;
  let archive: string;
  const save = (bytes: Buffer): void => writeFileSync(archive, bytes);
  const read = (name: string): string => readFileSync(join(folder, 'out', name), 'utf8');
  const unpack = (rename: (name: string) => string | undefined = (name) => name): void =>
    unpackZip(archive, join(folder, 'out'), rename);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'peal-zip-'));
    archive = join(folder, 'archive.zip');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives packed and stored files back, with their folders', () => {
    const long = 'sound and picture '.repeat(1000);
    save(
      zipOf([
        { name: 'a/b/long.txt', text: long },
        { name: 'plain.txt', text: 'x', method: 0 },
      ]),
    );
    unpack();
    expect(read('a/b/long.txt')).toBe(long);
    expect(read('plain.txt')).toBe('x');
  });

  it('finds its way behind a comment at the end', () => {
    save(zipOf([{ name: 'one', text: '1' }], 'made for a test'));
    unpack();
    expect(read('one')).toBe('1');
  });

  it('puts files where it is told and leaves out the others', () => {
    save(
      zipOf([
        { name: 'App/app', text: 'program' },
        { name: 'App/other', text: 'not wanted' },
      ]),
    );
    unpack((name) => (name === 'App/app' ? 'electron' : undefined));
    expect(read('electron')).toBe('program');
    expect(existsSync(join(folder, 'out', 'App'))).toBe(false);
  });

  it('refuses a file that would land outside of the folder', () => {
    save(zipOf([{ name: '../outside', text: 'harm' }]));
    expect(unpack).toThrow('bad path');
    expect(existsSync(join(folder, 'outside'))).toBe(false);
  });

  it('refuses a compression that it does not know', () => {
    save(zipOf([{ name: 'odd', text: 'x', method: 12 }]));
    expect(unpack).toThrow('unknown compression');
  });

  it('refuses what is no zip file, and one that is cut short', () => {
    save(Buffer.from('not a zip file'));
    expect(unpack).toThrow('no end record');
    const whole = zipOf([{ name: 'one', text: 'a longer text' }]);
    save(whole.subarray(20));
    expect(unpack).toThrow();
  });
});

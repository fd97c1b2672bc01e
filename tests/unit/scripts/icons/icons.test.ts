import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { icns, ico, readMark, sourceOf } from '../../../../scripts/icons/containers.mjs';
import { appPictures, pictures } from '../../../../scripts/icons/drawings.mjs';
import { repositoryRoot } from '../../../support/scratch';

const resources = join(repositoryRoot, 'resources');
const read = (file: string): Buffer => readFileSync(join(resources, file));
const drawing = read('icon.svg').toString();

const mark = (svg: string, size: number) => ({ size, source: sourceOf(svg) });

/** The PNG files inside of another file, by their signature and end. */
function pngsIn(file: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = file.indexOf('\x89PNG', 0, 'latin1'); at >= 0;) {
    const end = file.indexOf('IEND', at) + 8;
    found.push(file.subarray(at, end));
    at = file.indexOf('\x89PNG', end, 'latin1');
  }
  return found;
}

describe('the pictures in resources/', () => {
  it.each(pictures(drawing))('$file was painted from the drawing as it is', (picture) => {
    expect(readMark(read(picture.file))).toEqual(mark(picture.svg, picture.size));
  });

  it('are all made by the script', () => {
    const there = ['icons', 'tray'].flatMap((folder) =>
      readdirSync(join(resources, folder)).map((name) => `${folder}/${name}`),
    );
    expect(there.toSorted()).toEqual(
      pictures(drawing)
        .map(({ file }) => file)
        .toSorted(),
    );
  });

  it('would be old after a change of the bell', () => {
    const changed = drawing.replace('r="40"', 'r="44"');
    expect(changed).not.toBe(drawing);
    // The moon and the receiver are no bells.
    const withBell = pictures(changed).filter(({ svg }) => svg.includes('id="clapper"'));
    expect(withBell.length).toBeGreaterThan(20);
    for (const { file, svg, size } of withBell) {
      expect([file, readMark(read(file)).source]).not.toEqual([file, mark(svg, size).source]);
    }
  });

  it('have the icons of Windows and macOS among them, in all sizes', () => {
    const images = appPictures(drawing).map(({ svg, size }) => mark(svg, size));
    expect(pngsIn(read('icon.ico')).map(readMark)).toEqual(
      images.filter(({ size }) => size <= 256),
    );
    const sizes = new Set(pngsIn(read('icon.icns')).map((png) => readMark(png).size));
    expect([...sizes]).toEqual([16, 32, 64, 128, 256, 512, 1024]);
  });
});

describe('an icon of several sizes', () => {
  const images = [
    { size: 16, png: Buffer.from('small') },
    { size: 256, png: Buffer.from('large one') },
  ];

  it('for Windows names the place and length of each', () => {
    const file = ico(images);
    expect([file.readUInt16LE(2), file.readUInt16LE(4)]).toEqual([1, 2]);
    const entries = [6, 22].map((at) => {
      const [length, offset] = [file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)];
      return [file[at], file.toString('latin1', offset, offset + length)];
    });
    expect(entries).toEqual([
      [16, 'small'],
      [0, 'large one'],
    ]);
  });

  it('for macOS is as long as it says, entry by entry', () => {
    const file = icns(images);
    expect(file.toString('latin1', 0, 4)).toBe('icns');
    expect(file.readUInt32BE(4)).toBe(file.length);
    const types: string[] = [];
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
      types.push(file.toString('latin1', at, at + 4));
    }
    expect(types).toEqual(['icp4', 'ic08', 'ic13']);
  });
});

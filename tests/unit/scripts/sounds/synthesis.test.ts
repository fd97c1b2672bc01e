import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE, soundFile, synthetic } from '../../../../scripts/sounds/synthesis.mjs';
import { repositoryRoot } from '../../../support/scratch';

const folder = join(repositoryRoot, 'renderer/sounds');
const files = readdirSync(folder).filter((name) => name.endsWith('.wav'));
const read = (file: string): Buffer => readFileSync(join(folder, file));

/** The samples of a WAV file, 1 being the most there can be. */
function samplesOf(bytes: Buffer): number[] {
  const start = bytes.indexOf('data') + 8;
  const count = Math.floor((bytes.length - start) / 2);
  return Array.from({ length: count }, (_, at) => bytes.readInt16LE(start + at * 2) / 32_768);
}

const rings = synthetic.filter((name) => name === 'ring' || name.startsWith('ring-'));

const levelDb = (samples: readonly number[]): number =>
  10 * Math.log10(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);

/** What is heard of it: its loudest 200 ms. */
function loudestDb(samples: readonly number[]): number {
  const size = SAMPLE_RATE / 5;
  const parts = Array.from({ length: Math.ceil(samples.length / size) }, (_, part) =>
    samples.slice(part * size, (part + 1) * size),
  );
  return Math.max(...parts.map(levelDb));
}

describe('the sounds', () => {
  it.each(synthetic)('%s is what the script makes, byte for byte', (name) => {
    expect(read(`${name}.wav`).equals(soundFile(name))).toBe(true);
  });

  it.each(files)('%s has one channel of 16 bits at the common rate', (file) => {
    const bytes = read(file);
    const form = [bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)];
    expect(form).toEqual([1, SAMPLE_RATE, 16]);
  });

  it.each(files)('%s is not clipped, and neither faint nor a fright', (file) => {
    const samples = samplesOf(read(file));
    expect(Math.max(...samples.map(Math.abs))).toBeLessThan(0.85);
    expect(loudestDb(samples)).toBeGreaterThan(-20);
    expect(loudestDb(samples)).toBeLessThan(-6);
  });

  it.each([...rings, 'ringback', 'busy'])(
    '%s ends with a silence, since it is repeated without a pause',
    (name) => {
      const samples = samplesOf(soundFile(name));
      expect(Math.max(...samples.slice(-SAMPLE_RATE / 4).map(Math.abs))).toBe(0);
    },
  );

  it('ring equally loud, whichever was chosen', () => {
    const levels = rings.map((name) => loudestDb(samplesOf(soundFile(name))));
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(1.5);
  });

  it.each([...rings, 'ringback'])(
    '%s begins and ends in silence: nothing clicks where it is repeated',
    (name) => {
      const samples = samplesOf(soundFile(name));
      expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.001);
      expect(Math.abs(samples.at(-1) ?? 1)).toBe(0);
    },
  );

  it('take little room all together', () => {
    expect(files.reduce((sum, file) => sum + read(file).length, 0)).toBeLessThan(900_000);
  });
});

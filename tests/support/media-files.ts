/** Generated input for microphones and cameras, made once and kept in .tmp. Nothing of it is in the repository. */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child';
import type { Rgb } from './display';
import { cacheDir } from './scratch';

/** Makes a file under its final name only when it is whole, so that a broken run leaves nothing half. */
async function cached(name: string, make: (file: string) => Promise<unknown>): Promise<string> {
  const file = join(cacheDir('media'), name);
  if (existsSync(file)) return file;
  const unfinished = join(cacheDir('media'), `${process.pid}-${name}`);
  await make(unfinished);
  renameSync(unfinished, file);
  return file;
}

/**
 * A tone that swells three times a second: a steady one is taken for noise by the noise suppression and fades.
 * Ten seconds, a whole number of swells and of waves, so that it loops without a click.
 */
export function toneFile(hz: number): Promise<string> {
  return cached(`tone-${hz}.wav`, (file) =>
    run('sox', [
      ...['-n', '-r', '48000', '-c', '1', '-b', '16', file],
      ...['synth', '10', 'sine', String(hz), 'tremolo', '3', '70', 'gain', '-6'],
    ]),
  );
}

/** A spoken sentence. */
export function speechFile(name: string, sentence: string): Promise<string> {
  return cached(`speech-${name}.wav`, (file) => run('espeak-ng', ['-w', file, sentence]));
}

/** The same said once, and nothing after it for so long that nobody hears it again. */
export async function speechOnceFile(name: string, sentence: string): Promise<string> {
  const spoken = await speechFile(name, sentence);
  return cached(`speech-${name}-once.wav`, (file) =>
    run('sox', [spoken, file, 'pad', '0.5', '60']),
  );
}

export function silenceFile(): Promise<string> {
  return cached('silence.wav', (file) =>
    run('sox', ['-n', '-r', '48000', '-c', '1', '-b', '16', file, 'trim', '0', '10']),
  );
}

/** Two pictures that nobody takes for one another. Each is one colour with a bright bar that wanders through it. */
export const pictureColors = {
  orange: { red: 230, green: 120, blue: 0 },
  blue: { red: 0, green: 70, blue: 220 },
} as const satisfies Record<string, Rgb>;

export type PictureColor = keyof typeof pictureColors;

/** A moving picture for `--use-file-for-fake-video-capture`. */
export function pictureFile(color: PictureColor): Promise<string> {
  const { red, green, blue } = pictureColors[color];
  const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('');
  const base = `color=c=0x${hex}:size=640x480:rate=15:duration=4`;
  const bar = 'color=c=white:size=40x480:rate=15:duration=4';
  return cached(`picture-${color}.y4m`, (file) =>
    run('ffmpeg', [
      ...['-loglevel', 'error', '-y', '-f', 'lavfi', '-i', base, '-f', 'lavfi', '-i', bar],
      ...[
        '-filter_complex',
        'overlay=x=150*t:y=0',
        '-pix_fmt',
        'yuv420p',
        '-f',
        'yuv4mpegpipe',
        file,
      ],
    ]),
  );
}

/** The codec and two colour conversions change a colour a little. */
export function looksLike(pixel: Rgb, wanted: Rgb, tolerance = 45): boolean {
  return (
    Math.abs(pixel.red - wanted.red) <= tolerance &&
    Math.abs(pixel.green - wanted.green) <= tolerance &&
    Math.abs(pixel.blue - wanted.blue) <= tolerance
  );
}

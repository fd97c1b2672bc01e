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

/** Pictures that nobody takes for one another. Each is one colour with a bright bar that wanders through it. */
export const pictureColors = {
  orange: { red: 230, green: 120, blue: 0 },
  blue: { red: 0, green: 70, blue: 220 },
  green: { red: 0, green: 150, blue: 60 },
} as const satisfies Record<string, Rgb>;

export type PictureColor = keyof typeof pictureColors;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export const usualPicture: PictureSize = { width: 640, height: 480 };
/** What three apps on two cores draw without a graphics card, every picture of it. */
export const smallPicture: PictureSize = { width: 320, height: 180 };

/** A moving picture of 15 frames a second for `--use-file-for-fake-video-capture`. */
export function pictureFile(
  color: PictureColor,
  { width, height }: PictureSize = usualPicture,
): Promise<string> {
  const { red, green, blue } = pictureColors[color];
  const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('');
  const base = `color=c=0x${hex}:size=${width}x${height}:rate=15:duration=4`;
  const bar = `color=c=white:size=${width / 16}x${height}:rate=15:duration=4`;
  return cached(`picture-${color}-${width}x${height}.y4m`, (file) =>
    run('ffmpeg', [
      ...['-loglevel', 'error', '-y', '-f', 'lavfi', '-i', base, '-f', 'lavfi', '-i', bar],
      ...[
        '-filter_complex',
        `overlay=x=${(15 / 64) * width}*t:y=0`,
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

/** What everybody's microphone and camera give. */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../tests/support/child';
import { toneFile } from '../../tests/support/media-files';
import { cacheDir } from '../../tests/support/scratch';
import type { Picture } from './page/stage-api';

export const hz = 440;

/** The files that play: a tone, and a test picture in which much moves. */
export async function inputOf(
  picture: Picture,
): Promise<{ readonly voiceFile: string; readonly pictureFile: string }> {
  return { voiceFile: await toneFile(hz), pictureFile: await patternFile(picture) };
}

/** Made once. It gets its name when it is whole, so that a broken run leaves nothing half. */
async function patternFile({ width, height, frameRate }: Picture): Promise<string> {
  const name = `pattern-${width}x${height}-${frameRate}.y4m`;
  const file = join(cacheDir('media'), name);
  if (existsSync(file)) return file;
  const unfinished = join(cacheDir('media'), `${process.pid}-${name}`);
  const source = `testsrc2=size=${width}x${height}:rate=${frameRate}:duration=4`;
  await run('ffmpeg', [
    ...['-loglevel', 'error', '-y', '-f', 'lavfi', '-i', source],
    ...['-pix_fmt', 'yuv420p', '-f', 'yuv4mpegpipe', unfinished],
  ]);
  renameSync(unfinished, file);
  return file;
}

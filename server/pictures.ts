/** A picture that somebody sent: is it what it says, and by which id is it known. */
import { createHash } from 'node:crypto';
import type { Picture } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpeg = Buffer.from([0xff, 0xd8, 0xff]);

const startsWith = (bytes: Buffer, start: Buffer): boolean =>
  bytes.subarray(0, start.length).equals(start);

const looksLike: Record<Picture['type'], (bytes: Buffer) => boolean> = {
  'image/png': (bytes) => startsWith(bytes, png),
  'image/jpeg': (bytes) => startsWith(bytes, jpeg),
  // A RIFF file whose form type is WEBP; the size stands between the two.
  'image/webp': (bytes) =>
    bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
};

/**
 * The id of a picture: the same for the same bytes. An error for what is no such picture: pages show it as the type it
 * has here, so it must not be anything else.
 */
export function pictureIdOf({ type, data }: Picture): Result<string, 'not-a-picture'> {
  const bytes = Buffer.from(data, 'base64');
  const isCanonical = bytes.toString('base64') === data;
  if (!isCanonical || !looksLike[type](bytes)) return err('not-a-picture');
  return ok(createHash('sha256').update(type).update('\n').update(bytes).digest('base64url'));
}

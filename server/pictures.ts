/** A picture that somebody sent: is it what it says, and by which id is it known. */
import { createHash } from 'node:crypto';
import type { Picture } from '#protocol/messages';
import { isSmallPicture } from '#protocol/picture-size';
import { type Result, err, ok } from '#protocol/result';

/**
 * The id of a picture: the same for the same bytes. An error for what is no such picture, or too large: pages show it
 * as the type it has here, so it must not be anything else.
 */
export function pictureIdOf({ type, data }: Picture): Result<string, 'not-a-picture'> {
  const bytes = Buffer.from(data, 'base64');
  const isCanonical = bytes.toString('base64') === data;
  if (!isCanonical || !isSmallPicture(type, bytes)) return err('not-a-picture');
  return ok(createHash('sha256').update(type).update('\n').update(bytes).digest('base64url'));
}

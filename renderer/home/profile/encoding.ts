/** How a picture becomes small enough for the server: first by a coarser quality, then by fewer pixels. Pure. */
import type { Picture } from '#protocol/messages';

export interface Encoding {
  /** Pixels of one side. */
  readonly side: number;
  readonly quality: number;
}

const sides = [256, 192, 128];
const qualities = [0.86, 0.7, 0.5];

const encodings: readonly Encoding[] = sides.flatMap((side) =>
  qualities.map((quality) => ({ side, quality })),
);

const types: readonly Picture['type'][] = ['image/webp', 'image/jpeg', 'image/png'];

/** The best one that fits, or null. `encode` gives a data URL. */
export function firstThatFits(
  encode: (encoding: Encoding) => string,
  maxChars: number,
): Picture | null {
  for (const encoding of encodings) {
    const picture = pictureOf(encode(encoding));
    if (picture && picture.data.length <= maxChars) return picture;
  }
  return null;
}

function pictureOf(url: string): Picture | null {
  const [start = '', data = ''] = url.split(';base64,');
  const type = types.find((known) => start === `data:${known}`);
  return type && data ? { type, data } : null;
}

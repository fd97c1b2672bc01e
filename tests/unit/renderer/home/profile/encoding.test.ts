import { describe, expect, it } from 'vitest';
import { type Encoding, firstThatFits } from '../../../../../renderer/home/profile/encoding';

/** Writes a picture as many characters as it has pixels in a side, times its quality. */
function encoder(type = 'image/webp') {
  const tried: Encoding[] = [];
  const encode = (encoding: Encoding): string => {
    tried.push(encoding);
    return `data:${type};base64,${'A'.repeat(Math.round(encoding.side * encoding.quality))}`;
  };
  return { encode, tried };
}

describe('a picture for the server', () => {
  it('is sent as fine as fits', () => {
    const { encode, tried } = encoder();
    const picture = firstThatFits(encode, 1000);
    expect(picture).toEqual({ type: 'image/webp', data: 'A'.repeat(220) });
    expect(tried).toHaveLength(1);
  });

  it('loses quality first, and pixels only then', () => {
    const { encode, tried } = encoder();
    firstThatFits(encode, 100);
    const sides = tried.map(({ side }) => side);
    expect(sides).toEqual(sides.toSorted((one, other) => other - one));
    expect(tried.filter(({ side }) => side === 256).map(({ quality }) => quality)).toEqual([
      0.86, 0.7, 0.5,
    ]);
    expect(tried.at(-1)?.side).toBe(192);
  });

  it('is none where even the smallest is too large', () => {
    expect(firstThatFits(encoder().encode, 10)).toBe(null);
  });

  it.each(['image/gif', 'text/html'])('is never of another kind: %s', (type) => {
    expect(firstThatFits(encoder(type).encode, 1000)).toBe(null);
  });

  it('is not what a canvas without pixels gives', () => {
    expect(firstThatFits(() => 'data:,', 1000)).toBe(null);
  });
});

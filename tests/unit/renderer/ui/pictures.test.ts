import { describe, expect, it } from 'vitest';
import type { Picture } from '#protocol/messages';
import { createPictures } from '../../../../renderer/ui/pictures';

const picture: Picture = { type: 'image/webp', data: 'UklGRg==' };
const url = 'data:image/webp;base64,UklGRg==';

/** Main, with the pictures that it has. */
function picturesOf(has: (pictureId: string) => Picture | null, limit?: number) {
  const asked: string[] = [];
  const pictures = createPictures(({ userId, pictureId }) => {
    asked.push(`${userId} ${pictureId}`);
    return Promise.resolve(has(pictureId));
  }, limit);
  return { pictures, asked };
}

describe('the pictures of people', () => {
  it('are asked for once, however often they are on the screen', async () => {
    const { pictures, asked } = picturesOf(() => picture);
    const anna = { userId: 'anna', pictureId: 'p1' };
    expect(await Promise.all([pictures.find(anna), pictures.find(anna)])).toEqual([url, url]);
    expect(await pictures.find(anna)).toBe(url);
    expect(asked).toEqual(['anna p1']);
  });

  it('are nothing to ask for where somebody has none', async () => {
    const { pictures, asked } = picturesOf(() => picture);
    expect(await pictures.find({ userId: 'anna' })).toBe(null);
    expect(asked).toEqual([]);
  });

  it('are asked for again where they could not be had', async () => {
    let isThere = false;
    const { pictures, asked } = picturesOf(() => (isThere ? picture : null));
    const anna = { userId: 'anna', pictureId: 'p1' };
    expect(await pictures.find(anna)).toBe(null);
    isThere = true;
    const before = pictures.tries.value;
    pictures.tryAgain();
    expect(pictures.tries.value).not.toBe(before);
    expect(await pictures.find(anna)).toBe(url);
    expect(asked).toEqual(['anna p1', 'anna p1']);
  });

  it('are kept up to a number: the one nobody looked at for longest goes first', async () => {
    const { pictures, asked } = picturesOf(() => picture, 2);
    const look = (pictureId: string): Promise<unknown> =>
      pictures.find({ userId: 'anna', pictureId });
    for (const pictureId of ['p1', 'p2', 'p1', 'p3', 'p1', 'p2']) await look(pictureId);
    expect(asked).toEqual(['anna p1', 'anna p2', 'anna p3', 'anna p2']);
  });
});

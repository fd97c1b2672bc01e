import { describe, expect, it } from 'vitest';
import type { Picture } from '#protocol/messages';
import { pictureIdOf } from '#server/pictures';
import { pictureOf, pictures, pngBytes } from '../../support/pictures';

const types = Object.keys(pictures) as Picture['type'][];

describe('a picture', () => {
  it.each(types)('of type %s is taken, and known by its bytes', (type) => {
    const id = pictureIdOf(pictures[type]);
    expect(id).toEqual({ ok: true, value: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string });
    expect(pictureIdOf(pictures[type])).toEqual(id);
  });

  it('that says it is of another type is refused', () => {
    for (const type of types) {
      for (const other of types.filter((one) => one !== type)) {
        expect(pictureIdOf({ type, data: pictures[other].data }).ok).toBe(false);
      }
    }
  });

  it.each([
    ['a page', Buffer.from('<svg onload="alert(1)">').toString('base64')],
    ['nearly a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47]).toString('base64')],
    // The last two bits of the last letter are lost when it is read: two texts, one picture.
    ['base64 that is not in order', `${pictures['image/png'].data.slice(0, -2)}h=`],
    ['base64 without its end', 'iVBORw0KGgo'],
  ])('that is %s is refused', (_what, data) => {
    for (const type of types) expect(pictureIdOf({ type, data }).ok).toBe(false);
  });

  it('whose pixels would fill the memory of whoever looks at it is refused', () => {
    const bomb = pictureOf('image/png', pngBytes(30_000, 30_000));
    expect(pictureIdOf(bomb).ok).toBe(false);
    expect(pictureIdOf(pictureOf('image/png', pngBytes(1024, 1024))).ok).toBe(true);
  });

  it('with other bytes has another id', () => {
    const more = Buffer.concat([
      Buffer.from(pictures['image/png'].data, 'base64'),
      Buffer.from([0]),
    ]);
    const other = { type: 'image/png', data: more.toString('base64') } as const;
    expect(pictureIdOf(other)).not.toEqual(pictureIdOf(pictures['image/png']));
  });
});

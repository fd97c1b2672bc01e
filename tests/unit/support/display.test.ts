import { expect, it } from 'vitest';
import { Screenshot } from '../../support/display';
import { withoutCount } from '../../support/window-tree';

it('knows home by its title, whatever calls were missed', () => {
  expect(['(2) Peal', '(50+) Peal', 'Anna (at work)'].map(withoutCount)).toEqual([
    'Peal',
    'Peal',
    'Anna (at work)',
  ]);
});

it('finds the share of pixels that answer a question', () => {
  const half = Buffer.alloc(4 * 2 * 3);
  half.fill(255, 0, 4 * 3);
  const shot = new Screenshot(4, 2, half);
  expect(shot.pixel(3, 0)).toEqual({ red: 255, green: 255, blue: 255 });
  expect(shot.pixel(0, 1)).toEqual({ red: 0, green: 0, blue: 0 });
  const all = { x: 0, y: 0, width: 4, height: 2 };
  expect(shot.share(all, (pixel) => pixel.red === 255)).toBe(1);
  expect(shot.share({ ...all, y: 1 }, (pixel) => pixel.red === 255)).toBe(0);
});

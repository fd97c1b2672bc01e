import { expect, it } from 'vitest';
import { parseWindowTree, Screenshot } from '../../support/display';

it('reads titled windows of programs from the tree, and skips helpers', () => {
  const tree = `
xwininfo: Window id: 0x53e (the root window) (has no name)

  Root window id: 0x53e (the root window) (has no name)
  Parent window id: 0x0 (none)
     3 children:
     0x600007 (has no name): ()  368x224+904+568  +904+568
        1 child:
        0x400003 "Incoming call": ("peal" "Peal")  360x200+4+20  +908+588
     0x20000b "Openbox": ()  1x1+-100+-100  +-100+-100
     0x800001 "Anna "the voice" Li": ("peal" "Peal")  640x480+0+0  +-20+160
`;
  expect(parseWindowTree(tree)).toEqual([
    { id: '0x400003', title: 'Incoming call', x: 908, y: 588, width: 360, height: 200 },
    { id: '0x800001', title: 'Anna "the voice" Li', x: -20, y: 160, width: 640, height: 480 },
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

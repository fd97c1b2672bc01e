import { describe, expect, it } from 'vitest';
import type { Corner, MiniMemory } from '#main/storage/schemas';
import {
  cornerNear,
  cornerOn,
  inside,
  miniSize,
  nextCorner,
  placeIn,
  screenFor,
  screenOf,
  withCorner,
} from '#main/windows/mini-place';

/** Two screens side by side, each with a panel; the right one is higher. */
const left = { id: '1', workArea: { x: 0, y: 28, width: 1280, height: 772 } };
const right = { id: '2', workArea: { x: 1280, y: 0, width: 1920, height: 1040 } };
const both = [left, right];
const size = { width: 256, height: 136 };
const on = (x: number, y: number) => ({ x, y, ...size });

describe('the size of the mini window', () => {
  it('is what it shows needs, and more for a picture than for a voice', () => {
    expect(miniSize({ shape: 'voice', textScale: 1 })).toEqual(size);
    expect(miniSize({ shape: 'picture', textScale: 1 })).toEqual({ width: 256, height: 192 });
  });

  it('grows with the text up to a limit, and never shrinks with it', () => {
    expect(miniSize({ shape: 'voice', textScale: 1.25 })).toEqual({ width: 320, height: 170 });
    expect(miniSize({ shape: 'voice', textScale: 2 })).toEqual({ width: 384, height: 204 });
    expect(miniSize({ shape: 'voice', textScale: 8 })).toEqual({ width: 384, height: 204 });
    expect(miniSize({ shape: 'voice', textScale: 0.5 })).toEqual(size);
  });
});

describe('the place of the mini window', () => {
  it.each([
    ['top-left', 16, 44],
    ['top-right', 1008, 44],
    ['bottom-left', 16, 648],
    ['bottom-right', 1008, 648],
  ] satisfies [Corner, number, number][])('is in the corner %s, beside panels', (corner, x, y) => {
    expect(placeIn(corner, left, size)).toEqual(on(x, y));
  });

  it('is within the smallest screen', () => {
    const tiny = { id: '3', workArea: { x: 10, y: 20, width: 264, height: 100 } };
    expect(placeIn('bottom-right', tiny, size)).toEqual({ x: 14, y: 20, width: 256, height: 100 });
    expect(placeIn('top-left', tiny, size)).toEqual({ x: 14, y: 20, width: 256, height: 100 });
  });

  it('is where it was dropped: on that screen, in the nearest corner', () => {
    expect(screenOf(both, on(1200, 500))).toBe(right);
    expect(cornerNear(on(1200, 300), right)).toBe('top-left');
    expect(cornerNear(on(1500, 700), right)).toBe('bottom-left');
    expect(cornerNear(on(900, 40), left)).toBe('top-right');
  });

  it('is on the nearest screen when it was dropped beside all of them', () => {
    expect(screenOf(both, on(3300, 500))).toBe(right);
    expect(screenOf(both, on(-900, -900))).toBe(left);
    expect(screenOf([], on(0, 0))).toBeNull();
  });

  it('is in the next corner by an arrow key, and stays at the edge', () => {
    expect(nextCorner('bottom-right', 'left')).toBe('bottom-left');
    expect(nextCorner('bottom-right', 'up')).toBe('top-right');
    expect(nextCorner('top-left', 'down')).toBe('bottom-left');
    expect(nextCorner('top-left', 'left')).toBe('top-left');
    expect(nextCorner('top-left', 'right')).toBe('top-right');
  });
});

describe('what is remembered', () => {
  it('is the last screen and the corner on each', () => {
    const memory = withCorner(withCorner(undefined, left, 'top-left'), right, 'bottom-left');
    expect(memory).toEqual([
      { screen: '1', corner: 'top-left' },
      { screen: '2', corner: 'bottom-left' },
    ]);
    expect(screenFor(both, memory, on(100, 100))).toBe(right);
    expect(cornerOn(right, memory)).toBe('bottom-left');
  });

  it('of a screen that is gone says nothing: the call window’s own counts, with its own corner', () => {
    const memory = withCorner(withCorner(undefined, left, 'top-left'), right, 'bottom-left');
    expect(screenFor([left], memory, on(1500, 100))).toBe(left);
    expect(cornerOn(left, memory)).toBe('top-left');
    expect(cornerOn({ ...left, id: '9' }, memory)).toBe('bottom-right');
    expect(cornerOn(left, undefined)).toBe('bottom-right');
  });

  it('is bounded: the screen that was not used for the longest goes', () => {
    const screens = (of: MiniMemory): string[] => of.map(({ screen }) => screen);
    let memory = withCorner(undefined, { ...left, id: '10' }, 'top-left');
    for (const id of '987654321') memory = withCorner(memory, { ...left, id }, 'top-right');
    expect(screens(memory)).toEqual(Array.from('87654321'));
    memory = withCorner(memory, { ...left, id: '8' }, 'top-left');
    expect(screens(memory)).toEqual(Array.from('76543218'));
  });
});

describe('a window that comes back', () => {
  it('is as it was where its screen is there', () => {
    expect(inside({ x: 100, y: 100, width: 960, height: 640 }, left)).toEqual({
      ...{ x: 100, y: 100, width: 960, height: 640 },
    });
  });

  it('is moved and made smaller until it can be reached', () => {
    expect(inside({ x: 2000, y: -50, width: 1900, height: 640 }, left)).toEqual({
      ...{ x: 0, y: 28, width: 1280, height: 640 },
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rect, type TileWish, layOutTiles } from '../../../../renderer/call/layout';

const aspects = fc.constantFrom(4 / 3, 16 / 9, 9 / 16, 1);
const people = fc
  .array(aspects, { minLength: 1, maxLength: 9 })
  .map((shapes) => shapes.map((aspect, at): TileWish => ({ id: `u${at}`, aspect })));
const side = fc.integer({ min: 1, max: 4_000 });
const rooms = fc.record({ width: side, height: side });

const camera = (count: number): TileWish[] =>
  Array.from({ length: count }, (_, at) => ({ id: `u${at}`, aspect: 4 / 3 }));

function overlap(one: Rect, other: Rect): boolean {
  const across = one.x < other.x + other.width && other.x < one.x + one.width;
  const down = one.y < other.y + other.height && other.y < one.y + one.height;
  return across && down;
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, at) => items.slice(at + 1).map((other): [T, T] => [one, other]));
}

const area = ({ width, height }: Rect): number => width * height;
/** The first row is never the shorter one. */
const columnsOf = (rects: readonly Rect[]): number =>
  rects.filter(({ y }) => y === rects[0]?.y).length;

describe('the people of a call on the screen', () => {
  it('are all there, inside the window and never over one another, with a pin and without', () => {
    fc.assert(
      fc.property(people, rooms, fc.option(fc.nat(8)), (tiles, room, at) => {
        const placed = layOutTiles(tiles, room, at === null ? null : `u${at}`);
        const rects = [...placed.values()];
        expect([...placed.keys()].toSorted()).toEqual(tiles.map(({ id }) => id).toSorted());
        for (const { x, y, width, height } of rects) {
          expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(room.width);
          expect(y + height).toBeLessThanOrEqual(room.height);
        }
        expect(pairs(rects).filter(([one, other]) => overlap(one, other))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are of one size without a pin, and so are the others of a pinned one', () => {
    fc.assert(
      fc.property(people, rooms, fc.option(fc.nat(8)), (tiles, room, at) => {
        const pinned = at === null ? null : `u${at}`;
        const placed = layOutTiles(tiles, room, pinned);
        const sizes = tiles
          .filter(({ id }) => id !== pinned)
          .map(({ id }) => `${placed.get(id)?.width} × ${placed.get(id)?.height}`);
        expect(new Set(sizes).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are never cut to slits, and fill at least a third of any window of a usual shape', () => {
    const windows = fc.record({
      width: fc.integer({ min: 320, max: 3_840 }),
      height: fc.integer({ min: 320, max: 2_160 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), windows, (count, room) => {
        const rects = [...layOutTiles(camera(count), room).values()];
        for (const { width, height } of rects) {
          expect(width / height).toBeGreaterThan(0.72);
          expect(width / height).toBeLessThan(1.84);
        }
        const long = Math.max(room.width / room.height, room.height / room.width);
        const covered = rects.reduce((sum, rect) => sum + area(rect), 0);
        if (long <= 2) expect(covered / (room.width * room.height)).toBeGreaterThan(1 / 3);
      }),
    );
  });

  it('show the pinned one larger than anybody, and all others', () => {
    const windows = fc.record({
      width: fc.integer({ min: 240, max: 3_840 }),
      height: fc.integer({ min: 240, max: 2_160 }),
    });
    fc.assert(
      fc.property(people, windows, fc.nat(8), (tiles, room, at) => {
        fc.pre(tiles.length > 1 && at < tiles.length);
        const { [`u${at}`]: large, ...others } = Object.fromEntries(
          layOutTiles(tiles, room, `u${at}`),
        );
        for (const other of Object.values(others)) {
          expect(area(other)).toBeGreaterThan(0);
          expect(area(other)).toBeLessThan(large ? area(large) : 0);
        }
      }),
    );
  });

  it.each([
    { count: 2, width: 1280, height: 720, columns: 2 },
    { count: 2, width: 400, height: 800, columns: 1 },
    { count: 3, width: 1280, height: 720, columns: 2 },
    { count: 4, width: 960, height: 640, columns: 2 },
    { count: 5, width: 1280, height: 720, columns: 3 },
    { count: 6, width: 1280, height: 720, columns: 3 },
    { count: 6, width: 480, height: 900, columns: 2 },
    { count: 9, width: 1280, height: 720, columns: 3 },
    { count: 9, width: 2400, height: 500, columns: 5 },
  ])('$count lie in $columns columns at $width × $height', ({ count, columns, ...room }) => {
    expect(columnsOf([...layOutTiles(camera(count), room).values()])).toBe(columns);
  });

  it('have the last row in the middle', () => {
    const rects = [...layOutTiles(camera(3), { width: 800, height: 608 }).values()];
    expect(rects).toEqual([
      { x: 0, y: 0, width: 396, height: 300 },
      { x: 404, y: 0, width: 396, height: 300 },
      { x: 202, y: 308, width: 396, height: 300 },
    ]);
  });

  it('are beside the pinned one where the window is wide, and below it where it is high', () => {
    const [wide, high] = [
      { width: 1200, height: 600 },
      { width: 600, height: 1200 },
    ].map((room) => layOutTiles(camera(4), room, 'u2'));
    expect([wide?.get('u2')?.height, high?.get('u2')?.width]).toEqual([600, 600]);
    expect(wide?.get('u0')?.x).toBeGreaterThanOrEqual(800);
    expect(high?.get('u0')?.y).toBeGreaterThanOrEqual(720);
  });

  it('lie as without a pin once the pinned one has left', () => {
    const room = { width: 900, height: 700 };
    expect(layOutTiles(camera(3), room, 'gone')).toEqual(layOutTiles(camera(3), room));
  });
});

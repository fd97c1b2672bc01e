/**
 * Where the people of a group call are on the screen. Pure: the same people in the same room always lie the same way.
 * Without a pin all are of one size, in the number of columns that shows most of each; with a pin one is large, and the
 * others share a strip beside or below it.
 */

export interface Room {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Room {
  readonly x: number;
  readonly y: number;
}

/** One person, and the shape of what they show: width by height. */
export interface TileWish {
  readonly id: string;
  readonly aspect: number;
}

/** A face is cut off sooner than it is framed in black, but never to a slit. */
const narrowest = 3 / 4;
const widest = 16 / 9;
const gapPx = 8;
/** The strip takes what the large picture leaves free, but no less and no more than these parts of the room. */
const leastStrip = 0.2;
const mostStrip = 0.4;

/** Rectangles in whole pixels, by id. `room` begins at 0, 0. */
export function layOutTiles(
  tiles: readonly TileWish[],
  room: Room,
  pinnedId: string | null = null,
): ReadonlyMap<string, Rect> {
  const whole = { x: 0, y: 0, width: Math.floor(room.width), height: Math.floor(room.height) };
  const pinned = tiles.find(({ id }) => id === pinnedId);
  const others = tiles.filter(({ id }) => id !== pinned?.id);
  if (!pinned || others.length === 0) return inGrid(tiles, whole);
  const [large, strip] = split(whole, pinned.aspect);
  return new Map([[pinned.id, large], ...inGrid(others, strip)]);
}

/** The room of the pinned one, and beside it or below it that of the others: wherever more is left over. */
function split(room: Rect, aspect: number): readonly [Rect, Rect] {
  const { x, y, width, height } = room;
  if (width >= height * aspect) {
    const strip = stripOf(width, height * aspect);
    const gap = gapIn(strip, 2);
    const large = { x, y, width: width - strip, height };
    return [large, { x: x + large.width + gap, y, width: strip - gap, height }];
  }
  const strip = stripOf(height, width / aspect);
  const gap = gapIn(strip, 2);
  const large = { x, y, width, height: height - strip };
  return [large, { x, y: y + large.height + gap, width, height: strip - gap }];
}

function stripOf(length: number, wantedByPinned: number): number {
  return Math.floor(clamp(length - wantedByPinned, length * leastStrip, length * mostStrip));
}

interface Grid {
  readonly columns: number;
  readonly gap: number;
  readonly tile: Room;
}

function inGrid(tiles: readonly TileWish[], room: Rect): ReadonlyMap<string, Rect> {
  const { columns, gap, tile } = bestGrid(tiles, room);
  const rows = Math.ceil(tiles.length / columns);
  const top = room.y + middle(room.height, rows, tile.height, gap);
  return new Map(
    tiles.map(({ id }, at) => {
      const row = Math.floor(at / columns);
      // The last row may be shorter; it stands in the middle.
      const inRow = Math.min(columns, tiles.length - row * columns);
      const left = room.x + middle(room.width, inRow, tile.width, gap);
      const x = left + (at % columns) * (tile.width + gap);
      return [id, { ...tile, x, y: top + row * (tile.height + gap) }];
    }),
  );
}

/** More columns only where that shows more; so two that show the same keep the fewer columns. */
function bestGrid(tiles: readonly TileWish[], room: Room): Grid {
  const wished = tiles.reduce((sum, { aspect }) => sum + aspect, 0) / Math.max(1, tiles.length);
  let best = gridWith(1, tiles.length, room);
  for (let columns = 2; columns <= tiles.length; columns += 1) {
    const grid = gridWith(columns, tiles.length, room);
    if (shown(grid.tile, wished) > shown(best.tile, wished)) best = grid;
  }
  return best;
}

function gridWith(columns: number, count: number, { width, height }: Room): Grid {
  const rows = Math.max(1, Math.ceil(count / columns));
  const gap = Math.min(gapIn(width, columns), gapIn(height, rows));
  const cell = {
    width: (width - (columns - 1) * gap) / columns,
    height: (height - (rows - 1) * gap) / rows,
  };
  const tile = {
    width: Math.floor(Math.min(cell.width, cell.height * widest)),
    height: Math.floor(Math.min(cell.height, cell.width / narrowest)),
  };
  return { columns, gap, tile };
}

/** How much of a picture of this shape is seen whole in the tile. */
function shown({ width, height }: Room, aspect: number): number {
  const seen = Math.min(width, height * aspect);
  return seen * (seen / aspect);
}

/** Gaps give way before people do. */
function gapIn(length: number, parts: number): number {
  return Math.floor(Math.min(gapPx, length / (parts * 4)));
}

function middle(length: number, parts: number, part: number, gap: number): number {
  return Math.floor((length - parts * part - (parts - 1) * gap) / 2);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

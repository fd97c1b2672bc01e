/** Where the mini window is, and how large. Pure: rectangles of the screens in, a rectangle out. */
import type { Direction, MiniLook } from '#common/ipc';
import type { Corner, MiniMemory } from '../storage/schemas';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

export interface ScreenArea {
  readonly id: string;
  /** Without panels and docks. */
  readonly workArea: Rect;
}

/** What usual text needs. A picture is as wide, and as high as most cameras make it. */
const sizes: Readonly<Record<MiniLook['shape'], Size>> = {
  voice: { width: 256, height: 136 },
  picture: { width: 256, height: 192 },
};
/** Larger text gets more room, up to this: beyond it, the window would be in the way of what it is above. */
const mostScale = 1.5;
const marginPx = 16;
/** Somebody takes a notebook to a few places; more screens than this are not remembered. */
const remembered = 8;
const atFirst: Corner = 'bottom-right';

export function miniSize({ shape, textScale }: MiniLook): Size {
  const scale = Math.min(Math.max(textScale, 1), mostScale);
  const { width, height } = sizes[shape];
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** The screen it was on last; if that is gone, the one that the call window is on. Null without any screen. */
export function screenFor(
  screens: readonly ScreenArea[],
  memory: MiniMemory | undefined,
  window: Rect,
): ScreenArea | null {
  return screens.find(({ id }) => id === memory?.at(-1)?.screen) ?? screenOf(screens, window);
}

/** The one that shows the middle of it, or is the nearest to that. */
export function screenOf(screens: readonly ScreenArea[], window: Rect): ScreenArea | null {
  const [first, ...others] = screens;
  if (!first) return null;
  const middle = middleOf(window);
  return others.reduce(
    (best, each) =>
      distance(each.workArea, middle) < distance(best.workArea, middle) ? each : best,
    first,
  );
}

export function cornerOn({ id }: ScreenArea, memory: MiniMemory | undefined): Corner {
  return memory?.find(({ screen }) => screen === id)?.corner ?? atFirst;
}

/** The whole of it inside, however small the screen is. */
export function placeIn(corner: Corner, { workArea }: ScreenArea, size: Size): Rect {
  const width = Math.min(size.width, workArea.width);
  const height = Math.min(size.height, workArea.height);
  const across = spaceBeside(workArea.width, width);
  const down = spaceBeside(workArea.height, height);
  const isLeft = corner.endsWith('left');
  const isTop = corner.startsWith('top');
  return {
    x: workArea.x + (isLeft ? across.near : across.far),
    y: workArea.y + (isTop ? down.near : down.far),
    width,
    height,
  };
}

/** The corner that a window dropped there goes into. */
export function cornerNear(window: Rect, { workArea }: ScreenArea): Corner {
  const [dropped, middle] = [middleOf(window), middleOf(workArea)];
  return cornerAt(dropped.y < middle.y, dropped.x < middle.x);
}

export function nextCorner(corner: Corner, towards: Direction): Corner {
  if (towards === 'left' || towards === 'right') {
    return cornerAt(corner.startsWith('top'), towards === 'left');
  }
  return cornerAt(towards === 'up', corner.endsWith('left'));
}

export function withCorner(
  memory: MiniMemory | undefined,
  { id }: ScreenArea,
  corner: Corner,
): MiniMemory {
  const others = (memory ?? []).filter(({ screen }) => screen !== id);
  return [...others.slice(-(remembered - 1)), { screen: id, corner }];
}

/** A window that comes back is where somebody can reach it, whatever became of its screen. */
export function inside(window: Rect, { workArea }: ScreenArea): Rect {
  const width = Math.min(window.width, workArea.width);
  const height = Math.min(window.height, workArea.height);
  const right = workArea.x + workArea.width - width;
  const bottom = workArea.y + workArea.height - height;
  return {
    x: Math.min(Math.max(window.x, workArea.x), right),
    y: Math.min(Math.max(window.y, workArea.y), bottom),
    width,
    height,
  };
}

function cornerAt(isTop: boolean, isLeft: boolean): Corner {
  if (isTop) return isLeft ? 'top-left' : 'top-right';
  return isLeft ? 'bottom-left' : 'bottom-right';
}

/** From the edge of the screen to that of the window, in the near corner and in the far one. */
function spaceBeside(room: number, length: number): { near: number; far: number } {
  const near = Math.min(marginPx, Math.floor((room - length) / 2));
  return { near, far: room - length - near };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function middleOf({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** 0 inside. */
function distance({ x, y, width, height }: Rect, point: Point): number {
  const across = Math.max(x - point.x, 0, point.x - (x + width));
  const down = Math.max(y - point.y, 0, point.y - (y + height));
  return Math.hypot(across, down);
}

/** Which square of a picture is seen. Pure: sizes and places in pixels of the picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Crop {
  /** 1: as much as fits; 4: a quarter of it in each direction. */
  readonly zoom: number;
  /** The middle of the square. */
  readonly x: number;
  readonly y: number;
}

export interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

export const maxZoom = 4;

export function wholePicture({ width, height }: Size): Crop {
  return { zoom: 1, x: width / 2, y: height / 2 };
}

/** The nearest crop that shows nothing outside of the picture. */
export function inside(size: Size, { zoom, x, y }: Crop): Crop {
  const kept = Math.min(Math.max(zoom, 1), maxZoom);
  const half = sideOf(size, kept) / 2;
  return {
    zoom: kept,
    x: Math.min(Math.max(x, half), size.width - half),
    y: Math.min(Math.max(y, half), size.height - half),
  };
}

export function squareOf(size: Size, crop: Crop): Square {
  const { zoom, x, y } = inside(size, crop);
  const side = sideOf(size, zoom);
  return { left: x - side / 2, top: y - side / 2, side };
}

/** The picture follows the hand: moved by parts of what is seen, to the right shows more of its left. */
export function moved(
  size: Size,
  crop: Crop,
  by: { readonly x: number; readonly y: number },
): Crop {
  const side = sideOf(size, crop.zoom);
  return inside(size, { ...crop, x: crop.x - by.x * side, y: crop.y - by.y * side });
}

function sideOf({ width, height }: Size, zoom: number): number {
  return Math.min(width, height) / zoom;
}

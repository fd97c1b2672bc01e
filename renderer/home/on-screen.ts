/** Which rows of a long list a person can see, and a few more on both sides, as a slice. */
export interface Viewport {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
}

export function rowsOnScreen(
  count: number,
  { scrollTop, height, rowHeight }: Viewport,
): [number, number] {
  const spare = 10;
  if (rowHeight <= 0) return [0, Math.min(count, 2 * spare)];
  const first = Math.floor(scrollTop / rowHeight);
  const last = Math.ceil((scrollTop + height) / rowHeight);
  return [Math.max(0, first - spare), Math.min(count, last + spare)];
}

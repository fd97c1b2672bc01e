/** How several runs become one figure. Single runs on a shared machine say little: medians and ratios are what counts. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? NaN;
  const high = sorted[Math.floor(middle)] ?? NaN;
  return (low + high) / 2;
}

/** The value that so large a share (0 to 1) of all does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export interface Comparison {
  /** The median of both, absolute. */
  readonly product: number;
  readonly anchor: number;
  /** The median of the ratios of turns: what the two did right after one another. */
  readonly ratio: number;
  /** The best of one to the best of the other: how they compare where nothing else disturbed. */
  readonly ratioOfMinima: number;
}

/** Both in the order of their turns. */
export function compare(product: readonly number[], anchor: readonly number[]): Comparison {
  if (product.length !== anchor.length || product.length === 0) {
    throw new Error('A comparison needs as many runs of the one as of the other.');
  }
  return {
    product: median(product),
    anchor: median(anchor),
    ratio: median(product.map((value, turn) => value / (anchor[turn] ?? NaN))),
    ratioOfMinima: Math.min(...product) / Math.min(...anchor),
  };
}

export function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

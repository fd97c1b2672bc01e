import { describe, expect, it } from 'vitest';
import { compare, median, percentile } from '../../../bench/lib/statistics';

describe('the figures of a bench', () => {
  it.each([
    ['of an odd number of runs is the middle one', [3, 1, 20], 3],
    ['of an even number lies between the two in the middle', [4, 1, 20, 2], 3],
    ['of one run is that run', [7], 7],
    ['of none is no number', [], NaN],
  ])('the median %s', (_what, values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it.each([
    ['of twenty is the nineteenth', Array.from({ length: 20 }, (_, at) => 20 - at), 19],
    ['of three is the last', [3, 1, 2], 3],
    ['of none is no number', [], NaN],
  ])('what 95 in 100 do not exceed %s', (_what, values, expected) => {
    expect(percentile(values, 0.95)).toBe(expected);
  });

  it('compares what two did in the same turn, so that a slow turn of the machine is one for both', () => {
    const product = [12, 120, 11];
    const anchor = [10, 100, 10];
    expect(compare(product, anchor)).toEqual({
      ...{ product: 12, anchor: 10, ratio: 1.2, ratioOfMinima: 1.1 },
    });
  });

  it('refuses runs that have no counterpart', () => {
    expect(() => compare([1, 2], [1])).toThrow(/as many/);
    expect(() => compare([], [])).toThrow(/as many/);
  });
});

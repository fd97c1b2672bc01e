import { describe, expect, it } from 'vitest';
import { countMissed, countText } from '#common/missed-count';

describe('missed calls', () => {
  it.each([
    [0, false, '0'],
    [0, true, '0'],
    [7, false, '7'],
    [30, true, '30+'],
    [51, false, '51'],
    [56, true, '50+'],
  ])('of which %i are known, and older ones: %s, are "%s"', (known, hasOlder, text) => {
    expect(countText(countMissed(known, hasOlder))).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import { cleanName } from '#server/names';

describe('a name', () => {
  it.each([
    ['Anna Li', 'Anna Li'],
    ['  Zoë\u00a0', 'Zoë'],
    ['李小龙', '李小龙'],
    ['محمد\u200f', 'محمد\u200f'],
    ['👩‍💻', '👩‍💻'],
    ['x'.repeat(limits.nameChars), 'x'.repeat(limits.nameChars)],
    ['😀'.repeat(limits.nameChars), '😀'.repeat(limits.nameChars)],
  ])('such as %j is kept as %j', (typed, kept) => {
    expect(cleanName(typed)).toBe(kept);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \u3000 '],
    ['what nobody sees', '\u200b\u200d'],
    ['a line break', 'Anna\nLi'],
    ['a control character', 'Anna\u009bLi'],
    ['a sign that turns the text', 'Anna\u202eiL'],
    ['a hundred and one letters', 'x'.repeat(limits.nameChars + 1)],
  ])('is not %s', (_what, typed) => {
    expect(cleanName(typed)).toBeNull();
  });
});

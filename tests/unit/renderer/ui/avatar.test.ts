import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avatarColours, colourOf, initialsOf } from '../../../../renderer/ui/avatar';

describe('the initials of a person', () => {
  it.each([
    ['Anna Li', 'AL'],
    ['anna', 'A'],
    ['Ana Maria de Souza', 'AS'],
    ['李安娜', '安娜'],
    ['王芳', '王芳'],
    ['Li 安娜', '安娜'],
    ['Émile Zola', 'ÉZ'],
    ['👩‍💻 Kim', '👩‍💻K'],
    ['   ', ''],
    ['', ''],
  ])('%j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('the colour of a person', () => {
  it('is one of the tokens, and stays', () => {
    fc.assert(
      fc.property(fc.string(), (userId) => {
        expect(colourOf(userId)).toBeGreaterThanOrEqual(0);
        expect(colourOf(userId)).toBeLessThan(avatarColours);
        expect(colourOf(userId)).toBe(colourOf(userId));
      }),
    );
  });

  it('differs among the first people of a team', () => {
    const colours = Array.from({ length: 20 }, (_, n) => colourOf(`user-${String(n)}`));
    expect(new Set(colours).size).toBeGreaterThan(4);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import { userIdPattern } from '#protocol/user-id';
import { userIdFor } from '#server/user-id';

describe('the user id of a name', () => {
  it.each([
    ['Anna Li', 'anna-li'],
    ['  José  Ñandú ', 'jose-nandu'],
    ['Dr. O’Neil (Sales)', 'dr-o-neil-sales'],
    ['Ｗｉｄｅ', 'wide'],
    [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
  ])('of %j can be read', (name, userId) => {
    expect(userIdFor(name)).toBe(userId);
  });

  it('of a name in another script is the same each time, and another for another name', () => {
    expect(userIdFor('李小龙')).toMatch(/^user-[0-9a-f]{12}$/);
    expect(userIdFor('李小龙')).toBe(userIdFor('李小龙'));
    expect(userIdFor('李小龙')).not.toBe(userIdFor('陈明'));
  });

  it('of any name is one, with room for a number', () => {
    const pattern = new RegExp(userIdPattern, 'u');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const userId = userIdFor(name);
        expect(userId).toMatch(pattern);
        expect(userId.length).toBeLessThanOrEqual(limits.idChars - 10);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { companyOf } from '../../../../renderer/incoming/company';

const names = ['Bao', 'Chen', 'Deng', 'Elif', 'Farid'];
const ids = names.map((name) => name.toLowerCase());
const people = new Map(names.map((name) => [name.toLowerCase(), { userId: name, name }]));
const companyAt = (count: number, joinedIds: readonly string[] = []) =>
  companyOf(ids.slice(0, count), { joinedIds, people });

describe('who else is in a call that rings', () => {
  it('is named, those first who are in it already', () => {
    expect(companyAt(3, ['deng'])).toEqual({
      named: [
        { name: 'Deng', isThere: true },
        { name: 'Bao', isThere: false },
        { name: 'Chen', isThere: false },
      ],
      others: 0,
    });
  });

  it.each([
    [1, 1, 0],
    [4, 4, 0],
    [5, 3, 2],
  ])(
    'of %i are named %i, and %i counted: never “one other” in the place of a name',
    (all, named, others) => {
      const company = companyAt(all);
      expect([company.named.length, company.others]).toEqual([named, others]);
    },
  );

  it('is counted where no name has come, and is nobody in a call between two', () => {
    const unknown = { joinedIds: [], people: new Map() };
    expect(companyOf(['bao', 'x'], unknown)).toEqual({ named: [], others: 2 });
    expect(companyOf(['bao', 'x'], { joinedIds: [], people })).toEqual({
      named: [{ name: 'Bao', isThere: false }],
      others: 1,
    });
    expect(companyOf([], unknown)).toEqual({ named: [], others: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import {
  allToggled,
  isTooMany,
  mayCall,
  selectedOf,
  stillThere,
  toggled,
} from '../../../../renderer/home/groups/selection';

const members = ['bao', 'chen', 'dora'];

describe('whom of a group a call is for', () => {
  it('is changed one by one, and in the order of the members', () => {
    const ticked = toggled(stillThere(toggled([], 'dora'), members), 'bao');
    expect(stillThere(ticked, members)).toEqual(['bao', 'dora']);
    expect(stillThere(toggled(['bao', 'dora'], 'dora'), members)).toEqual(['bao']);
  });

  it('loses who is no member any more', () => {
    expect(stillThere(new Set(['bao', 'emil']), ['chen', 'bao'])).toEqual(['bao']);
  });

  it('is all by one click, and nobody by the next', () => {
    expect([...allToggled(['chen'], members)]).toEqual(members);
    expect([...allToggled(members, members)]).toEqual([]);
  });

  it('is none, some or all, and never all of nobody', () => {
    const selected = [[], ['bao'], members].map((ticked) => selectedOf(ticked, members));
    expect([...selected, selectedOf([], [])]).toEqual(['none', 'some', 'all', 'none']);
  });

  it('is somebody, and one less than a call takes at most, for the user is in it, too', () => {
    const counts = [0, 1, limits.participants - 1, limits.participants];
    expect(counts.map(mayCall)).toEqual([false, true, true, false]);
    expect(counts.map(isTooMany)).toEqual([false, false, false, true]);
  });
});

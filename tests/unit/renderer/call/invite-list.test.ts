import { describe, expect, it } from 'vitest';
import type { UserProfile } from '#protocol/messages';
import { candidatesOf, matching, toggled } from '../../../../renderer/call/invite-list';

const person = (userId: string): UserProfile => ({ userId, name: `${userId.toUpperCase()} Li` });
const people = (...ids: readonly string[]): readonly UserProfile[] => ids.map(person);
const ids = (all: readonly UserProfile[]): readonly string[] => all.map(({ userId }) => userId);

describe('whom one can add to a call', () => {
  it('is whoever was found and is not in the call', () => {
    const found = people('anna', 'bao', 'carla');
    const shown = candidatesOf({ chosen: [], found, presentIds: new Set(['anna', 'bao']) });
    expect(ids(shown)).toEqual(['carla']);
  });

  it('keeps those who were ticked before another search, each once and where they were found', () => {
    const chosen = people('deng', 'carla');
    const shown = candidatesOf({ chosen, found: people('bao', 'carla'), presentIds: new Set() });
    expect(ids(shown)).toEqual(['deng', 'bao', 'carla']);
  });

  it('is found in a group by a part of the name in either case', () => {
    expect(ids(matching(people('anna', 'bao'), ' aO '))).toEqual(['bao']);
    expect(ids(matching(people('anna', 'bao'), ''))).toEqual(['anna', 'bao']);
  });

  it('is ticked and unticked', () => {
    const once = toggled(toggled([], person('bao')), person('anna'));
    expect(ids(once)).toEqual(['bao', 'anna']);
    expect(ids(toggled(once, person('bao')))).toEqual(['anna']);
  });
});

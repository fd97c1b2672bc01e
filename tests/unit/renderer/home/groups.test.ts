import { beforeEach, describe, expect, it } from 'vitest';
import type { GroupProblem } from '#common/problems';
import type { Group, UserProfile } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { useChoice } from '../../../../renderer/home/stores/choice';
import { useGroups } from '../../../../renderer/home/stores/groups';
import { useSession } from '../../../../renderer/home/stores/session';
import { onHomePage } from './support/home-page';

const person = (userId: string): UserProfile => ({ userId, name: userId.toUpperCase() });
const group = (groupId: string, ...memberIds: string[]): Group => ({
  groupId,
  name: groupId.toUpperCase(),
  memberIds: ['anna', ...memberIds],
});

/** What the server has, what it was asked, and what it says next. */
let kept: Result<readonly Group[], 'offline'>;
let asked: unknown[];
let answer: Result<Group, GroupProblem>;
let pushGroups: () => void;
let pushProfile: (person: UserProfile) => void;
let groups: ReturnType<typeof useGroups>;
let choice: ReturnType<typeof useChoice>;

const save = (request: unknown): Promise<Result<Group, GroupProblem>> => {
  asked.push(request);
  return Promise.resolve(answer);
};

beforeEach(() => {
  kept = ok([group('sales', 'bao'), group('cooks', 'bao', 'chen')]);
  asked = [];
  [groups, choice] = onHomePage(
    {
      listGroups: () => Promise.resolve(kept),
      findPeople: ({ userIds }) => {
        asked.push(userIds);
        return Promise.resolve(ok(userIds.map(person)));
      },
      createGroup: save,
      changeGroup: save,
      onGroupsChanged: (listener) => {
        pushGroups = () => listener(null);
        return () => undefined;
      },
      onProfileChanged: (listener) => {
        pushProfile = listener;
        return () => undefined;
      },
    },
    () => {
      useSession().self = person('anna');
      return [useGroups(), useChoice()];
    },
  );
  groups.start();
});

const names = (): string[] => groups.all.map(({ name }) => name);

describe('the groups in home', () => {
  it('are those of the server, in the order of their names, and follow it', async () => {
    await groups.load();
    expect(names()).toEqual(['COOKS', 'SALES']);
    kept = ok([group('sales', 'bao')]);
    pushGroups();
    await expect.poll(names).toEqual(['SALES']);
  });

  it('stay on the screen while the server cannot be asked', async () => {
    await groups.load();
    kept = err('offline');
    await groups.load();
    expect(names()).toEqual(['COOKS', 'SALES']);
  });

  it('show their members by name once somebody looks, asking for each person once', async () => {
    await groups.load();
    expect(asked).toEqual([]);
    await groups.choose('cooks');
    expect(groups.members.map(({ name }) => name)).toEqual(['ANNA', 'BAO', 'CHEN']);
    await groups.choose('sales');
    expect(asked).toEqual([['anna', 'bao', 'chen']]);
    pushProfile({ userId: 'bao', name: 'Zhang Bao' });
    expect(groups.members.map(({ name }) => name)).toEqual(['ANNA', 'Zhang Bao']);
  });

  it('leave the screen when the user is taken out of them', async () => {
    await groups.load();
    await groups.choose('cooks');
    kept = ok([group('sales', 'bao')]);
    await groups.load();
    expect([groups.chosen, choice.groupId]).toEqual([null, null]);
  });

  it('make room for the people: a few, and the chosen one, until all are wanted', async () => {
    kept = ok(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => group(id)));
    await groups.load();
    await groups.choose('f');
    const ids = (query: string): string[] => groups.shown(query).map(({ groupId }) => groupId);
    expect(ids('')).toEqual(['a', 'b', 'c', 'd', 'f']);
    groups.showsAll = true;
    expect(ids('')).toHaveLength(6);
    expect(ids('E')).toEqual(['e']);
  });
});

describe('a group that the user changes', () => {
  it('is on the screen at once when it is new', async () => {
    await groups.load();
    answer = ok(group('night', 'chen'));
    expect(await groups.create('Night', ['chen'])).toBe(true);
    expect(asked[0]).toEqual({ name: 'Night', memberIds: ['chen'] });
    expect(names()).toEqual(['COOKS', 'NIGHT', 'SALES']);
    expect(groups.chosen?.groupId).toBe('night');
  });

  it('is left by naming all but oneself, and is gone then', async () => {
    await groups.load();
    await groups.choose('sales');
    asked = [];
    answer = ok({ ...group('sales'), memberIds: ['bao'] });
    expect(await groups.leave(group('sales', 'bao'))).toBe(true);
    expect(asked).toEqual([{ groupId: 'sales', memberIds: ['bao'] }]);
    expect([names(), choice.groupId]).toEqual([['COOKS'], null]);
  });

  it('stays as it was when that did not work, and says why', async () => {
    await groups.load();
    answer = err('user-unknown');
    expect(await groups.change({ groupId: 'sales', name: 'Sellers' })).toBe(false);
    expect([groups.problem, names()]).toEqual(['user-unknown', ['COOKS', 'SALES']]);
    groups.forgetProblem();
    expect(groups.problem).toBe(null);
  });

  it('is not undone by an answer that is older', async () => {
    await groups.load();
    const older = groups.load();
    answer = ok({ ...group('sales', 'bao'), name: 'Sellers' });
    await groups.change({ groupId: 'sales', name: 'Sellers' });
    await older;
    expect(names()).toEqual(['COOKS', 'Sellers']);
  });

  it('means nothing to whoever signs in next', async () => {
    await groups.load();
    groups.showsAll = true;
    groups.reset();
    expect([groups.all, groups.isLoaded, groups.showsAll]).toEqual([[], false, false]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import type { CallRules } from '#common/ipc';
import type { RulesProblem } from '#common/problems';
import { type UserProfile, defaultCallRules } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { useFavourites } from '#renderer/home/stores/favourites';
import { useRules } from '#renderer/home/stores/rules';
import { onHomePage } from './support/home-page';

const bao: UserProfile = { userId: 'bao', name: 'Bao Chen' };

const withFavourites = (...favouriteUserIds: string[]): CallRules => ({
  ...defaultCallRules,
  favouriteUserIds,
});

let asked: unknown[];
let answer: Result<CallRules, RulesProblem>;
let push: (rules: CallRules) => void;
let rename: ((person: UserProfile) => void)[];
let favourites: ReturnType<typeof useFavourites>;

beforeEach(() => {
  [asked, rename] = [[], []];
  favourites = onHomePage(
    {
      favour: (request) => {
        asked.push(request);
        if (answer.ok) push(answer.value);
        return Promise.resolve(answer);
      },
      findPeople: ({ userIds }) => {
        asked.push(userIds);
        return Promise.resolve(
          ok(userIds.map((userId) => ({ userId, name: `Name of ${userId}` }))),
        );
      },
      onRulesChanged: (listener) => {
        push = listener;
        return () => undefined;
      },
      onProfileChanged: (listener) => {
        rename.push(listener);
        return () => undefined;
      },
    },
    () => {
      useRules().start();
      return useFavourites();
    },
  );
  favourites.start();
  push(defaultCallRules);
});

const names = (): string[] => favourites.people.map(({ name }) => name);
const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('the favourites', () => {
  it('are those of the rules, in the order of choosing, by their names', async () => {
    push(withFavourites('chen', 'anna'));
    expect(names()).toEqual(['chen', 'anna']);
    await nextTick();
    await idle();
    expect(names()).toEqual(['Name of chen', 'Name of anna']);
    rename.forEach((tell) => tell({ userId: 'anna', name: 'Anna Zhou' }));
    expect(names()).toEqual(['Name of chen', 'Anna Zhou']);
    push(withFavourites('anna', 'chen'));
    await idle();
    expect(asked).toEqual([['chen', 'anna']]);
    expect(names()).toEqual(['Anna Zhou', 'Name of chen']);
  });

  it('are chosen and let go by the same key, and nobody asks for a name that is on the screen', async () => {
    answer = ok(withFavourites('bao'));
    await favourites.toggle(bao);
    expect(names()).toEqual(['Bao Chen']);
    answer = ok(withFavourites());
    await favourites.toggle(bao);
    expect(names()).toEqual([]);
    expect(asked).toEqual([
      { userId: 'bao', favourite: true },
      { userId: 'bao', favourite: false },
    ]);
  });

  it('are chosen once, however often the key is pressed', async () => {
    answer = ok(withFavourites('bao'));
    await Promise.all([favourites.toggle(bao), favourites.toggle(bao)]);
    expect(asked).toHaveLength(1);
  });

  it('stay as they are when there is no room for more, and it is said', async () => {
    answer = err('too-many');
    await favourites.toggle(bao);
    expect(favourites.has('bao')).toBe(false);
    expect(favourites.problem).toBe('too-many');
    favourites.forgetProblem();
    expect(favourites.problem).toBeNull();
  });
});

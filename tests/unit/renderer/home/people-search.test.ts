import { describe, expect, it } from 'vitest';
import type { UserProfile } from '#protocol/messages';
import { limits } from '#protocol/limits';
import { type Result, err, ok } from '#protocol/result';
import { peopleSearch } from '../../../../renderer/home/stores/people-search';
import { presenceWatch } from '../../../../renderer/home/stores/presence-watch';
import { signInAttempt } from '../../../../renderer/home/stores/sign-in-attempt';

type Page = { people: UserProfile[]; cursor?: string };

const person = (userId: string): UserProfile => ({ userId, name: userId.toUpperCase() });

/** A directory whose answers come when the test says so. */
function slowDirectory() {
  const asked: {
    query: string;
    cursor?: string;
    answer: (page: Result<Page, 'offline'>) => void;
  }[] = [];
  const api = {
    searchDirectory: (question: { query: string; cursor?: string }) =>
      new Promise<Result<Page, 'offline'>>((answer) => asked.push({ ...question, answer })),
  };
  return { api, asked };
}

describe('the search for people', () => {
  it('shows the answer to the last question only', async () => {
    const { api, asked } = slowDirectory();
    const search = peopleSearch(api);
    const first = search.search('a');
    const second = search.search('an');
    asked[1]?.answer(ok({ people: [person('anna')] }));
    asked[0]?.answer(ok({ people: [person('adam')] }));
    expect(await Promise.all([first, second])).toEqual([false, true]);
    expect(search.found.value).toEqual([person('anna')]);
    expect(search.shownQuery.value).toBe('an');
  });

  it('adds the next page once, without anybody twice', async () => {
    const { api, asked } = slowDirectory();
    const search = peopleSearch(api);
    const first = search.search('');
    asked[0]?.answer(ok({ people: [person('anna')], cursor: 'c1' }));
    await first;
    const more = [search.loadMore(), search.loadMore()];
    expect(asked).toHaveLength(2);
    asked[1]?.answer(ok({ people: [person('anna'), person('bao')] }));
    await Promise.all(more);
    expect(search.found.value.map((one) => one.userId)).toEqual(['anna', 'bao']);
    expect(search.hasMore.value).toBe(false);
  });

  it.each([
    { who: 'a newcomer', here: ['anna', 'chen'], then: ['anna', 'bao', 'chen'] },
    { who: 'a newcomer behind all others', here: ['anna'], then: ['anna', 'bao'] },
    {
      who: 'nobody who belongs on a page not here yet',
      here: ['anna'],
      more: 'c1',
      then: ['anna'],
    },
  ])('takes $who in where the name belongs', async ({ here, more, then }) => {
    const { api, asked } = slowDirectory();
    const search = peopleSearch(api);
    const first = search.search('');
    asked[0]?.answer(ok({ people: here.map(person), ...(more !== undefined && { cursor: more }) }));
    await first;
    search.learn(person('bao'));
    expect(search.found.value.map((one) => one.userId)).toEqual(then);
  });

  it('takes no newcomer into the answer to another question', async () => {
    const { api, asked } = slowDirectory();
    const search = peopleSearch(api);
    const first = search.search('an');
    asked[0]?.answer(ok({ people: [person('anna')] }));
    await first;
    search.learn(person('bao'));
    expect(search.found.value).toEqual([person('anna')]);
  });

  it('keeps who is on the screen when the server cannot be asked', async () => {
    const { api, asked } = slowDirectory();
    const search = peopleSearch(api);
    const first = search.search('');
    asked[0]?.answer(err('offline'));
    await first;
    expect(search.state.value).toBe('offline');
    const second = search.search('');
    asked[1]?.answer(ok({ people: [person('anna')] }));
    await second;
    const third = search.search('b');
    asked[2]?.answer(err('offline'));
    await third;
    expect([search.state.value, search.found.value.length]).toEqual(['ready', 1]);
  });
});

describe('the watch on presence', () => {
  it('asks once for the same people, and for no more than the server allows', async () => {
    const asked: (readonly string[])[] = [];
    const watch = presenceWatch({
      watchPresence: ({ userIds }) => {
        asked.push(userIds);
        return Promise.resolve(ok([{ userId: 'anna', availability: 'online' as const }]));
      },
    });
    await watch.watch(['anna', 'anna', 'bao']);
    await watch.watch(['anna', 'bao']);
    expect(asked).toEqual([['anna', 'bao']]);
    expect(watch.known.get('anna')?.availability).toBe('online');
    await watch.watch(Array.from({ length: 500 }, (_, n) => `u${String(n)}`));
    expect(asked[1]).toHaveLength(limits.watchedUsers);
  });

  it('asks again after an answer that failed and after a new connection', async () => {
    const answers = [err('offline' as const), ok([])];
    let asked = 0;
    const watch = presenceWatch({
      watchPresence: () => Promise.resolve(answers[asked++] ?? ok([])),
    });
    await watch.watch(['anna']);
    await watch.watch(['anna']);
    watch.forget();
    await watch.watch(['anna']);
    expect(asked).toBe(3);
  });
});

describe('one try to sign in', () => {
  const form = { server: 'wss://x', userId: 'anna', password: 'p' };

  it('is made once, however often it is clicked, and tells why it failed', async () => {
    let asked = 0;
    const attempt = signInAttempt({
      signIn: () => {
        asked += 1;
        return Promise.resolve(err('bad-credentials' as const));
      },
      tryHere: () => Promise.resolve(ok(null)),
      join: () => Promise.resolve(ok(null)),
    });
    await Promise.all([attempt.signIn(form), attempt.signIn(form)]);
    expect([asked, attempt.problem.value]).toEqual([1, 'bad-credentials']);
    await attempt.tryHere('Anna');
    expect([attempt.problem.value, attempt.isSigningIn.value]).toEqual([null, false]);
  });

  it('does not ask a server about a user name that cannot exist', async () => {
    const attempt = signInAttempt({
      signIn: () => Promise.reject(new Error('must not be asked')),
      tryHere: () => Promise.resolve(ok(null)),
      join: () => Promise.resolve(ok(null)),
    });
    await attempt.signIn({ ...form, userId: 'anna li' });
    expect(attempt.problem.value).toBe('bad-credentials');
  });
});

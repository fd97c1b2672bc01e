import { limits, rates } from '#protocol/limits';
import { err, ok } from '#protocol/result';
import type { Clock } from '../../clock';
import type { Store } from '../../store/store';
import { TokenBuckets } from '../token-bucket';
import type { Handlers } from './handler';

type DirectoryRequestType = 'directory.search' | 'directory.profiles';

export function directoryHandlers({ users }: Store, clock: Clock): Handlers<DirectoryRequestType> {
  const searches = new TokenBuckets(rates.search);
  return {
    'directory.search': async (from, { query, cursor }) => {
      const now = clock.monotonic();
      searches.prune(now);
      if (!searches.take(from.userId, now)) return err('rate-limited');
      return ok(await users.search(query, cursor, limits.searchPage));
    },
    'directory.profiles': async (_from, { userIds }) =>
      ok({ people: await users.findMany(userIds) }),
  };
}

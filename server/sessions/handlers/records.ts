import { limits, rates } from '#protocol/limits';
import { err, ok } from '#protocol/result';
import type { Clock } from '../../clock';
import type { RecordStore } from '../../store/store';
import { limiter } from '../limiter';
import type { SessionRegistry } from '../session-registry';
import type { Handlers } from './handler';

interface RecordsOptions {
  readonly store: { readonly records: RecordStore };
  readonly sessions: SessionRegistry;
  readonly clock: Clock;
}

export function recordHandlers({
  store: { records },
  sessions,
  clock,
}: RecordsOptions): Handlers<'records.list' | 'records.seen'> {
  const maySearch = limiter(rates.search, clock);
  return {
    'records.list': async (from, { before, query = '' }) => {
      const { userId } = from;
      const limit = limits.recordsPage;
      if (query.trim() === '') return ok({ records: await records.list(userId, before, limit) });
      if (!maySearch(from)) return err('rate-limited');
      return ok({ records: await records.search(userId, query, { before, limit }) });
    },
    'records.seen': async ({ userId, connection }, { recordIds, upTo }) => {
      await records.markSeen(userId, recordIds, upTo);
      const until = upTo === undefined ? {} : { upTo };
      for (const other of sessions.ofUser(userId)) {
        if (other !== connection) other.push({ type: 'records.seen', recordIds, ...until });
      }
      return ok({});
    },
  };
}

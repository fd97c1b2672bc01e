import { limits } from '#protocol/limits';
import { ok } from '#protocol/result';
import type { RecordStore } from '../../store/store';
import type { SessionRegistry } from '../session-registry';
import type { Handlers } from './handler';

interface RecordsOptions {
  readonly store: { readonly records: RecordStore };
  readonly sessions: SessionRegistry;
}

export function recordHandlers({
  store: { records },
  sessions,
}: RecordsOptions): Handlers<'records.list' | 'records.seen'> {
  return {
    'records.list': async ({ userId }, { before }) =>
      ok({ records: await records.list(userId, before, limits.recordsPage) }),
    'records.seen': async ({ userId, connection }, { recordIds }) => {
      await records.markSeen(userId, recordIds);
      for (const other of sessions.ofUser(userId)) {
        if (other !== connection) other.push({ type: 'records.seen', recordIds });
      }
      return ok({});
    },
  };
}

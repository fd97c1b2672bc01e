import { limits } from '#protocol/limits';
import { ok } from '#protocol/result';
import type { Store } from '../../store/store';
import type { Handlers } from './handler';

export function recordHandlers({ records }: Store): Handlers<'records.list' | 'records.seen'> {
  return {
    'records.list': async ({ userId }, { before }) =>
      ok({ records: await records.list(userId, before, limits.recordsPage) }),
    'records.seen': async ({ userId }, { recordIds }) => {
      await records.markSeen(userId, recordIds);
      return ok({});
    },
  };
}

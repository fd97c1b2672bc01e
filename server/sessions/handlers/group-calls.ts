import { ok } from '#protocol/result';
import type { GroupCalls } from '../../calls/group-calls';
import type { Store } from '../../store/store';
import type { Handlers } from './handler';

export interface GroupCallsOptions {
  readonly store: Store;
  readonly groupCalls: GroupCalls;
}

export function groupCallHandlers({
  store,
  groupCalls,
}: GroupCallsOptions): Handlers<'group-calls.watch'> {
  return {
    'group-calls.watch': async ({ connection, userId }, { groupIds }) => {
      const own = new Set((await store.groups.ofUser(userId)).map((group) => group.groupId));
      // Of other groups nobody hears anything, not even that there is none of that name.
      const watched = groupIds.filter((groupId) => own.has(groupId));
      // A connection that closed meanwhile would watch for ever.
      if (!connection.isClosed) groupCalls.watch(connection, watched);
      return ok({ calls: [...groupCalls.of(watched)] });
    },
  };
}

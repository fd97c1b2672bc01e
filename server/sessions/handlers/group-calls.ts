import { limits } from '#protocol/limits';
import type { GroupCall } from '#protocol/messages';
import { ok } from '#protocol/result';
import type { GroupCalls } from '../../calls/group-calls';
import type { Store } from '../../store/store';
import type { Handlers } from './handler';

/** Of a reply, for what is around the calls. */
const aroundBytes = 1_024;

export interface GroupCallsOptions {
  readonly store: Store;
  readonly groupCalls: GroupCalls;
}

export function groupCallHandlers({
  store,
  groupCalls,
}: GroupCallsOptions): Handlers<'group-calls.watch'> {
  /** Read again when somebody was put out of a group meanwhile: it may have been this user. */
  const ownGroups = async (userId: string): Promise<ReadonlySet<string>> => {
    const before = groupCalls.expulsions;
    const groups = await store.groups.ofUser(userId);
    if (groupCalls.expulsions !== before) return ownGroups(userId);
    return new Set(groups.map(({ groupId }) => groupId));
  };
  return {
    'group-calls.watch': async ({ connection, userId }, { groupIds }) => {
      const own = await ownGroups(userId);
      // Of other groups nobody hears anything, not even that there is none of that name.
      const watched = groupIds.filter((groupId) => own.has(groupId));
      // A connection that closed meanwhile would watch for ever.
      if (!connection.isClosed) groupCalls.watch(connection, watched);
      return ok({ calls: thoseThatFit(groupCalls.of(watched, userId)) });
    },
  };
}

/** Should hundreds of groups talk at once, the reply has those that began last; the others are told when they change. */
function thoseThatFit(calls: readonly GroupCall[]): GroupCall[] {
  let left = limits.messageBytes - aroundBytes;
  return calls
    .toSorted((one, other) => other.createdAt - one.createdAt)
    .filter((call) => {
      left -= Buffer.byteLength(JSON.stringify(call)) + ','.length;
      return left >= 0;
    });
}

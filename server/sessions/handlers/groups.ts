/** Anyone may make a group; every member may change it, and leave it. Whoever was or is in it hears so. */
import type { ErrorCode } from '#protocol/error-code';
import { rates } from '#protocol/limits';
import { err, ok } from '#protocol/result';
import { type Clock, randomId } from '../../clock';
import type { GroupCalls } from '../../calls/group-calls';
import { cleanName } from '../../names';
import type { GroupProblem, GroupStore } from '../../store/store';
import { limiter } from '../limiter';
import type { SessionRegistry } from '../session-registry';
import type { Handlers } from './handler';

interface GroupsOptions {
  readonly store: { readonly groups: GroupStore };
  readonly sessions: SessionRegistry;
  readonly groupCalls: GroupCalls;
  readonly clock: Clock;
}

const codeOf: Record<GroupProblem, ErrorCode> = {
  'member-unknown': 'user-unknown',
  'too-large': 'too-many',
};

export function groupHandlers({
  store: { groups },
  sessions,
  groupCalls,
  clock,
}: GroupsOptions): Handlers<'directory.groups' | 'group.create' | 'group.change'> {
  const mayChange = limiter(rates.profile, clock);
  const tell = (memberIds: readonly string[]): void => {
    for (const userId of new Set(memberIds)) {
      for (const connection of sessions.ofUser(userId)) connection.push({ type: 'groups.changed' });
    }
  };
  return {
    'directory.groups': async (from) => ok({ groups: await groups.ofUser(from.userId) }),
    'group.create': async (from, asked) => {
      if (!mayChange(from)) return err('rate-limited');
      const name = cleanName(asked.name);
      if (name === null) return err('bad-message');
      // A letter first: a random id may begin with a sign that ids of groups do not begin with.
      const groupId = `g${randomId()}`;
      const memberIds = [...asked.memberIds, from.userId];
      const added = await groups.add({ groupId, name, memberIds });
      // `taken` is 128 random bits twice: the client may try again.
      if (!added.ok) return err(added.error === 'taken' ? 'unavailable' : codeOf[added.error]);
      tell(added.value.memberIds);
      return ok({ group: added.value });
    },
    'group.change': async (from, { groupId, name: typed, memberIds }) => {
      if (!mayChange(from)) return err('rate-limited');
      const name = typed === undefined ? undefined : cleanName(typed);
      if (name === null) return err('bad-message');
      const changed = await groups.change(groupId, from.userId, {
        ...(name === undefined ? {} : { name }),
        ...(memberIds === undefined ? {} : { memberIds }),
      });
      if (!changed.ok) {
        return err(changed.error === 'group-unknown' ? changed.error : codeOf[changed.error]);
      }
      const { group, formerMemberIds } = changed.value;
      const gone = formerMemberIds.filter((userId) => !group.memberIds.includes(userId));
      if (gone.length > 0) {
        groupCalls.expel(
          gone.flatMap((userId) => [...sessions.ofUser(userId)]),
          groupId,
        );
      }
      tell([...formerMemberIds, ...group.memberIds]);
      return ok({ group });
    },
  };
}

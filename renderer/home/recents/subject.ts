/** Whom or what a row of the history is about: one person, a group, or several people without one. Pure. */
import type { CallRecord, Group, UserProfile } from '#protocol/messages';
import { personIn } from './outcome';

export type Subject =
  | { readonly kind: 'person'; readonly person: UserProfile }
  | { readonly kind: 'group'; readonly group: Group }
  /** First who asked this user in, or was called first. Also the people of a group that the user is not in any more. */
  | { readonly kind: 'several'; readonly people: readonly UserProfile[] };

export interface Directory {
  /** Those of the user. */
  readonly groups: readonly Group[];
  /** At least by id. */
  readonly find: (userId: string) => UserProfile;
}

type Facts = Pick<CallRecord, 'kind' | 'direction' | 'targetId' | 'invitedBy' | 'memberIds'>;

export function subjectOf(record: Facts, { groups, find }: Directory): Subject {
  if (record.kind === 'private') return { kind: 'person', person: find(record.targetId) };
  const group = groups.find(({ groupId }) => groupId === record.targetId);
  if (group) return { kind: 'group', group };
  const { memberIds } = record;
  const first = personIn(record);
  const others = memberIds.filter((userId) => userId !== first);
  // Who asked this user in may be nobody who was in it; a group that was called is no person.
  const ids = record.direction === 'incoming' || memberIds.includes(first) ? [first] : [];
  return { kind: 'several', people: [...ids, ...others].map(find) };
}

/** Whom a call like this one would be for now. */
export type Redial =
  | { readonly targetId: string }
  | { readonly groupId?: string; readonly userIds: readonly string[] };

/** Null: nobody is left. Of a group those who are still in it. */
export function redialOf({ memberIds }: Facts, subject: Subject): Redial | null {
  if (subject.kind === 'person') return { targetId: subject.person.userId };
  if (subject.kind === 'several') {
    const userIds = subject.people.map(({ userId }) => userId);
    return userIds.length > 0 ? { userIds } : null;
  }
  const { group } = subject;
  const userIds = memberIds.filter((userId) => group.memberIds.includes(userId));
  return userIds.length > 0 ? { groupId: group.groupId, userIds } : null;
}

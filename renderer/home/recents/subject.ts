/** Whom or what a row of the history is about, as far as a record tells: it names nobody but one person or a group. Pure. */
import type { CallRecord, Group, UserProfile } from '#protocol/messages';
import { personIn } from './outcome';

export type Subject =
  | { readonly kind: 'person'; readonly person: UserProfile }
  | { readonly kind: 'group'; readonly group: Group }
  /** One of several: whoever called, or whom the user called first. */
  | { readonly kind: 'several'; readonly person: UserProfile }
  /** The user called a group and is not in it any more. */
  | { readonly kind: 'unknown' };

export interface Directory {
  /** Those of the user. */
  readonly groups: readonly Group[];
  /** Null where nobody of that id is known. */
  readonly find: (userId: string) => UserProfile | null;
}

type Facts = Pick<CallRecord, 'kind' | 'direction' | 'targetId' | 'callerId'>;

/** Whoever called is a person, whether or not the name is here already; whom a call went to may be a group. */
export function subjectOf(record: Facts, { groups, find }: Directory): Subject {
  const userId = personIn(record);
  const person = find(userId);
  const byId = { userId, name: userId };
  if (record.kind === 'private') return { kind: 'person', person: person ?? byId };
  const group = groups.find(({ groupId }) => groupId === record.targetId);
  if (group) return { kind: 'group', group };
  if (record.direction === 'incoming') return { kind: 'several', person: person ?? byId };
  return person ? { kind: 'several', person } : { kind: 'unknown' };
}

/** CR80–CR84, CR160, CR161: what everybody finds in the history when a call has ended. */
import { EndReason } from '#protocol/end-reason';
import { endReasonFor } from '#protocol/end-reason-for';
import type { CallRecord } from '#protocol/messages';
import { connectedAt } from '#protocol/snapshot';
import { type CallState, type LegRow, toSnapshot } from './call-state';
import { asHeardBy } from './hearers';
import { legOfUser } from './legs';

type OwnRecord = CallRecord & { readonly userId: string };

/** One record per user of an ended call. The id makes each happen once, however often it is asked for. */
export function recordsFor(call: CallState): readonly OwnRecord[] {
  const { endedAt } = call;
  if (endedAt === undefined) return [];
  return usersOf(call).map((userId) => recordOf(call, userId, endedAt));
}

/** Of those whose last leg a call that goes on does not remember any more: for them it ended when they left. */
export function recordsOfForgotten(
  previous: CallState | null,
  call: CallState,
): readonly OwnRecord[] {
  if (!previous) return [];
  const known = new Set(usersOf(call));
  const forgotten = usersOf(previous).filter((userId) => !known.has(userId));
  return forgotten.map((userId) => recordOf(previous, userId, leftAt(previous, userId)));
}

const leftAt = (call: CallState, userId: string): number =>
  legOfUser(asHeardBy(call, userId).legs, userId)?.leftAt ?? call.createdAt;

/** Without those who never heard of it. */
function usersOf({ legs }: CallState): string[] {
  return [...new Set(legs.filter((leg) => leg.isUnheard !== true).map((leg) => leg.userId))];
}

function recordOf(whole: CallState, userId: string, endedAt: number): OwnRecord {
  const call = asHeardBy(whole, userId);
  const snapshot = toSnapshot(call);
  const own = legOfUser(call.legs, userId);
  const deviceId = own?.deviceId ?? '';
  const endReason = endReasonFor(snapshot, { userId, deviceId }) ?? EndReason.REMOTE_HANGUP;
  return {
    userId,
    recordId: `${call.callId}:${userId}`,
    callId: call.callId,
    kind: call.kind,
    direction: userId === call.callerId ? 'outgoing' : 'incoming',
    targetId: call.groupId ?? otherUser(call, userId),
    callerId: call.callerId,
    mediaType: call.mediaType,
    createdAt: call.createdAt,
    connectedAt: connectedAt(snapshot, userId),
    endedAt,
    endReason,
    seen: !isMissed(call, own),
    memberIds: [...new Set(call.legs.map((leg) => leg.userId))].filter((id) => id !== userId),
    invitedBy: invitedByIn(call, userId),
    ...saidIn(call),
    ...(own?.silenced ? { silenced: true } : {}),
  };
}

/** Whoever comes in again by themselves was asked in once all the same; who never was came to the caller. */
function invitedByIn({ legs, callerId }: CallState, userId: string): string {
  const own = legs.filter((leg) => leg.userId === userId);
  return own.find((leg) => leg.invitedBy !== userId)?.invitedBy ?? callerId;
}

/** Among several it was said to one of them. */
function saidIn({ kind, legs }: CallState): Pick<CallRecord, 'reply'> {
  const reply = legs.find((leg) => leg.reply !== undefined)?.reply;
  return kind === 'group' || reply === undefined ? {} : { reply };
}

/** Somebody rang and nobody here took notice: only such a record is news to its user. */
function isMissed(call: CallState, own: LegRow | undefined): boolean {
  if (own === undefined || own.userId === call.callerId) return false;
  return own.joinedAt === undefined && own.deviceId === undefined;
}

function otherUser(call: CallState, userId: string): string {
  return call.legs.find((leg) => leg.userId !== userId)?.userId ?? userId;
}

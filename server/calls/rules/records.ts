/** CR80–CR82: what everybody finds in the history when a call has ended. */
import { EndReason } from '#protocol/end-reason';
import { endReasonFor } from '#protocol/end-reason-for';
import type { CallRecord } from '#protocol/messages';
import { connectedAt } from '#protocol/snapshot';
import { type CallState, type LegRow, toSnapshot } from './call-state';
import { legOfUser } from './legs';

/** One record per user of an ended call. The id makes each happen once, however often it is asked for. */
export function recordsFor(call: CallState): readonly (CallRecord & { readonly userId: string })[] {
  const { endedAt } = call;
  if (endedAt === undefined) return [];
  const userIds = [...new Set(call.legs.map((leg) => leg.userId))];
  return userIds.map((userId) => ({ userId, ...recordOf(call, userId, endedAt) }));
}

function recordOf(call: CallState, userId: string, endedAt: number): CallRecord {
  const snapshot = toSnapshot(call);
  const own = legOfUser(call.legs, userId);
  const deviceId = own?.deviceId ?? '';
  const endReason = endReasonFor(snapshot, { userId, deviceId }) ?? EndReason.REMOTE_HANGUP;
  return {
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
  };
}

/** Somebody rang and nobody here took notice: only such a record is news to its user. */
function isMissed(call: CallState, own: LegRow | undefined): boolean {
  if (own === undefined || own.userId === call.callerId) return false;
  return own.joinedAt === undefined && own.deviceId === undefined;
}

function otherUser(call: CallState, userId: string): string {
  return call.legs.find((leg) => leg.userId !== userId)?.userId ?? userId;
}

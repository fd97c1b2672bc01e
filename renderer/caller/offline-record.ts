/** The server's record of a call in the documented words. */
import type { CallRecord } from '#protocol/messages';
import { ConversationType, RCCallEndReason } from './enums';
import type { IOfflineRecord } from './types';

const known = new Set<number>(Object.values(RCCallEndReason));

export function toOfflineRecord(record: CallRecord): IOfflineRecord {
  const { targetId, callId, callerId, mediaType, connectedAt, endedAt, endReason } = record;
  return {
    channelId: '',
    conversationType: record.kind === 'group' ? ConversationType.GROUP : ConversationType.PRIVATE,
    ...{ targetId, callId, inviterId: callerId, mediaType },
    endReason: known.has(endReason)
      ? (endReason as RCCallEndReason)
      : RCCallEndReason.REMOTE_HANGUP,
    beginTimestamp: connectedAt,
    endTimestamp: endedAt,
    duration: connectedAt > 0 ? Math.max(0, endedAt - connectedAt) : 0,
  };
}

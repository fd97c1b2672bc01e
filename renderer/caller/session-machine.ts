/** What a session can tell about itself, derived from the newest snapshot alone. Pure. */
import {
  type CallSnapshot,
  type Leg,
  type Viewer,
  connectedAt,
  isRinging,
  legOf,
} from '#protocol/snapshot';
import { ConversationType, RCCallEndReason, RCCallSessionState, RCCallUserState } from './enums';
import type { IEndSummary, IRTCJoinedInfo, IRemoteUser, ISenderInfo } from './types';

/** The newest leg of each user, oldest user first: people may leave a call and be invited again. */
function newestLegs(call: CallSnapshot): Leg[] {
  return call.legs.filter((leg) => legOf(call, leg.userId) === leg);
}

/** KEEPING from one's own accept (callee) or the first other's (caller). */
export function sessionState(call: CallSnapshot, viewer: Viewer): RCCallSessionState {
  const own = legOf(call, viewer.userId);
  if (own?.state !== 'joined' || own.deviceId !== viewer.deviceId) {
    return RCCallSessionState.WAITING;
  }
  const isCallee = own.answerBy !== undefined;
  return isCallee || connectedAt(call, viewer.userId) > 0
    ? RCCallSessionState.KEEPING
    : RCCallSessionState.WAITING;
}

export function userState(
  call: CallSnapshot,
  viewer: Viewer,
  userId: string,
): RCCallUserState | undefined {
  const leg = legOf(call, userId);
  if (!leg) return undefined;
  if (leg.state === 'left') return RCCallUserState.NONE;
  const isConnected =
    userId === viewer.userId
      ? sessionState(call, viewer) === RCCallSessionState.KEEPING
      : leg.state === 'joined';
  return isConnected ? RCCallUserState.KEEPING : RCCallUserState.WAITING;
}

export function remoteUsers(call: CallSnapshot, viewer: Viewer): IRemoteUser[] {
  return newestLegs(call)
    .filter((leg) => leg.userId !== viewer.userId && leg.state !== 'left')
    .map((leg) => ({
      ...senderInfo(call, leg.userId),
      state: userState(call, viewer, leg.userId) ?? RCCallUserState.NONE,
      isCaller: leg.userId === call.callerId,
      isRemote: true,
    }));
}

/** A person with what their application registered about them. */
export function senderInfo(call: CallSnapshot, userId: string): ISenderInfo {
  return { userId, ...legOf(call, userId)?.user };
}

export function joinedInfo(call: CallSnapshot, userId: string): IRTCJoinedInfo[] {
  return call.legs
    .filter((leg) => leg.userId === userId && leg.state === 'joined')
    .map(({ deviceId = '', joinedAt = 0 }) => ({
      deviceId,
      roomId: call.callId,
      joinTime: joinedAt,
    }));
}

export function conversationType(call: CallSnapshot): ConversationType {
  return call.kind === 'group' ? ConversationType.GROUP : ConversationType.PRIVATE;
}

/** The group, or the other person. */
export function targetId(call: CallSnapshot, viewer: Viewer): string {
  const other = call.legs.find((leg) => leg.userId !== viewer.userId)?.userId;
  return call.groupId ?? other ?? call.callerId;
}

/**
 * The call for a session whose user has the leg `own` in it. Somebody who was lost, or left, and was asked in again has a
 * newer leg: that one is another session's, and this session is over as its own leg is.
 */
export function callOfLeg(call: CallSnapshot, own: Leg | undefined): CallSnapshot {
  const newest = own && legOf(call, own.userId);
  if (!newest || newest.legId === own.legId) return call;
  const others = call.legs.filter((leg) => leg.userId !== own.userId);
  const former = call.legs.find((leg) => leg.legId === own.legId) ?? lost(own);
  return { ...call, legs: [...others, former] };
}

/** The server does not remember how it ended; nobody here was there to hear of it. */
function lost(own: Leg): Leg {
  return { ...own, state: 'left', reason: RCCallEndReason.NETWORK_ERROR };
}

/** What became of the question for pictures between two snapshots; null: nothing. Never one's own question. */
export function videoAskEvent(
  previous: CallSnapshot | null,
  next: CallSnapshot,
  viewer: Viewer,
): { readonly type: 'video-ask'; readonly by: string | null } | null {
  const [before, now] = [previous?.mediaAsk, next.mediaAsk];
  if (before?.by === now?.by && before?.until === now?.until) return null;
  return now?.by === viewer.userId ? null : { type: 'video-ask', by: now?.by ?? null };
}

/** Which reason a hang-up has when the server could not be asked: one's own state decides (CR40–CR42). */
export function reasonToLeave(call: CallSnapshot, viewer: Viewer): RCCallEndReason {
  const own = legOf(call, viewer.userId);
  if (own && isRinging(own)) return RCCallEndReason.REJECT;
  const isAlone = own?.state === 'joined' && connectedAt(call, viewer.userId) === 0;
  return isAlone ? RCCallEndReason.CANCEL : RCCallEndReason.HANGUP;
}

/** When this device's own connection began, server clock; 0 if another device of the user has the call. */
export function ownConnectedAt(call: CallSnapshot, viewer: Viewer): number {
  const isOurs = legOf(call, viewer.userId)?.deviceId === viewer.deviceId;
  return isOurs ? connectedAt(call, viewer.userId) : 0;
}

/** `nowMs` (server clock) stands in for an end that the server has not told. */
export function endSummary(
  call: CallSnapshot,
  viewer: Viewer,
  end: { readonly reason: RCCallEndReason; readonly nowMs: number },
): IEndSummary {
  const beginTimestamp = ownConnectedAt(call, viewer);
  const endTimestamp = legOf(call, viewer.userId)?.leftAt ?? call.endedAt ?? end.nowMs;
  return {
    conversationType: conversationType(call),
    channelId: '',
    targetId: targetId(call, viewer),
    mediaType: call.mediaType,
    beginTimestamp,
    endTimestamp,
    duration: beginTimestamp > 0 ? Math.max(0, endTimestamp - beginTimestamp) : 0,
    endReason: end.reason,
  };
}

import type { AnswerKeys, CallGroup, DeskCallView, DeskPhase } from '#common/ipc';
import { type Reach, reachOf } from '#common/reach';
import { endReasonFor } from '#protocol/end-reason-for';
import type { Group, UserProfile } from '#protocol/messages';
import {
  type CallSnapshot,
  type Leg,
  type Viewer,
  connectedAt,
  isPresent,
  isRinging,
  legOf,
  ownActiveLeg,
} from '#protocol/snapshot';

/**
 * What a snapshot does not say: the other person and the name of the group, from the directory, whether the call waits
 * without a window, and whether the user is in another call on another device.
 */
export interface DeskFacts {
  readonly peer: UserProfile;
  readonly group: CallGroup | null;
  readonly canReturn: boolean;
  readonly elsewhere: boolean;
  readonly isMuted: boolean;
  /** Those that work now. */
  readonly answerKeys: AnswerKeys;
  /** The server's clock. */
  readonly nowMs: number;
}

/** One call as this desktop shows it. */
export function deskCall(call: CallSnapshot, viewer: Viewer, facts: DeskFacts): DeskCallView {
  const endReason = endReasonFor(call, viewer);
  const phase = endReason === null ? livePhase(call, viewer) : 'ended';
  return {
    callId: call.callId,
    phase,
    direction: call.callerId === viewer.userId ? 'outgoing' : 'incoming',
    mediaType: call.mediaType,
    kind: call.kind,
    group: facts.group,
    memberIds: idsOf(othersIn(call, viewer)),
    joinedIds: idsOf(othersIn(call, viewer).filter(({ state }) => state === 'joined')),
    peer: facts.peer,
    connectedAt: connectedAt(call, viewer.userId),
    endReason,
    canReturn: facts.canReturn,
    elsewhere: facts.elsewhere,
    ...(facts.isMuted && ownActiveLeg(call, viewer) ? { isMuted: true } : {}),
    reach: phase === 'dialing' || phase === 'ringing' ? reachOfPeer(call, viewer, facts) : null,
    answerKeys: phase === 'incoming' ? facts.answerKeys : null,
  };
}

/** In a group call each of them has an own answer. */
function reachOfPeer(call: CallSnapshot, viewer: Viewer, { nowMs }: DeskFacts): Reach | null {
  if (call.kind === 'group') return null;
  return reachOf(call, peerIdOf(call, viewer), nowMs - call.createdAt);
}

/** Whom the person at this desk talks to in a 1:1 call; whoever called in a group call. */
export function peerIdOf(call: CallSnapshot, viewer: Viewer): string {
  if (call.kind === 'group' || call.callerId !== viewer.userId) return call.callerId;
  return call.legs.find((leg) => leg.userId !== viewer.userId)?.userId ?? call.callerId;
}

/**
 * Whose ring it is: in a group call anybody who is in it may ask others in. Whoever entered it by themselves was asked by
 * nobody.
 */
export function ringerIdOf(call: CallSnapshot, viewer: Viewer): string {
  const asker = call.kind === 'group' ? legOf(call, viewer.userId)?.invitedBy : undefined;
  return asker === undefined || asker === viewer.userId ? peerIdOf(call, viewer) : asker;
}

/** Null for a private call. */
export function groupOf(
  call: CallSnapshot,
  known: (groupId: string) => Group | null,
): CallGroup | null {
  if (call.kind === 'private') return null;
  const { groupId } = call;
  if (groupId === undefined) return { groupId: null, name: null };
  return { groupId, name: known(groupId)?.name ?? null };
}

function othersIn(call: CallSnapshot, viewer: Viewer): readonly Leg[] {
  return call.legs.filter((leg) => leg.userId !== viewer.userId && isPresent(leg));
}

/** Each of them once, however often they came and went. */
function idsOf(legs: readonly Leg[]): readonly string[] {
  return [...new Set(legs.map((leg) => leg.userId))];
}

function livePhase(call: CallSnapshot, viewer: Viewer): DeskPhase {
  const own = legOf(call, viewer.userId);
  if (own && isRinging(own)) return 'incoming';
  if (own?.state === 'claimed') return 'connecting';
  const others = othersIn(call, viewer);
  if (others.some((leg) => leg.state === 'joined')) return 'active';
  if (others.some((leg) => leg.state === 'claimed')) return 'connecting';
  return others.some((leg) => leg.state === 'ringing') ? 'ringing' : 'dialing';
}

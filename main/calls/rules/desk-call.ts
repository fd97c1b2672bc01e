import type { DeskCallView, DeskPhase } from '#common/ipc';
import { endReasonFor } from '#protocol/end-reason-for';
import type { UserProfile } from '#protocol/messages';
import {
  type CallSnapshot,
  type Viewer,
  connectedAt,
  isPresent,
  isRinging,
  legOf,
} from '#protocol/snapshot';

/**
 * What a snapshot does not say: the other person, from the directory, whether the call waits without a window, and
 * whether the user is in another call on another device.
 */
export interface DeskFacts {
  readonly peer: UserProfile;
  readonly canReturn: boolean;
  readonly elsewhere: boolean;
}

/** One call as this desktop shows it. */
export function deskCall(call: CallSnapshot, viewer: Viewer, facts: DeskFacts): DeskCallView {
  const endReason = endReasonFor(call, viewer);
  return {
    callId: call.callId,
    phase: endReason === null ? livePhase(call, viewer) : 'ended',
    direction: call.callerId === viewer.userId ? 'outgoing' : 'incoming',
    mediaType: call.mediaType,
    peer: facts.peer,
    connectedAt: connectedAt(call, viewer.userId),
    endReason,
    canReturn: facts.canReturn,
    elsewhere: facts.elsewhere,
  };
}

/** Whom the person at this desk talks to in a 1:1 call. */
export function peerIdOf(call: CallSnapshot, viewer: Viewer): string {
  if (call.callerId !== viewer.userId) return call.callerId;
  return call.legs.find((leg) => leg.userId !== viewer.userId)?.userId ?? call.callerId;
}

function livePhase(call: CallSnapshot, viewer: Viewer): DeskPhase {
  const own = legOf(call, viewer.userId);
  if (own && isRinging(own)) return 'incoming';
  if (own?.state === 'claimed') return 'connecting';
  const others = call.legs.filter((leg) => leg.userId !== viewer.userId && isPresent(leg));
  if (others.some((leg) => leg.state === 'joined')) return 'active';
  if (others.some((leg) => leg.state === 'claimed')) return 'connecting';
  return others.some((leg) => leg.state === 'ringing') ? 'ringing' : 'dialing';
}

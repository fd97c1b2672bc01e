import { EndReason, remoteView } from './end-reason';
import { type CallSnapshot, type Leg, type Viewer, legOf } from './snapshot';

/**
 * Why the call is over for this viewer, or null while it is not. The one table behind `onSessionClose`,
 * the texts on the screen and the history (docs/call-spec.md, rows CR5x).
 */
export function endReasonFor(call: CallSnapshot, viewer: Viewer): EndReason | null {
  const own = legOf(call, viewer.userId);
  if (!own) return call.endedAt === undefined ? null : EndReason.REMOTE_HANGUP;
  if (isHeldElsewhere(own, viewer)) return heldElsewhere(own);
  if (own.state !== 'left') return null;
  if (own.cause === 'call-ended') return remoteView(lastLeaver(call, own)?.reason);
  return ownReason(own.reason);
}

/** Another device of the viewer's user claimed, joined or declined. */
function isHeldElsewhere(own: Leg, viewer: Viewer): boolean {
  return own.deviceId !== undefined && own.deviceId !== viewer.deviceId;
}

function heldElsewhere(own: Leg): EndReason {
  return own.state === 'left' && own.reason === EndReason.REJECT
    ? EndReason.HANGUP_BY_OTHER_CLIENT
    : EndReason.ACCEPT_BY_OTHER_CLIENT;
}

/** The leg whose leaving ended the call: the last one that left of its own accord. */
function lastLeaver(call: CallSnapshot, own: Leg): Leg | undefined {
  return call.legs
    .filter((leg) => leg !== own && leg.state === 'left' && leg.cause !== 'call-ended')
    .reduce<Leg | undefined>(
      (last, leg) => (last && (last.leftAt ?? 0) > (leg.leftAt ?? 0) ? last : leg),
      undefined,
    );
}

const known = new Set<number>(Object.values(EndReason));

function ownReason(reason: number | undefined): EndReason {
  return known.has(reason ?? -1) ? (reason as EndReason) : EndReason.REMOTE_HANGUP;
}

import { EndReason } from './end-reason';
import { type CallSnapshot, type Leg, type Viewer, legOf } from './snapshot';

/**
 * Why the call is over for this viewer, or null while it is not. The one table behind `onSessionClose`,
 * the texts on the screen and the history (docs/call-spec.md, CR70–CR73). A leg that left by itself carries its own
 * view; a leg that was ended with the call carries the other side's view already. A call that remembers no leg of the
 * viewer any more goes on without them.
 */
export function endReasonFor(call: CallSnapshot, viewer: Viewer): EndReason | null {
  const own = legOf(call, viewer.userId);
  if (!own) return EndReason.REMOTE_HANGUP;
  if (isHeldElsewhere(own, viewer)) return heldElsewhere(own);
  return own.state === 'left' ? knownReason(own.reason) : null;
}

/** Another device of the viewer's user claimed, joined, declined or was refused. */
function isHeldElsewhere(own: Leg, viewer: Viewer): boolean {
  return own.deviceId !== undefined && own.deviceId !== viewer.deviceId;
}

/** What another device can do to a ring without answering it: 2 and 22. Everything else began with an answer. */
function heldElsewhere({ reason }: Leg): EndReason {
  return reason === EndReason.REJECT || reason === EndReason.OTHER_CLIENT_IN_CALL
    ? EndReason.HANGUP_BY_OTHER_CLIENT
    : EndReason.ACCEPT_BY_OTHER_CLIENT;
}

const known = new Set<number>(Object.values(EndReason));

function knownReason(reason: number | undefined): EndReason {
  return known.has(reason ?? -1) ? (reason as EndReason) : EndReason.REMOTE_HANGUP;
}

/**
 * The membership events of the documented API, from two snapshots alone. Media events (tracks, mute, hold) come
 * from the links, never from here.
 */
import type { EndReason } from './end-reason';
import { remoteView } from './end-reason';
import type { MediaType } from './primitives';
import { type CallSnapshot, type Leg, type Viewer, legOf } from './snapshot';

export type CallEvent =
  /** A device of `userId` shows the ring. */
  | { readonly type: 'ringing'; readonly userId: string }
  /** `userId` is in the call. */
  | { readonly type: 'accepted'; readonly userId: string }
  /** `userId` left; the reason is the remote view (11–20, 31–34). */
  | { readonly type: 'hungup'; readonly userId: string; readonly reason: EndReason }
  /** `userId` invited more people; `ringing` is everyone who rings now. */
  | { readonly type: 'invited'; readonly userId: string; readonly ringing: readonly string[] }
  /** The call went from video to audio (or back). */
  | { readonly type: 'media-changed'; readonly mediaType: MediaType };

/**
 * What happened to others between two snapshots of one call, oldest first, as `viewer` may hear it.
 * `previous` is null for the first snapshot the viewer's session was made from.
 */
export function diffCalls(
  previous: CallSnapshot | null,
  next: CallSnapshot,
  viewer: Viewer,
): CallEvent[] {
  const events: CallEvent[] = [];
  for (const leg of next.legs) {
    if (leg.userId === viewer.userId) continue;
    const before = previous?.legs.find((old) => old.legId === leg.legId);
    events.push(...legEvents(before, leg, next, viewer));
  }
  if (previous) events.push(...invitations(previous, next, viewer));
  if (previous && previous.mediaType !== next.mediaType) {
    events.push({ type: 'media-changed', mediaType: next.mediaType });
  }
  return events;
}

function legEvents(
  before: Leg | undefined,
  leg: Leg,
  next: CallSnapshot,
  viewer: Viewer,
): CallEvent[] {
  const events: CallEvent[] = [];
  const { userId } = leg;
  if (hasRung(leg) && !(before && hasRung(before))) events.push({ type: 'ringing', userId });
  if (hasJoined(leg) && !(before && hasJoined(before))) events.push({ type: 'accepted', userId });
  if (leg.state === 'left' && before?.state !== 'left' && isHeard(leg, next, viewer)) {
    events.push({ type: 'hungup', userId, reason: remoteView(leg.reason) });
  }
  return events;
}

/** The caller's own leg joins without ever ringing, and so does somebody who answered before a snapshot came. */
function hasRung(leg: Leg): boolean {
  return leg.state === 'ringing' || (leg.ringingOn > 0 && leg.answerBy !== undefined);
}

function hasJoined(leg: Leg): boolean {
  return leg.answerBy !== undefined && leg.joinedAt !== undefined;
}

/**
 * A leg that only ended because the call did is no hang-up of that person; and a viewer whose own ring ended with
 * the call hears only of the person who ended it, not of time limits that passed for others.
 */
function isHeard(leg: Leg, next: CallSnapshot, viewer: Viewer): boolean {
  if (leg.cause === 'call-ended') return false;
  const own = legOf(next, viewer.userId);
  const endedRinging =
    own?.state === 'left' && own.joinedAt === undefined && own.answerBy !== undefined;
  return !endedRinging || leg.cause === 'self';
}

function invitations(previous: CallSnapshot, next: CallSnapshot, viewer: Viewer): CallEvent[] {
  const added = next.legs.filter(
    (leg) => leg.answerBy !== undefined && !previous.legs.some((old) => old.legId === leg.legId),
  );
  const inviters = new Set(added.map((leg) => leg.invitedBy));
  inviters.delete(viewer.userId);
  const ringing = next.legs
    .filter((leg) => leg.state === 'invited' || leg.state === 'ringing')
    .map((leg) => leg.userId);
  return [...inviters].map((userId) => ({ type: 'invited', userId, ringing }));
}

/**
 * The membership events of the documented API, from two snapshots alone. Media events (tracks, mute, hold) come
 * from the links, never from here.
 */
import type { EndReason } from './end-reason';
import { remoteView } from './end-reason';
import { type CallSnapshot, type Leg, type Viewer, legOf } from './snapshot';

export type CallEvent =
  /** A device of `userId` shows the ring. */
  | { readonly type: 'ringing'; readonly userId: string }
  /** `userId` is in the call. */
  | { readonly type: 'accepted'; readonly userId: string }
  /** `userId` left; the reason is the remote view (11–20, 31–34). */
  | { readonly type: 'hungup'; readonly userId: string; readonly reason: EndReason }
  /** `userId` made an audio call of a video call. */
  | { readonly type: 'media'; readonly userId: string; readonly mediaType: 1 | 2 };

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
  return [...events, ...mediaEvents(previous, next, viewer)];
}

/** Not for the one who changed it, and not for a viewer who never knew it otherwise. */
function mediaEvents(
  previous: CallSnapshot | null,
  { mediaType, mediaChangedBy: userId }: CallSnapshot,
  viewer: Viewer,
): CallEvent[] {
  if (!previous || previous.mediaType === mediaType) return [];
  return userId === undefined || userId === viewer.userId
    ? []
    : [{ type: 'media', userId, mediaType }];
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

const hasRung = (leg: Leg): boolean => leg.state === 'ringing';

/** The caller's own leg is joined from the start: nobody hears of that as an answer. */
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

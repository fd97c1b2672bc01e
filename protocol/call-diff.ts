/**
 * The membership events of the documented API, from two snapshots alone. Media events (tracks, mute, hold) come
 * from the links, never from here.
 */
import type { EndReason } from './end-reason';
import { remoteView } from './end-reason';
import { type CallSnapshot, type Leg, type Viewer, isPresent, isRinging, legOf } from './snapshot';

export type CallEvent =
  /** A device of `userId` shows the ring. */
  | { readonly type: 'ringing'; readonly userId: string }
  /** `userId` is in the call. */
  | { readonly type: 'accepted'; readonly userId: string }
  /** `userId` left; the reason is the remote view (11–20, 31–34). */
  | { readonly type: 'hungup'; readonly userId: string; readonly reason: EndReason }
  /** `by` asked more people in; `userIds` are all who ring now. */
  | { readonly type: 'invited'; readonly by: string; readonly userIds: readonly string[] }
  /** `userId` made an audio call of a video call. */
  | { readonly type: 'media'; readonly userId: string; readonly mediaType: 1 | 2 };

/**
 * What happened to others between two snapshots of one call, oldest first, as `viewer` may hear it.
 * `previous` is null for the first snapshot the viewer's session was made from: what happened before the viewer came
 * is no change then, and can be read off the snapshot.
 */
export function diffCalls(
  previous: CallSnapshot | null,
  next: CallSnapshot,
  viewer: Viewer,
): CallEvent[] {
  const events: CallEvent[] = [];
  for (const leg of next.legs) {
    if (leg.userId === viewer.userId) continue;
    const before = previous ? legIn(previous, leg) : asFound(leg, next, viewer);
    events.push(...legEvents(before, leg, next, viewer));
  }
  return [
    ...invitedEvents(previous, next, viewer),
    ...events,
    ...mediaEvents(previous, next, viewer),
  ];
}

const legIn = (call: CallSnapshot, { legId }: Leg): Leg | undefined =>
  call.legs.find((old) => old.legId === legId);

/** What a viewer who has just come takes for granted: that leg as it is, or nothing of it. */
function asFound(leg: Leg, next: CallSnapshot, viewer: Viewer): Leg | undefined {
  const own = legOf(next, viewer.userId);
  return own && next.endedAt === undefined && isOlder(leg, own) ? leg : undefined;
}

/** Who joined was there before whoever has not, or did later; who never joined and left, before who was asked later. */
function isOlder(leg: Leg, own: Leg): boolean {
  if (leg.joinIndex !== undefined) return leg.joinIndex < (own.joinIndex ?? Infinity);
  if (leg.state !== 'left' || own.joinIndex !== undefined) return false;
  return own.answerBy === undefined || (leg.answerBy ?? 0) < own.answerBy;
}

/** For those who were in the call or rang before; not for the one who asked. */
function invitedEvents(
  previous: CallSnapshot | null,
  next: CallSnapshot,
  viewer: Viewer,
): CallEvent[] {
  if (!previous || !legOf(previous, viewer.userId)) return [];
  const known = new Set(previous.legs.map((leg) => leg.legId));
  const added = next.legs.filter((leg) => !known.has(leg.legId) && wasAsked(leg));
  if (added.some((leg) => leg.userId === viewer.userId)) return [];
  const askers = [...new Set(added.map((leg) => leg.invitedBy))];
  const userIds = next.legs.filter(isRinging).map((leg) => leg.userId);
  return askers
    .filter((by) => by !== viewer.userId && userIds.length > 0)
    .map((by) => ({ type: 'invited', by, userIds }));
}

/** Who was busy was not asked, as far as anybody notices: they are heard of as somebody who left. */
function wasAsked(leg: Leg): boolean {
  return leg.answerBy !== undefined && isPresent(leg);
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

/** The caller is in the call from the start: nobody hears of that as an answer. */
function hasJoined(leg: Leg): boolean {
  return leg.joinedAt !== undefined && leg.joinIndex !== 0;
}

/**
 * A leg that only ended because the call did is no hang-up of that person; and a viewer whose own ring ended with
 * the call hears only of the person who ended it, not of time limits that passed for others.
 */
function isHeard(leg: Leg, next: CallSnapshot, viewer: Viewer): boolean {
  if (leg.cause === 'call-ended') return false;
  // Somebody who wanted to come in by themselves and did not get so far: nobody had heard of them.
  if (leg.answerBy === undefined && leg.joinedAt === undefined) return false;
  const own = legOf(next, viewer.userId);
  const endedRinging =
    own?.state === 'left' && own.joinedAt === undefined && own.answerBy !== undefined;
  return !endedRinging || leg.cause === 'self';
}

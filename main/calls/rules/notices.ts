/**
 * Which notification of the system a call should have on this desktop now. Like wanted.ts: a level, whichever events
 * came or were lost.
 */
import { type CallSnapshot, type Viewer, legOf } from '#protocol/snapshot';
import type { KnownCall } from './wanted';

/** incoming – it rings here. missed – it rang here, and nobody answered. */
export type NoticeKind = 'incoming' | 'missed';

export interface NoticeFacts {
  /** The ring is on the screen, or should be since long enough. */
  readonly rings: boolean;
  /** This desktop told the person that it rings: what was never told cannot be missed. */
  readonly told: boolean;
}

export function wantedNotice(
  { call, facts: { out } }: KnownCall,
  viewer: Viewer,
  { rings, told }: NoticeFacts,
): NoticeKind | null {
  if (rings) return 'incoming';
  // Whoever declined here has not missed it, whatever the server has heard of that.
  return told && out === null && isMissed(call, viewer) ? 'missed' : null;
}

/**
 * The caller gave up, the time was over, or the caller was lost; and no device of this user had answered or declined.
 * A call that the server merely forgot has no reason: what became of it is unknown.
 */
function isMissed(call: CallSnapshot, viewer: Viewer): boolean {
  const own = legOf(call, viewer.userId);
  if (own?.state !== 'left' || own.deviceId !== undefined || own.reason === undefined) return false;
  return own.cause === 'deadline' || own.cause === 'call-ended';
}

import type { Viewer } from '#protocol/snapshot';
import { type KnownCall, isHeldHere, ringsHere } from './wanted';

/**
 * Whether this desktop is free for a call to `targetId`. A ring from that very person is no obstacle: both want the
 * same call, and the server makes one of the two.
 */
export function isFreeFor(
  targetId: string | null,
  known: readonly KnownCall[],
  viewer: Viewer,
  nowMs: number,
): boolean {
  return !known.some((entry) => {
    const { call, facts } = entry;
    if (facts.overSince !== null) return false;
    if (isHeldHere(call, viewer)) return true;
    return ringsHere(entry, viewer, nowMs) && !isRingOf(call, targetId);
  });
}

/** Whether it is the other person's own call to this one, not a group's. */
export function isRingOf(
  call: { readonly kind: string; readonly callerId: string },
  userId: string | null,
): boolean {
  return call.kind === 'private' && call.callerId === userId;
}

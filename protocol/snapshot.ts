/** What can be read off a snapshot. Types come along; the schemas stay behind, so that pages do not load the validator. */
import type { CallSnapshot, Leg } from './snapshot-schema';

export type {
  CallSnapshot,
  Leg,
  LeaveCause,
  LegState,
  PushTexts,
  UserInfo,
} from './snapshot-schema';

/** Who looks at a call: the same leg means different things on two devices of one user. */
export interface Viewer {
  readonly userId: string;
  readonly deviceId: string;
}

/** The newest leg of a user: people may leave a call and be invited again. */
export function legOf(call: CallSnapshot, userId: string): Leg | undefined {
  return call.legs.findLast((leg) => leg.userId === userId);
}

/** The leg that this very device holds, if it claimed or joined. */
export function ownActiveLeg(call: CallSnapshot, viewer: Viewer): Leg | undefined {
  const leg = legOf(call, viewer.userId);
  return leg && isActive(leg) && leg.deviceId === viewer.deviceId ? leg : undefined;
}

/** A device answered or started: it opens its media or talks. */
export function isActive({ state }: Leg): boolean {
  return state === 'claimed' || state === 'joined';
}

/** No device has answered yet, whether or not one has painted the ring. */
export function isRinging({ state }: Leg): boolean {
  return state === 'invited' || state === 'ringing';
}

/** A leg that still counts towards the call: everyone but those who left. */
export function isPresent(leg: Leg): boolean {
  return leg.state !== 'left';
}

/**
 * When the viewer's connection began: the later of its own join and the first other's. 0 = never connected.
 * Both sides compute it from the same snapshot, so both timers show the same.
 */
export function connectedAt(call: CallSnapshot, userId: string): number {
  const own = legOf(call, userId)?.joinedAt;
  const others = call.legs.filter((leg) => leg.userId !== userId && leg.joinedAt !== undefined);
  if (own === undefined || others.length === 0) return 0;
  return Math.max(own, Math.min(...others.map((leg) => leg.joinedAt ?? Infinity)));
}

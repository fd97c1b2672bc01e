/** Snapshots of group calls as a server tells them, put together by hand: one leg a person, in order. */
import type { CallSnapshot, Leg } from '#protocol/snapshot';

export const t0 = Date.UTC(2026, 0, 5, 9);

/** Of `userId`'s first device, called by Anna. */
export function leg(userId: string, state: Leg['state'], over: Partial<Leg> = {}): Leg {
  const isActive = state === 'claimed' || state === 'joined';
  return {
    legId: `leg-${userId}`,
    userId,
    invitedBy: 'anna',
    state,
    answerBy: t0 + 60_000,
    ringingOn: state === 'ringing' ? 1 : 0,
    ...(isActive && { deviceId: `${userId}-1` }),
    ...(state === 'joined' && { joinIndex: 1, joinedAt: t0 + 5_000 }),
    ...over,
  };
}

/** Anna's, who has called: in the call from the start. */
export function callersLeg(over: Partial<Leg> = {}): Leg {
  const { answerBy: _none, ...own } = leg('anna', 'joined', { joinIndex: 0, joinedAt: t0 });
  return { ...own, ...over };
}

export function left(of: Leg, reason: number, cause: Leg['cause'] = 'self'): Leg {
  return { ...of, state: 'left', leftAt: t0 + 9_000, reason, cause, ringingOn: 0 };
}

/** Anna's call in the group Design. */
export function groupCall(
  revision: number,
  legs: readonly Leg[],
  over: Partial<CallSnapshot> = {},
): CallSnapshot {
  return {
    callId: 'call-g',
    revision,
    kind: 'group',
    groupId: 'design',
    mediaType: 1,
    callerId: 'anna',
    createdAt: t0,
    legs,
    ...over,
  };
}

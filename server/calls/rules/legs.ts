/** The transitions a single leg can make. Each drops the fields that have no meaning in the next state. */
import type { EndReason } from '#protocol/end-reason';
import type { LeaveCause, UserInfo } from '#protocol/snapshot';
import type { LegRow } from './call-state';

/** What stays with a leg in every state it goes through. */
type Identity = Pick<LegRow, 'legId' | 'userId' | 'invitedBy' | 'answerBy' | 'user' | 'removeAt'>;

function identity({ legId, userId, invitedBy, answerBy, user, removeAt }: LegRow): Identity {
  return {
    ...{ legId, userId, invitedBy },
    ...(answerBy === undefined ? {} : { answerBy }),
    ...(user === undefined ? {} : { user }),
    ...(removeAt === undefined ? {} : { removeAt }),
  };
}

/** The newest that the user's application registered; a command without it leaves it as it was. */
export function withUser(leg: LegRow, user: UserInfo | undefined): LegRow {
  return user === undefined ? leg : { ...leg, user };
}

export function invitedLeg(
  legId: string,
  userId: string,
  invitedBy: string,
  answerBy: number,
): LegRow {
  return {
    ...{ legId, userId, invitedBy, answerBy },
    state: 'invited',
    ringingDeviceIds: [],
    liveLegIds: [],
  };
}

export function claimedLeg(leg: LegRow, deviceId: string, joinBy: number): LegRow {
  return {
    ...identity(leg),
    state: 'claimed',
    ringingDeviceIds: [],
    deviceId,
    joinBy,
    liveLegIds: [],
  };
}

export function joinedLeg(
  leg: Identity,
  deviceId: string,
  joinIndex: number,
  nowMs: number,
): LegRow {
  return {
    ...leg,
    state: 'joined',
    ringingDeviceIds: [],
    deviceId,
    joinIndex,
    joinedAt: nowMs,
    liveLegIds: [],
  };
}

/** Joins a leg that was claimed; the ring's fields stay, since they tell that it was invited. */
export function joinClaimed(leg: LegRow, joinIndex: number, nowMs: number): LegRow {
  return joinedLeg(identity(leg), leg.deviceId ?? '', joinIndex, nowMs);
}

export interface Leaving {
  readonly reason: EndReason;
  readonly cause: LeaveCause;
  /** The device that declined; a device that claimed or joined stays on the leg by itself. */
  readonly deviceId?: string;
  readonly reply?: string;
}

export function leftLeg(leg: LegRow, nowMs: number, leaving: Leaving): LegRow {
  const deviceId = leaving.deviceId ?? leg.deviceId;
  const { removeAt: _done, ...kept } = identity(leg);
  return {
    ...kept,
    state: 'left',
    ringingDeviceIds: [],
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(leg.joinIndex === undefined ? {} : { joinIndex: leg.joinIndex }),
    ...(leg.joinedAt === undefined ? {} : { joinedAt: leg.joinedAt }),
    liveLegIds: [],
    leftAt: nowMs,
    reason: leaving.reason,
    cause: leaving.cause,
    ...(leg.silenced ? { silenced: true } : {}),
    ...(leaving.reply === undefined ? {} : { reply: leaving.reply }),
  };
}

export const isRinging = (leg: LegRow): boolean =>
  leg.state === 'invited' || leg.state === 'ringing';

/** In the call, by this device. */
export const isJoinedOn = (leg: LegRow, deviceId: string): boolean =>
  leg.state === 'joined' && leg.deviceId === deviceId;

export const isPresent = (leg: LegRow): boolean => leg.state !== 'left';

/** The newest leg of a user: people may leave and be invited again. */
export function legOfUser(legs: readonly LegRow[], userId: string): LegRow | undefined {
  return legs.findLast((leg) => leg.userId === userId);
}

/** An admin has put this user out, and nobody has asked them in again since. */
export function isShutOut(legs: readonly LegRow[], userId: string): boolean {
  return legOfUser(legs, userId)?.cause === 'kicked';
}

export function nextJoinIndex(legs: readonly LegRow[]): number {
  return 1 + Math.max(-1, ...legs.map((leg) => leg.joinIndex ?? -1));
}

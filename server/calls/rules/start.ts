/** CR1–CR5: how a call begins. */
import { EndReason } from '#protocol/end-reason';
import type { CallState } from './call-state';
import type { Decision, StartCommand, World } from './command';
import { invitedLeg, isPresent, joinedLeg, leftLeg } from './legs';
import { settle } from './settle';

export function start(world: World, command: StartCommand, nowMs: number): Decision {
  const { userId, targetId } = command;
  if (targetId === userId) return { ok: false, error: 'call-self', rules: ['CR3'] };
  if (!world.knownUserIds.has(targetId)) {
    return { ok: false, error: 'user-unknown', rules: ['CR2'] };
  }
  if (isBusy(world, userId)) return { ok: false, error: 'call-exists', rules: ['CR4'] };
  const call = newCall(command, nowMs, world.times.ringMs);
  return isBusy(world, targetId)
    ? settle(call, refuseBusy(call, targetId, nowMs), ['CR1', 'CR5'], { nowMs, times: world.times })
    : settle(call, call.legs, ['CR1'], { nowMs, times: world.times });
}

/** In an unended call, as whoever: ringing counts, too. */
function isBusy(world: World, userId: string): boolean {
  return world.others.some(
    (call) =>
      call.endedAt === undefined &&
      call.legs.some((leg) => leg.userId === userId && isPresent(leg)),
  );
}

/** Revision 0 is never stored or sent: settle() makes it 1. */
function newCall(command: StartCommand, nowMs: number, ringMs: number): CallState {
  const { callId, userId, targetId, mediaType, extra, push } = command;
  const caller = { legId: command.callerLegId, userId, invitedBy: userId };
  return {
    ...{ callId, mediaType, callerId: userId },
    revision: 0,
    kind: 'private',
    ...(extra === undefined ? {} : { extra }),
    ...(push === undefined ? {} : { push }),
    createdAt: nowMs,
    legs: [
      joinedLeg(caller, command.deviceId, 0, nowMs),
      invitedLeg(command.calleeLegId, targetId, userId, nowMs + ringMs),
    ],
    nextDeadline: null,
  };
}

function refuseBusy(call: CallState, targetId: string, nowMs: number): CallState['legs'] {
  const busy = { reason: EndReason.BUSY_LINE, cause: 'self' } as const;
  return call.legs.map((leg) => (leg.userId === targetId ? leftLeg(leg, nowMs, busy) : leg));
}

/** CR100–CR106: a call to several people at once, of one group or of none. */
import { limits } from '#protocol/limits';
import { askedLegs, distinct } from './asked';
import type { CallState } from './call-state';
import type { Decision, StartGroupCommand, World } from './command';
import { isPresent, joinedLeg, withUser } from './legs';
import { type Moment, settleStep } from './settle';
import { secondDevice } from './second-device';
import { type Objection, objectionToCaller, withRoomMade } from './start';

export function startGroup(world: World, command: StartGroupCommand, nowMs: number): Decision {
  const userIds = distinct(command.userIds, new Set([command.userId]));
  const objection = objectionTo(world, command, userIds) ?? objectionToCaller(world, command);
  if (objection) return { ok: false, ...objection };
  const moment = { nowMs, times: world.times };
  const second = secondDevice(world, command, moment);
  if (second.kind === 'refused') {
    return { ok: false, error: 'in-call-elsewhere', rules: ['CR34'] };
  }
  const { legIds, userId: invitedBy } = command;
  const others = withRoomMade(world.others, second.also);
  const asked = askedLegs(world, others, { userIds, legIds, invitedBy }, moment);
  // Nobody loses a call for one that does not come about.
  const room = asked.legs.some(isPresent) ? second : { also: [], rules: [] };
  const call = newCall(command, moment);
  const legs = [...call.legs, ...asked.legs];
  const rules = ['CR100', ...asked.rules, ...room.rules] as const;
  return settleStep(call, { kind: 'changed', legs, rules, also: room.also }, moment);
}

/** Nothing is stored and nobody hears of it. */
function objectionTo(
  { group, knownUserIds }: World,
  { groupId, userId }: StartGroupCommand,
  userIds: readonly string[],
): Objection | null {
  if (userIds.length === 0) return { error: 'call-self', rules: ['CR102'] };
  if (groupId !== undefined) {
    const areMembers = [userId, ...userIds].every((id) => group?.memberIds.has(id));
    if (!areMembers) return { error: 'not-in-group', rules: ['CR101'] };
  } else if (!userIds.every((id) => knownUserIds.has(id))) {
    return { error: 'user-unknown', rules: ['CR103'] };
  }
  return userIds.length < limits.participants ? null : { error: 'call-full', rules: ['CR104'] };
}

/** Revision 0 is never stored or sent: settle() makes it 1. */
function newCall(command: StartGroupCommand, { nowMs }: Moment): CallState {
  const { callId, userId, groupId, mediaType, extra, push, user } = command;
  const caller = { legId: command.callerLegId, userId, invitedBy: userId };
  return {
    ...{ callId, mediaType, callerId: userId },
    revision: 0,
    kind: 'group',
    ...(groupId === undefined ? {} : { groupId }),
    ...(extra === undefined ? {} : { extra }),
    ...(push === undefined ? {} : { push }),
    createdAt: nowMs,
    legs: [withUser(joinedLeg(caller, command.deviceId, 0, nowMs), user)],
    nextDeadline: null,
  };
}

/** CR130–CR134, CR158: into a running group call without a ring, and back into one that one has left. */
import { limits } from '#protocol/limits';
import { type WorldOf, claim } from './answer';
import { roomMade, withRoomFor } from './asked';
import type { LegRow } from './call-state';
import type { CallCommand } from './command';
import { isDeviceInCall } from './in-call';
import { claimedLeg, isPresent, isRinging, isShutOut, legOfUser } from './legs';
import { stopOtherRings } from './other-rings';
import { secondDevice } from './second-device';
import type { Moment } from './settle';
import { type Step, refused, unchanged } from './step';

type EnterCommand = Extract<CallCommand, { type: 'enter' }>;

export function enter(world: WorldOf, command: EnterCommand, moment: Moment): Step {
  const { call } = world;
  const own = legOfUser(call.legs, command.userId);
  if (!mayEnter(world, own, command.userId)) return refused('call-unknown', 'CR132');
  if (isShutOut(call.legs, command.userId)) return refused('not-allowed', 'CR158');
  if (own && isRinging(own)) return claim(world, { ...command, type: 'claim' }, moment);
  if (own && isPresent(own)) {
    return own.deviceId === command.deviceId
      ? unchanged('CR131')
      : refused('already-claimed', 'CR21');
  }
  if (call.legs.filter(isPresent).length >= limits.participants) {
    return refused('call-full', 'CR133');
  }
  return comeIn(world, command, moment);
}

/**
 * A member of its group; in a call of no group, somebody who was in it. Whoever is in it or rings has been asked, whatever
 * has become of their membership since.
 */
function mayEnter({ call, group }: WorldOf, own: LegRow | undefined, userId: string): boolean {
  if (call.kind === 'private') return false;
  if (own && isPresent(own)) return true;
  return call.groupId === undefined ? own !== undefined : group?.memberIds.has(userId) === true;
}

function comeIn(world: WorldOf, command: EnterCommand, moment: Moment): Step {
  const { call, others } = world;
  const { legId, userId, deviceId } = command;
  if (isDeviceInCall(others, command)) return refused('call-exists', 'CR134');
  const second = secondDevice(world, command, moment);
  if (second.kind === 'refused') return refused('in-call-elsewhere', 'CR134');
  const newcomer: LegRow = {
    ...{ legId, userId, invitedBy: userId },
    state: 'invited',
    ringingDeviceIds: [],
    liveLegIds: [],
  };
  const leg = claimedLeg(newcomer, deviceId, moment.nowMs + moment.times.joinMs);
  const rings = stopOtherRings(others, command, moment);
  const room = withRoomFor(call.legs, 1);
  return {
    kind: 'changed',
    legs: [...room, leg],
    rules: ['CR130', ...(room === call.legs ? [] : roomMade), ...second.rules, ...rings.rules],
    also: [...second.also, ...rings.also],
  };
}

/** CR10–CR38: the ring is painted, claimed, joined. */
import { EndReason } from '#protocol/end-reason';
import type { CallState, LegRow } from './call-state';
import type { CallCommand, World } from './command';
import { isDeviceInCall } from './in-call';
import {
  claimedLeg,
  isRinging,
  joinClaimed,
  leftLeg,
  legOfUser,
  nextJoinIndex,
  withUser,
} from './legs';
import { stopOtherRings } from './other-rings';
import { secondDevice } from './second-device';
import { ringingOn } from './ring';
import type { Moment } from './settle';
import { type Step, changeLeg, refused, unchanged } from './step';
import { isBlockedMeanwhile } from './user-rules';

/** The world of a command that names a call which is there. */
export type WorldOf = World & { readonly call: CallState };

type Command<T extends CallCommand['type']> = Extract<CallCommand, { type: T }>;

export function ringing(world: WorldOf, command: Command<'ringing'>): Step {
  const { legs } = world.call;
  const leg = legOfUser(legs, command.userId);
  if (!leg) return refused('call-unknown', 'CR53');
  if (isDeviceInCall(world.others, command)) return unchanged('CR13');
  if (!isRinging(leg) || leg.ringingDeviceIds.includes(command.deviceId)) return unchanged('CR11');
  if (leg.isSilencedByRules) return unchanged('CR15');
  const next = ringingOn(world, leg, command.deviceId);
  return changeLeg(legs, withUser(next, command.user), 'CR10');
}

export function claim(world: WorldOf, command: Command<'claim'>, moment: Moment): Step {
  const leg = legOfUser(world.call.legs, command.userId);
  if (!leg) return refused('call-unknown', 'CR53');
  if (isRinging(leg)) return answer(world, leg, command, moment);
  if (leg.state === 'left') return refused('call-ended', 'CR52');
  return leg.deviceId === command.deviceId ? unchanged('CR22') : refused('already-claimed', 'CR21');
}

function answer(world: WorldOf, leg: LegRow, command: Command<'claim'>, moment: Moment): Step {
  const { legs } = world.call;
  const { deviceId } = command;
  if (isDeviceInCall(world.others, command)) return refused('call-exists', 'CR23');
  if (isBlockedMeanwhile(world, world.call, leg)) return refused('blocked', 'CR24');
  const second = secondDevice(world, command, moment);
  if (second.kind === 'refused') {
    const left = { reason: EndReason.OTHER_CLIENT_IN_CALL, cause: 'self', deviceId } as const;
    return changeLeg(legs, leftLeg(leg, moment.nowMs, left), 'CR35');
  }
  const claimed = claimedLeg(leg, deviceId, moment.nowMs + moment.times.joinMs);
  const rings = stopOtherRings(world.others, command, moment);
  return {
    ...changeLeg(legs, claimed, 'CR20', ...second.rules, ...rings.rules),
    also: [...second.also, ...rings.also],
  };
}

export function join(call: CallState, command: Command<'join'>, moment: Moment): Step {
  const leg = legOfUser(call.legs, command.userId);
  if (!leg) return refused('call-unknown', 'CR53');
  if (leg.state === 'left') return refused('call-ended', 'CR52');
  if (leg.deviceId !== command.deviceId) return refused('wrong-state', 'CR31');
  if (leg.state === 'joined') return unchanged('CR32');
  const joined = joinClaimed(leg, nextJoinIndex(call.legs), moment.nowMs);
  return changeLeg(call.legs, withUser(joined, command.user), 'CR30');
}

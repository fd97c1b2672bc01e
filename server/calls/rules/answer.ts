/** CR10–CR32: the ring is painted, claimed, joined. */
import type { CallState } from './call-state';
import { claimedLeg, isRinging, joinClaimed, legOfUser, nextJoinIndex } from './legs';
import type { Moment } from './settle';
import { type Step, changeLeg, refused, unchanged } from './step';

interface FromDevice {
  readonly userId: string;
  readonly deviceId: string;
}

export function ringing(call: CallState, { userId, deviceId }: FromDevice): Step {
  const leg = legOfUser(call.legs, userId);
  if (!leg) return refused('call-unknown', 'CR53');
  if (!isRinging(leg) || leg.ringingDeviceIds.includes(deviceId)) return unchanged('CR11');
  const ringingDeviceIds = [...leg.ringingDeviceIds, deviceId];
  return changeLeg(call.legs, { ...leg, state: 'ringing', ringingDeviceIds }, 'CR10');
}

export function claim(call: CallState, { userId, deviceId }: FromDevice, moment: Moment): Step {
  const leg = legOfUser(call.legs, userId);
  if (!leg) return refused('call-unknown', 'CR53');
  if (isRinging(leg)) {
    const joinBy = moment.nowMs + moment.times.joinMs;
    return changeLeg(call.legs, claimedLeg(leg, deviceId, joinBy), 'CR20');
  }
  if (leg.state === 'left') return refused('call-ended', 'CR52');
  return leg.deviceId === deviceId ? unchanged('CR22') : refused('already-claimed', 'CR21');
}

export function join(call: CallState, { userId, deviceId }: FromDevice, moment: Moment): Step {
  const leg = legOfUser(call.legs, userId);
  if (!leg) return refused('call-unknown', 'CR53');
  if (leg.state === 'left') return refused('call-ended', 'CR52');
  if (leg.deviceId !== deviceId) return refused('wrong-state', 'CR31');
  if (leg.state === 'joined') return unchanged('CR32');
  return changeLeg(call.legs, joinClaimed(leg, nextJoinIndex(call.legs), moment.nowMs), 'CR30');
}

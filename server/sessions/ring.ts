import type { CallState, LegRow } from '../calls/rules/call-state';
import type { Identity } from './connection';

const isRinging = (leg: LegRow): boolean => leg.state === 'invited' || leg.state === 'ringing';

/** This device should ring and has not said that it does. */
export function ringsUnseenOn(call: CallState, { userId, deviceId }: Identity): boolean {
  return call.legs.some(
    (leg) => leg.userId === userId && isRinging(leg) && !leg.ringingDeviceIds.includes(deviceId),
  );
}

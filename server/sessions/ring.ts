import type { CallState } from '../calls/rules/call-state';
import { isRinging } from '../calls/rules/legs';
import type { Identity } from './identity';

/** This device should ring and has not said that it does. */
export function ringsUnseenOn(call: CallState, { userId, deviceId }: Identity): boolean {
  return call.legs.some(
    (leg) => leg.userId === userId && isRinging(leg) && !leg.ringingDeviceIds.includes(deviceId),
  );
}

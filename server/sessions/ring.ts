import type { CallState } from '../calls/rules/call-state';
import { isRinging } from '../calls/rules/legs';
import type { Identity } from './identity';

/** This device should ring, and has said neither that it does nor that it is kept quiet. */
export function ringsUnseenOn(call: CallState, { userId, deviceId }: Identity): boolean {
  return call.legs.some(
    (leg) =>
      leg.userId === userId &&
      isRinging(leg) &&
      leg.silenced !== true &&
      ![...leg.ringingDeviceIds, ...(leg.quietDeviceIds ?? [])].includes(deviceId),
  );
}

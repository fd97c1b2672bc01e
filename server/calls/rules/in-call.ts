/** Who is in which call, on which device. Ringing is not being in a call: a ring belongs to the user, not to a device. */
import type { CallState, LegRow } from './call-state';
import { legOfUser } from './legs';

interface DeviceOf {
  readonly userId: string;
  readonly deviceId: string;
}

/** A device answered or started: it opens its media or talks. */
export const isActive = (leg: LegRow): boolean => leg.state === 'claimed' || leg.state === 'joined';

/** One device is in one call at most, whatever the rules of its user say. */
export function isDeviceInCall(calls: readonly CallState[], from: DeviceOf): boolean {
  return calls.some((call) => {
    const leg = activeLeg(call, from.userId);
    return leg?.deviceId === from.deviceId;
  });
}

/** The calls that other devices of this user are in. */
export function callsElsewhere(
  calls: readonly CallState[],
  from: DeviceOf,
): readonly { readonly call: CallState; readonly leg: LegRow }[] {
  return calls.flatMap((call) => {
    const leg = activeLeg(call, from.userId);
    return leg && leg.deviceId !== from.deviceId ? [{ call, leg }] : [];
  });
}

export function activeLeg(call: CallState, userId: string): LegRow | undefined {
  const leg = legOfUser(call.legs, userId);
  return leg && isActive(leg) ? leg : undefined;
}

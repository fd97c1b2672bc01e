import type { StoredWorld } from '../store/store';
import { isDeviceInCall } from './rules/in-call';

/**
 * Who of the users concerned has a connected device that is in no call. `devicesOf` is asked, and not a list kept: one
 * day the devices will be on other servers, too.
 */
export function freeUsers(
  { call, others, knownUserIds }: StoredWorld,
  devicesOf: (userId: string) => readonly string[],
): ReadonlySet<string> {
  const calls = [...(call ? [call] : []), ...others].filter((one) => one.endedAt === undefined);
  const isFree = (userId: string): boolean =>
    devicesOf(userId).some((deviceId) => !isDeviceInCall(calls, { userId, deviceId }));
  return new Set([...knownUserIds].filter(isFree));
}

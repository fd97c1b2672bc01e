import type { StoredWorld } from '../store/store';
import type { CallState } from './rules/call-state';

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
    devicesOf(userId).some((deviceId) => !calls.some((one) => isIn(one, userId, deviceId)));
  return new Set([...knownUserIds].filter(isFree));
}

function isIn({ legs }: CallState, userId: string, deviceId: string): boolean {
  return legs.some(
    (leg) =>
      leg.userId === userId &&
      leg.deviceId === deviceId &&
      (leg.state === 'claimed' || leg.state === 'joined'),
  );
}

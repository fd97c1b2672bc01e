import { limits } from '#protocol/limits';
import { type CallSnapshot, isActive } from '#protocol/snapshot';

/**
 * Those calls one message has room for, beside `rest`. Whoever is rung by many at once must not be sent a message that
 * is too large to read. What a device is in itself comes first; of the others it hears with its heartbeats.
 */
export function callsThatFit(
  calls: readonly CallSnapshot[],
  deviceId: string,
  rest: object,
): CallSnapshot[] {
  let left = limits.messageBytes - bytesOf(rest);
  const isOwn = ({ legs }: CallSnapshot): boolean =>
    legs.some((leg) => leg.deviceId === deviceId && isActive(leg));
  const ordered = calls.toSorted((one, other) => Number(isOwn(other)) - Number(isOwn(one)));
  return ordered.filter((call) => {
    const bytes = bytesOf(call) + ','.length;
    if (bytes > left) return false;
    left -= bytes;
    return true;
  });
}

const bytesOf = (value: object): number => Buffer.byteLength(JSON.stringify(value));

import { EndReason } from '#protocol/end-reason';
import { type CallSnapshot, type Viewer, legOf } from '#protocol/snapshot';

/** The last snapshot of a call for a device that has lost the server for good: its own connection failed (7). */
export function cutOff(call: CallSnapshot, viewer: Viewer, nowMs: number): CallSnapshot {
  const own = legOf(call, viewer.userId);
  return {
    ...call,
    revision: call.revision + 1,
    endedAt: nowMs,
    legs: call.legs.map((leg) => {
      if (leg.state === 'left') return leg;
      const left = { ...leg, state: 'left', leftAt: nowMs } as const;
      return leg === own
        ? { ...left, reason: EndReason.NETWORK_ERROR, cause: 'self' }
        : { ...left, cause: 'call-ended' };
    }),
  };
}

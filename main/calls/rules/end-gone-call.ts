import type { CallSnapshot } from '#protocol/snapshot';

/**
 * The last snapshot of a call that the server does not know any more: its real one was lost on the way. Why it ended
 * is unknown, which the end reasons show as 13.
 */
export function endGoneCall(call: CallSnapshot, nowMs: number): CallSnapshot {
  return {
    ...call,
    revision: call.revision + 1,
    endedAt: nowMs,
    legs: call.legs.map((leg) =>
      leg.state === 'left' ? leg : { ...leg, state: 'left', leftAt: nowMs, cause: 'call-ended' },
    ),
  };
}

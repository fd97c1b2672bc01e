/** What the caller may know of somebody who was called and has not answered. Pure. */
import { type CallSnapshot, legOf } from '#protocol/snapshot';

/** A device that neither rings nor refuses by then is not there: the server has asked it for 3 s. */
export const probeMs = 4_000;

/**
 * ringing – it rings there, on so many devices. unreachable – on none; it will, as soon as one is there. silenced – the
 * person does not want to be disturbed.
 */
export type Reach =
  | { readonly kind: 'ringing'; readonly devices: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'silenced' };

/** Null: nothing is known yet, or there is nothing to wait for. `sinceMs`: how long ago the person was called. */
export function reachOf(call: CallSnapshot, userId: string, sinceMs: number): Reach | null {
  const leg = legOf(call, userId);
  if (leg?.state !== 'invited' && leg?.state !== 'ringing') return null;
  if (leg.silenced) return { kind: 'silenced' };
  if (leg.state === 'ringing') return { kind: 'ringing', devices: Math.max(1, leg.ringingOn) };
  return leg.unreachable || sinceMs >= probeMs ? { kind: 'unreachable' } : null;
}

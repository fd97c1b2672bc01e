import type { CallState } from '../calls/rules/call-state';
import type { StoredWorld } from './store';

/**
 * What a call was before the command; null for a new one. It need not be the call that the command names: a start is
 * answered with an older call when two people call each other, and a second device may end its user's other call.
 */
export function previousOf({ call, others }: StoredWorld, callId: string): CallState | null {
  if (call?.callId === callId) return call;
  return others.find((other) => other.callId === callId) ?? null;
}

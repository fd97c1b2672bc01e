/** How far a group call is, as its window says it. Pure: whoever can be heard makes it a call, whoever else still rings. */
import { type CallSnapshot, isPresent } from '#protocol/snapshot';
import type { CallPhase } from './call-view';
import type { MemberLink } from './members';

/** Of a call that this device placed or has accepted, and that is not over. */
export function groupPhase(
  call: CallSnapshot,
  selfId: string,
  linkOf: (userId: string) => MemberLink,
): CallPhase {
  const others = call.legs.filter((leg) => leg.userId !== selfId && isPresent(leg));
  const links = others
    .filter(({ state }) => state === 'joined')
    .map(({ userId }) => linkOf(userId));
  if (links.includes('live')) return 'active';
  if (links.includes('broken')) return 'reconnecting';
  if (links.length > 0) return 'connecting';
  return others.some(({ state }) => state === 'ringing' || state === 'claimed')
    ? 'ringing'
    : 'dialing';
}

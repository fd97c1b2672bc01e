/** CR8, CR9: two people call each other at the same time. The older call wins and is answered by the younger one. */
import type { CallState, LegRow } from './call-state';
import type { StartCommand, World } from './command';
import { claimedLeg, isRinging, joinClaimed, legOfUser, nextJoinIndex, withUser } from './legs';
import type { Moment } from './settle';
import { type Changed, changeLeg } from './step';

/** The call from the very person that is being called now, still waiting for this answer. */
export interface OlderCall {
  readonly call: CallState;
  readonly leg: LegRow;
}

export function callFromTarget({ others }: World, command: StartCommand): OlderCall | null {
  for (const call of others) {
    const leg = legOfUser(call.legs, command.userId);
    const isFromTarget = call.kind === 'private' && call.callerId === command.targetId;
    if (isFromTarget && leg && isRinging(leg)) return { call, leg };
  }
  return null;
}

/** Claimed and joined at once: who calls has its media open already. */
export function answerByCalling(
  { call, leg }: OlderCall,
  command: StartCommand,
  { nowMs, times }: Moment,
): Changed {
  const { userId, deviceId, user } = command;
  const claimed = claimedLeg(leg, deviceId, nowMs + times.joinMs);
  const joined = withUser(joinClaimed(claimed, nextJoinIndex(call.legs), nowMs), user);
  const step = changeLeg(call.legs, joined, 'CR8');
  // Nobody's camera is shown to somebody who asked for a voice.
  return command.mediaType < call.mediaType
    ? { ...step, rules: ['CR8', 'CR9'], shared: { mediaType: 1, mediaChangedBy: userId } }
    : step;
}

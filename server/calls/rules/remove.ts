/**
 * CR54, CR55: an admin puts somebody out. The command may come from another process, which tells nobody: it only makes
 * the leg due, and the running server finds it like every other time limit.
 */
import { EndReason } from '#protocol/end-reason';
import type { CallState, LegRow } from './call-state';
import type { CallCommand } from './command';
import { isPresent, leftLeg, legOfUser } from './legs';
import type { Moment } from './settle';
import { type Step, changeLeg, refused, unchanged } from './step';

type RemoveCommand = Extract<CallCommand, { type: 'remove' }>;

export function remove(call: CallState, { userId }: RemoveCommand, { nowMs }: Moment): Step {
  const leg = legOfUser(call.legs, userId);
  if (!leg) return refused('call-unknown', 'CR53');
  if (!isPresent(leg) || leg.removeAt !== undefined) return unchanged('CR54');
  return changeLeg(call.legs, { ...leg, removeAt: nowMs }, 'CR54');
}

export function removedLeg(leg: LegRow, nowMs: number): LegRow {
  return leftLeg(leg, nowMs, { reason: EndReason.KICKED_BY_SERVER, cause: 'kicked' });
}

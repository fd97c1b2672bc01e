/** What a row of the history says of a call, and whom it names. Pure. */
import { type Ended, type Outcome, outcomeOf } from '#common/outcome';
import type { CallRecord } from '#protocol/messages';

/**
 * What a row says of it. silenced – missed without a ring: the user did not want to be disturbed. In a group call nobody
 * is “the other one” whose refusal it could name, and whoever was in it may have come by themselves.
 */
export type Said = Outcome | 'silenced' | 'joined' | 'nobody';

const unheard: ReadonlySet<Outcome> = new Set(['declined', 'busy', 'unanswered']);

export function saidOf(record: Ended & Pick<CallRecord, 'kind' | 'silenced'>): Said {
  const outcome = outcomeOf(record);
  if (outcome === 'missed' && record.silenced) return 'silenced';
  if (record.kind === 'private') return outcome;
  if (outcome === 'answered') return 'joined';
  return record.direction === 'outgoing' && unheard.has(outcome) ? 'nobody' : outcome;
}

/** Who it was: of a call to several that came in, whoever asked this user in. */
export function personIn({
  kind,
  direction,
  targetId,
  invitedBy,
}: Pick<CallRecord, 'kind' | 'direction' | 'targetId' | 'invitedBy'>): string {
  return kind === 'group' && direction === 'incoming' ? invitedBy : targetId;
}

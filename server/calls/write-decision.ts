import { previousOf } from '../store/previous-of';
import type { CallTransaction, OwnedRecord } from '../store/store';
import type { CallState } from './rules/call-state';
import type { Decision } from './rules/command';
import { recordsFor, recordsOfForgotten } from './rules/records';

/** One committed revision. */
export interface CallChange {
  readonly previous: CallState | null;
  readonly call: CallState;
  /** Of those for whom it has just ended for good. */
  readonly records: readonly OwnedRecord[];
}

/**
 * Writes every call the decision changed, and the records of those for whom one ended for good. What is left comes before what is
 * begun, so that nobody who is told of the changes in this order sees a device in two calls.
 */
export async function writeDecision(
  tx: CallTransaction,
  { changed, call, also = [] }: Extract<Decision, { ok: true }>,
): Promise<readonly CallChange[]> {
  const changes: CallChange[] = [];
  for (const next of changed ? [...also, call] : also) {
    const previous = previousOf(tx.world, next.callId);
    const records = [...recordsOfForgotten(previous, next), ...recordsFor(next)];
    await tx.save(next);
    await tx.addRecords(records);
    changes.push({ previous, call: next, records });
  }
  return changes;
}

/** What became of a call in the history, as its user sees it. For home, and for the number of missed calls in the tray. */
import { EndReason } from '#protocol/end-reason';
import type { CallRecord } from '#protocol/messages';

/**
 * missed – it rang, or would have, and nobody here took it. answered – it came in and was connected. called – it went
 * out and was connected. declined – refused here, or there. elsewhere – another own device took it. cancelled – given
 * up before anybody answered. busy – the other one was in a call. unanswered – nobody answered there. failed – it was
 * taken, and no connection came about.
 */
export type Outcome =
  | 'missed'
  | 'answered'
  | 'called'
  | 'declined'
  | 'elsewhere'
  | 'cancelled'
  | 'busy'
  | 'unanswered'
  | 'failed';

type Unconnected = Exclude<Outcome, 'answered' | 'called'>;

const R = EndReason;

/** Calls that came in and were never connected. What the caller did or suffered meanwhile, this user has missed. */
const incoming: Record<EndReason, Unconnected> = {
  [R.CANCEL]: 'failed',
  [R.REJECT]: 'declined',
  [R.HANGUP]: 'failed',
  [R.BUSY_LINE]: 'missed',
  [R.NO_RESPONSE]: 'missed',
  [R.ENGINE_UNSUPPORTED]: 'missed',
  [R.NETWORK_ERROR]: 'failed',
  [R.GET_MEDIA_RESOURCES_ERROR]: 'failed',
  [R.PUBLISH_ERROR]: 'failed',
  [R.SUBSCRIBE_ERROR]: 'failed',
  [R.REMOTE_CANCEL]: 'missed',
  [R.REMOTE_REJECT]: 'missed',
  [R.REMOTE_HANGUP]: 'missed',
  [R.REMOTE_BUSY_LINE]: 'missed',
  [R.REMOTE_NO_RESPONSE]: 'missed',
  [R.REMOTE_ENGINE_UNSUPPORTED]: 'missed',
  [R.REMOTE_NETWORK_ERROR]: 'missed',
  [R.REMOTE_GET_MEDIA_RESOURCE_ERROR]: 'missed',
  [R.REMOTE_PUBLISH_ERROR]: 'missed',
  [R.REMOTE_SUBSCRIBE_ERROR]: 'missed',
  [R.OTHER_CLIENT_JOINED_CALL]: 'elsewhere',
  [R.OTHER_CLIENT_IN_CALL]: 'elsewhere',
  [R.KICKED_BY_SERVER]: 'failed',
  [R.ACCEPT_SYSTEM_CALL]: 'failed',
  [R.REMOTE_OTHER_CLIENT_JOINED_CALL]: 'missed',
  [R.REMOTE_OTHER_CLIENT_IN_CALL]: 'missed',
  [R.REMOTE_KICKED_BY_SERVER]: 'missed',
  [R.REMOTE_ACCEPT_SYSTEM_CALL]: 'missed',
  [R.ACCEPT_BY_OTHER_CLIENT]: 'elsewhere',
  [R.HANGUP_BY_OTHER_CLIENT]: 'declined',
  [R.ADDED_TO_BLACKLIST]: 'failed',
  [R.SERVICE_NOT_OPENED]: 'failed',
};

/** Calls that went out and were never connected; whatever is not named failed. */
const outgoing: Partial<Record<EndReason, Unconnected>> = {
  [R.CANCEL]: 'cancelled',
  [R.HANGUP]: 'cancelled',
  [R.REMOTE_REJECT]: 'declined',
  [R.REMOTE_BUSY_LINE]: 'busy',
  [R.REMOTE_OTHER_CLIENT_IN_CALL]: 'busy',
  [R.REMOTE_NO_RESPONSE]: 'unanswered',
};

export type Ended = Pick<CallRecord, 'direction' | 'connectedAt' | 'endReason'>;

/** A newer server may know reasons that this copy does not. */
export function outcomeOf({ direction, connectedAt, endReason }: Ended): Outcome {
  if (connectedAt > 0) return direction === 'incoming' ? 'answered' : 'called';
  const table: Partial<Record<number, Unconnected>> =
    direction === 'incoming' ? incoming : outgoing;
  return table[endReason] ?? 'failed';
}

export function isMissed(record: Ended): boolean {
  return outcomeOf(record) === 'missed';
}

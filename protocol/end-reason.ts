/**
 * Why a call ended, in the documented numbering (docs/call-api.md). 1–10 and 21–24 are one's own view;
 * the other side sees the same event as +10. 101 and 102 speak of one's own other devices.
 */
export const EndReason = {
  /** I cancelled my outgoing call before anyone answered. */
  CANCEL: 1,
  /** I refused the call. */
  REJECT: 2,
  /** I hung up. */
  HANGUP: 3,
  /** I was in another call. */
  BUSY_LINE: 4,
  /** I did not answer in time. */
  NO_RESPONSE: 5,
  /** My app cannot do what the call needs. */
  ENGINE_UNSUPPORTED: 6,
  /** My connection was lost for too long. */
  NETWORK_ERROR: 7,
  /** My microphone or camera could not be opened. */
  GET_MEDIA_RESOURCES_ERROR: 8,
  /** My media could not be sent. */
  PUBLISH_ERROR: 9,
  /** The others' media could not be received. */
  SUBSCRIBE_ERROR: 10,
  REMOTE_CANCEL: 11,
  REMOTE_REJECT: 12,
  REMOTE_HANGUP: 13,
  REMOTE_BUSY_LINE: 14,
  REMOTE_NO_RESPONSE: 15,
  REMOTE_ENGINE_UNSUPPORTED: 16,
  REMOTE_NETWORK_ERROR: 17,
  REMOTE_GET_MEDIA_RESOURCE_ERROR: 18,
  REMOTE_PUBLISH_ERROR: 19,
  REMOTE_SUBSCRIBE_ERROR: 20,
  /** My other device joined a new call and this one was put out. */
  OTHER_CLIENT_JOINED_CALL: 21,
  /** My other device is in a call, so this one was refused. */
  OTHER_CLIENT_IN_CALL: 22,
  /** The server put me out. */
  KICKED_BY_SERVER: 23,
  /** A call of the operating system took over (phones only; kept for the numbering). */
  ACCEPT_SYSTEM_CALL: 24,
  REMOTE_OTHER_CLIENT_JOINED_CALL: 31,
  REMOTE_OTHER_CLIENT_IN_CALL: 32,
  REMOTE_KICKED_BY_SERVER: 33,
  REMOTE_ACCEPT_SYSTEM_CALL: 34,
  /** Another device of mine answered. */
  ACCEPT_BY_OTHER_CLIENT: 101,
  /** Another device of mine refused. */
  HANGUP_BY_OTHER_CLIENT: 102,
  /** The other person blocked me. */
  ADDED_TO_BLACKLIST: 103,
  /** Calls are switched off on this server. */
  SERVICE_NOT_OPENED: 104,
} as const;

export type EndReason = (typeof EndReason)[keyof typeof EndReason];

/** The reasons a leg itself can carry: the leaver's own view. */
export const legReasons = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 21, 22, 23, 24] as const;
export type LegReason = (typeof legReasons)[number];

const remoteViews: Record<LegReason, EndReason> = {
  1: 11,
  2: 12,
  3: 13,
  4: 14,
  5: 15,
  6: 16,
  7: 17,
  8: 18,
  9: 19,
  10: 20,
  21: 31,
  22: 32,
  23: 33,
  24: 34,
};

const known = new Set<number>(legReasons);

/** How everybody else sees a leg that left for `reason`. An unknown reason is 13. */
export function remoteView(reason: number | undefined): EndReason {
  return known.has(reason ?? -1) ? remoteViews[reason as LegReason] : EndReason.REMOTE_HANGUP;
}

/**
 * The truth of one call: what the server stores in the call's row. A snapshot is this without the private fields.
 * Only decide() makes new ones; nothing changes one in place.
 */
import type {
  CallSnapshot,
  Leg,
  LeaveCause,
  LegState,
  PushTexts,
  UserInfo,
} from '#protocol/snapshot';

export interface LegRow {
  readonly legId: string;
  readonly userId: string;
  readonly invitedBy: string;
  readonly state: LegState;
  readonly answerBy?: number;
  /** Devices that paint the ring. */
  readonly ringingDeviceIds: readonly string[];
  /** Only while it rings: devices whose system keeps them quiet. */
  readonly quietDeviceIds?: readonly string[];
  /** Only while invited, and no device of the user is connected. */
  readonly unreachable?: true;
  /** It does not ring, or did not. */
  readonly silenced?: true;
  /** Only while it rings: it is silent by the rules of its user, whatever the devices say. */
  readonly isSilencedByRules?: true;
  readonly deviceId?: string;
  /** Only while claimed: the device must have joined by then. */
  readonly joinBy?: number;
  readonly joinIndex?: number;
  readonly joinedAt?: number;
  /** Only while joined: legs this device reported a live link to. */
  readonly liveLegIds: readonly string[];
  /** Only while joined and the device's socket is dead: since when. */
  readonly lostAt?: number;
  /** Only while lost and no joined device reports a live link to it: since when the grace runs. */
  readonly graceFrom?: number;
  /** Only while joined without any live link although somebody else is there: since when. */
  readonly unlinkedFrom?: number;
  readonly leftAt?: number;
  /** With which revision it left: a device that knows this one has heard all that is its user's business (CR159). */
  readonly leftRevision?: number;
  readonly reason?: number;
  readonly cause?: LeaveCause;
  /** What the user said while declining. */
  readonly reply?: string;
  /** What the user's application registered; the newest counts. */
  readonly user?: UserInfo;
  /** An admin wants this leg out of the call: it is due at once. */
  readonly removeAt?: number;
  /** Its user has blocked the one who asks, and neither hears of this leg nor finds anything of it (CR160). */
  readonly isUnheard?: true;
}

export interface MediaAsk {
  readonly by: string;
  readonly until: number;
}

export interface CallState {
  readonly callId: string;
  readonly revision: number;
  readonly kind: 'private' | 'group';
  readonly groupId?: string;
  readonly mediaType: 1 | 2;
  readonly mediaChangedBy?: string;
  /** Somebody in a private audio call wants pictures, and waits for the other one's word. */
  readonly mediaAsk?: MediaAsk;
  readonly callerId: string;
  readonly extra?: string;
  readonly push?: PushTexts;
  readonly createdAt: number;
  readonly endedAt?: number;
  readonly legs: readonly LegRow[];
  /** The earliest time at which `deadline` changes something; null when nothing is awaited. */
  readonly nextDeadline: number | null;
}

export function toSnapshot(call: CallState): CallSnapshot {
  const { nextDeadline: _next, legs, ...shared } = call;
  return { ...shared, legs: legs.map(toLeg) };
}

function toLeg(row: LegRow): Leg {
  const {
    ringingDeviceIds,
    quietDeviceIds: _quiet,
    isSilencedByRules: _byRules,
    joinBy: _joinBy,
    liveLegIds: _live,
    lostAt: _lostAt,
    graceFrom: _graceFrom,
    unlinkedFrom: _unlinkedFrom,
    removeAt: _removeAt,
    leftRevision: _leftRevision,
    isUnheard: _isUnheard,
    ...shared
  } = row;
  return { ...shared, ringingOn: ringingDeviceIds.length };
}

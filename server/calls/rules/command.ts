/** What can happen to a call, grouped by who sends it. Times and ids arrive from outside: decide() makes neither. */
import type { ErrorCode } from '#protocol/error-code';
import type { CallRules, LeaveWhy } from '#protocol/messages';
import type { JoinType } from '#protocol/primitives';
import type { PushTexts, UserInfo } from '#protocol/snapshot';
import type { CallState } from './call-state';
import type { RuleId } from './rule-ids';

/** Sent by the caller's device. */
export interface StartCommand {
  readonly type: 'start';
  readonly callId: string;
  readonly callerLegId: string;
  readonly calleeLegId: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly targetId: string;
  readonly mediaType: 1 | 2;
  readonly extra?: string;
  readonly push?: PushTexts;
  readonly user?: UserInfo;
  /** Absent: the user's own rule counts. */
  readonly joinType?: JoinType;
}

/** Sent by the caller's device: a call to several. */
export interface StartGroupCommand {
  readonly type: 'start-group';
  readonly callId: string;
  readonly callerLegId: string;
  /** One for each of `userIds`. */
  readonly legIds: readonly string[];
  readonly userId: string;
  readonly deviceId: string;
  readonly userIds: readonly string[];
  /** Absent: any people. */
  readonly groupId?: string;
  readonly mediaType: 1 | 2;
  readonly extra?: string;
  readonly push?: PushTexts;
  readonly user?: UserInfo;
  readonly joinType?: JoinType;
}

/** What asks people into a call that is there. */
export interface Asking {
  readonly userIds: readonly string[];
  /** One for each of `userIds`. */
  readonly legIds: readonly string[];
  /** Instead of the call's own, from now on. */
  readonly extra?: string;
  readonly push?: PushTexts;
}

interface FromDevice {
  readonly userId: string;
  readonly deviceId: string;
}

export type CallCommand =
  | StartCommand
  | StartGroupCommand
  /** A device paints the ring. */
  | ({ readonly type: 'ringing'; readonly user?: UserInfo } & FromDevice)
  /** The system of a device keeps it quiet. */
  | ({ readonly type: 'silenced' } & FromDevice)
  /** The click on Accept. */
  | ({ readonly type: 'claim'; readonly joinType?: JoinType } & FromDevice)
  /** The media is open. */
  | ({ readonly type: 'join'; readonly user?: UserInfo } & FromDevice)
  /** Cancel, decline or hang up. */
  | ({
      readonly type: 'leave';
      readonly why: LeaveWhy;
      /** With a decline: what the caller is to be told. */
      readonly reply?: string;
      readonly user?: UserInfo;
    } & FromDevice)
  /** Somebody connected makes an audio call of it, or wants pictures. */
  | ({ readonly type: 'media'; readonly mediaType: 1 | 2 } & FromDevice)
  /** What the other one says to that wish. */
  | ({ readonly type: 'media-answer'; readonly accept: boolean } & FromDevice)
  /** Somebody connected asks more people in. */
  | ({ readonly type: 'invite' } & Asking & FromDevice)
  /** One of two makes a group call of their call, and asks more people in. */
  | ({ readonly type: 'extend' } & Omit<Asking, 'extra' | 'push'> & FromDevice)
  /** Somebody comes into a running group call without a ring. */
  | ({ readonly type: 'enter'; readonly legId: string; readonly joinType?: JoinType } & FromDevice)
  /** The heartbeat: legs to which this device has a live link. */
  | ({ readonly type: 'links'; readonly liveLegIds: readonly string[] } & FromDevice)
  // -- sent by the server's own sockets
  | ({ readonly type: 'device-lost' } & FromDevice)
  | ({ readonly type: 'device-back' } & FromDevice)
  /** Some device of the user came or went. */
  | { readonly type: 'reach'; readonly userId: string }
  // -- sent by an admin
  | { readonly type: 'remove'; readonly userId: string }
  // -- sent by the server's clock and its start
  | { readonly type: 'deadline' }
  | { readonly type: 'server-restarted' };

/** The server's configuration of the times, ms (protocol/limits.ts has the defaults). */
export interface CallTimes {
  /** How long an invitation rings. */
  readonly ringMs: number;
  /** From the claim until the device has joined. */
  readonly joinMs: number;
  /** How long a lost or unlinked device may come back. */
  readonly graceMs: number;
  /** A dead socket is forgiven at most this long while others report a live link. */
  readonly lostMs: number;
}

/** What a user laid down about being called. */
export interface UserRules extends Omit<CallRules, 'blockedUserIds'> {
  /** Whom they blocked, and when. */
  readonly blockedSince: ReadonlyMap<string, number>;
}

/** Who may be in the calls of a group. */
export interface GroupMembers {
  readonly groupId: string;
  readonly memberIds: ReadonlySet<string>;
}

/** What decide() may look at. Read and written in one transaction that locks the users concerned in sorted order. */
export interface World {
  /** The call the command names; null for `start` and `start-group`. */
  readonly call: CallState | null;
  /** The group of the call, or of the one to be started; null where there is none, or none of that id. */
  readonly group: GroupMembers | null;
  /** The other unended calls of the users concerned (at a start: the caller and whoever is called). */
  readonly others: readonly CallState[];
  /** Which of the users the command names exist. */
  readonly knownUserIds: ReadonlySet<string>;
  /** How the users concerned, and those who call them, want to be called; who is missing has the defaults. */
  readonly rules: ReadonlyMap<string, UserRules>;
  /** Those of them who have a connected device that is in no call. */
  readonly freeUserIds: ReadonlySet<string>;
  /** Their connected devices; who is missing has none. */
  readonly deviceIds: ReadonlyMap<string, readonly string[]>;
  readonly times: CallTimes;
}

export type Decision =
  /** `changed` false: repeated or without effect, nothing to write, nobody to tell. */
  | {
      readonly ok: true;
      readonly changed: boolean;
      readonly call: CallState;
      /** Other calls that this command changed: the one a second device was in. */
      readonly also?: readonly CallState[];
      readonly rules: readonly RuleId[];
    }
  | { readonly ok: false; readonly error: ErrorCode; readonly rules: readonly RuleId[] };

/**
 * What a caller needs from the world outside the page. It is handed in, so that two callers can live in one process
 * and so that the same caller runs in our own windows (over preload) and in any page (over a browser WebSocket).
 */
import type { ReceivedSignal } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import type { CallRecord, IceServer, LeaveWhy } from '#protocol/messages';
import type { JoinType } from '#protocol/primitives';
import type { Result } from '#protocol/result';
import type { MediaState } from '../media/ports';
import type { CallSnapshot, PushTexts, UserInfo, Viewer } from '#protocol/snapshot';

export interface StartRequest {
  readonly targetId: string;
  readonly mediaType: 1 | 2;
  readonly extra?: string;
  readonly push?: PushTexts;
  readonly user?: UserInfo;
  /** What becomes of a call on another device of this user; absent: the user's own rule counts. */
  readonly joinType?: JoinType;
}

/** A call to several: members of one group, or without `groupId` any people. */
export interface StartGroupRequest extends Omit<StartRequest, 'targetId'> {
  readonly groupId?: string;
  readonly userIds: readonly string[];
}

/** Who is asked into a call, and with which words; what is not given is as it was for the call. */
export interface InviteRequest {
  readonly userIds: readonly string[];
  readonly extra?: string;
  readonly push?: PushTexts;
}

/** An application is asked for nothing when its app quits: that is not one of its reasons. */
export type LeaveReason = Exclude<LeaveWhy, 'quit'>;

type Reply<T> = Promise<Result<T, CallProblem>>;

export interface CallerBridge {
  readonly self: Viewer;
  /** Asked before any device is opened: may a call start now? */
  mayStart(): Reply<null>;
  start(request: StartRequest): Reply<CallSnapshot>;
  startGroup(request: StartGroupRequest): Reply<CallSnapshot>;
  invite(callId: string, request: InviteRequest): Reply<CallSnapshot>;
  /** Makes a group call of a private one, and invites. */
  extend(callId: string, userIds: readonly string[]): Reply<CallSnapshot>;
  /** Into a running group call that does not ring here; answered as claim() is. */
  enter(callId: string, joinType?: JoinType): Reply<CallSnapshot>;
  claim(callId: string, joinType?: JoinType): Reply<CallSnapshot>;
  join(callId: string, user?: UserInfo): Reply<CallSnapshot>;
  leave(callId: string, why: LeaveReason, user?: UserInfo): Reply<CallSnapshot>;
  /** 1: makes an audio call of a video call. 2: the other way round; in a private call this asks the other person. */
  setMedia(callId: string, mediaType: 1 | 2): Reply<CallSnapshot>;
  /** Yes or no to that question; by the one who asked, no takes it back. */
  answerMedia(callId: string, accept: boolean): Reply<CallSnapshot>;
  iceServers(): Reply<readonly IceServer[]>;
  sendSignal(signal: ReceivedSignal): void;
  reportLiveLinks(callId: string, legIds: readonly string[]): void;
  /** What is sent of the own voice and picture now, for those who restore it after a reload. */
  reportMediaState(callId: string, state: MediaState): void;
  /** A call that rings for this caller, or one it is in already: a page that was loaded anew goes on with it. Returns its unsubscribe, like every on… here. */
  onIncoming(listener: (call: CallSnapshot) => void): () => void;
  /** Every newer snapshot of any call of this user. */
  onSnapshot(listener: (call: CallSnapshot) => void): () => void;
  /** A call that was over before this device could hear of it. */
  onOfflineRecord(listener: (record: CallRecord) => void): () => void;
  onSignal(listener: (signal: ReceivedSignal) => void): () => void;
  /** What was sent last may be lost: the network changed, the machine woke up or the server is back. */
  onNetworkChanged(listener: () => void): () => void;
}

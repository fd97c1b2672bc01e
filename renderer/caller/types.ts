/**
 * The documented types. "S0:n" names the line of the first seed document that shows the member; members without
 * a line come from the wider library (docs/call-api.md), and those marked "ours" from neither.
 */
import type { CallProblem } from '#common/problems';
import type { LinkState, MediaProblem } from '../media/ports';
import type {
  ConversationType,
  RCCallEndReason,
  RCCallErrorCode,
  RCCallMediaType,
  RCCallSessionState,
  RCCallUserState,
  RCPlayCode,
} from './enums';

/** S0:55. Never undefined in a callback, since the documented samples take it apart first. */
export interface ISenderInfo {
  readonly userId: string;
  readonly name?: string;
  readonly portraitUri?: string;
  readonly extra?: string;
}

/** S0:111. Everyone who rings now. */
export interface IInvitedUsers {
  readonly userId: string;
}

/** S0:129, S0:137. Fires for muting and for un-muting: read `muted`. */
export interface IMuteUser {
  readonly userId: string;
  readonly muted: boolean;
  readonly kind: 'audio' | 'video';
  readonly trackId: string;
}

/** S0:34. 'W<width>_H<height>' and 'FPS_<n>', as documented. */
export interface ICameraVideoProfile {
  readonly frameRate?: string;
  readonly resolution?: string;
  readonly cameraId?: string;
  readonly faceMode?: 'user' | 'environment';
}

/** S0:34 (the spelling "micphone" is the documented one). */
export interface IMicphoneAudioProfile {
  readonly micphoneId?: string;
  readonly sampleRate?: number;
}

/** S0:34. */
export interface ICallConstraints {
  readonly video?: ICameraVideoProfile;
  readonly audio?: IMicphoneAudioProfile;
}

/** Options of RCTrack.play(). */
export interface IPlayOptions {
  /** 0–100. */
  readonly volume?: number;
  readonly audioDeviceId?: string;
}

/** S0:84. Never make it a reactive value (S0:81): use markRaw or a plain map. */
export interface RCTrack {
  /** S0:87. */
  isAudioTrack(): boolean;
  /** S0:88. */
  isVideoTrack(): boolean;
  /** S0:86. */
  isLocalTrack(): boolean;
  /** S0:89: who is heard or seen. */
  getUserId(): string;
  /** `<userId>_<tag>_<0 audio | 1 video>`; the same again when a rebuilt link brings a new track. */
  getTrackId(): string;
  /** Plays in `element` (a picture) or in a hidden one (sound). Never rejects (S0:93, S0:101). */
  play(element?: HTMLVideoElement | null, options?: IPlayOptions): Promise<{ code: RCPlayCode }>;
  /** Silences it here: a local track is heard by nobody, a remote one not by this user. */
  mute(): void;
  unmute(): void;
  isLocalMuted(): boolean;
  /** The person it comes from muted it. */
  isOwnerMuted(): boolean;
  isReady(): boolean;
  /** Local tracks only: switches the device off and takes the track out of the call. */
  destroy(): void;
}

/** S0:48. Six callbacks are required, the two about muting are not. All of them may throw without breaking the call. */
export interface ISessionListener {
  /** S0:55. A device of the other person shows the ring. */
  onRinging: (sender: ISenderInfo, session: RCCallSession) => void;
  /** S0:64. */
  onAccept: (sender: ISenderInfo, session: RCCallSession) => void;
  /** S0:75. Not a reliable end of the call: that is onSessionClose. */
  onHungup: (sender: ISenderInfo, reason: RCCallEndReason, session: RCCallSession) => void;
  /** S0:84. The caller's own tracks come before the call exists, so without a session. */
  onTrackReady: (track: RCTrack, session?: RCCallSession) => void;
  /** S0:111. */
  onMemberModify: (
    sender: ISenderInfo,
    invitedUsers: IInvitedUsers[],
    session: RCCallSession,
  ) => void;
  /** S0:120. */
  onMediaModify: (sender: ISenderInfo, mediaType: RCCallMediaType, session: RCCallSession) => void;
  /** S0:129. */
  onAudioMuteChange?: (muteUser: IMuteUser, session: RCCallSession) => void;
  /** S0:137. */
  onVideoMuteChange?: (muteUser: IMuteUser, session: RCCallSession) => void;
  /** Ours: the connection to one person came up, broke or is being made. */
  onLinkStateChange?: (userId: string, state: LinkState, session: RCCallSession) => void;
}

/** S0:26–37. */
export interface ICallParams {
  /** S0:31. */
  readonly targetId: string;
  /** S0:32. */
  readonly mediaType: RCCallMediaType;
  /** S0:33. */
  readonly listener: ISessionListener;
  /** S0:34. */
  readonly constraints?: ICallConstraints;
  /** S0:35. */
  readonly extra?: string;
  /** S0:36. */
  readonly pushTitle?: string;
  /** S0:37. */
  readonly pushContent?: string;
}

/** What every command answers; `detail` and `problem` are ours and say more than the documented code can. */
export interface ICodeResult {
  readonly code: RCCallErrorCode;
  /** Which device could not be opened and why. */
  readonly detail?: MediaProblem;
  /** Why the server, or the way to it, refused. */
  readonly problem?: CallProblem;
}

/** S0:41–42. */
export interface ICallResult extends ICodeResult {
  readonly session?: RCCallSession;
}

export interface IRemoteUser extends ISenderInfo {
  readonly state: RCCallUserState;
  readonly isCaller: boolean;
  readonly isRemote: boolean;
}

/** The eight documented fields, times on the server's clock. */
export interface IEndSummary {
  readonly conversationType: ConversationType;
  readonly channelId: string;
  readonly targetId: string;
  readonly mediaType: RCCallMediaType;
  /** The moment of connection, 0 if there was none. */
  readonly beginTimestamp: number;
  readonly endTimestamp: number;
  readonly duration: number;
  readonly endReason: RCCallEndReason;
}

export interface RCCallClient {
  /**
   * S0:45. Calls one person; resolves when the server took the invitation, not when it rings there.
   * @throws Error (the promise rejects) for arguments that are none.
   */
  call(params: ICallParams): Promise<ICallResult>;
  /** Ours: hangs up what is left and stops listening. */
  dispose(): void;
}

/** S0:42. One call of this device. Never make it a reactive value. */
export interface RCCallSession {
  /**
   * Answers an incoming call; repeated, it answers with the first result.
   * @throws Error (the promise rejects) for constraints that are none.
   */
  accept(constraints?: ICallConstraints): Promise<ICodeResult>;
  /** S0:286. Cancels, refuses or hangs up; the session ends here even if nobody could be told (53201). */
  hungup(): Promise<ICodeResult>;
  /** At once inside onSession; events wait for it. Replaces the former listener. @throws Error for a bad listener. */
  registerSessionListener(listener: ISessionListener): void;
  disableAudioTrack(): Promise<void>;
  enableAudioTrack(): Promise<void>;
  /** The camera goes off, not only its picture. */
  disableVideoTrack(): Promise<ICodeResult>;
  enableVideoTrack(): Promise<ICodeResult>;
  getSessionId(): string;
  getTargetId(): string;
  getCallerId(): string;
  getConversationType(): ConversationType;
  getMediaType(): RCCallMediaType;
  getState(): RCCallSessionState;
  /** Everyone but oneself, also those who still ring. */
  getRemoteUsers(): IRemoteUser[];
  /** undefined for somebody who never was in this call. @throws Error for anything but a string. */
  getUserState(userId: string): RCCallUserState | undefined;
  /** Ours: how long the connection has lasted, ms; 0 before it. The same at both ends. */
  getElapsedMs(): number;
}

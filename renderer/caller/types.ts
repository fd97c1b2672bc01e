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

/** S0:8. Plain texts for the notification on the other person's screen. */
export interface IPushConfig {
  readonly pushTitle?: string;
  readonly pushContent?: string;
}

/** What an application says about its own user; the others get it with every `sender`. */
export interface IUserInfo {
  readonly name?: string;
  readonly portraitUri?: string;
  readonly extra?: string;
}

/** A device of a user that is in a call of this device. */
export interface IRTCJoinedInfo {
  readonly deviceId: string;
  /** The call. */
  readonly roomId: string;
  /** Server clock, ms. */
  readonly joinTime: number;
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
  /** `<userId>_<tag>`. */
  getStreamId(): string;
  /** Which of a person's sources it is: always the microphone and camera here. */
  getTag(): string;
  /** False: nobody mixes tracks here, media flow from desk to desk. */
  isMCUTrack(): boolean;
  /** Local tracks only: it is in the call. */
  isPublished(): boolean;
  /** Remote tracks only: it arrives here. */
  isSubscribed(): boolean;
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

/** S0:48. Six callbacks are required, the others are not. All of them may throw without breaking the call. */
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
  /** A link refuses to send an own track: 53305 the voice, 53306 the picture. */
  onTrackPublishFail?: (code: RCCallErrorCode, session: RCCallSession) => void;
  /** Ours: the device behind an own track was unplugged or taken away, and nothing is sent in its place. */
  onLocalTrackEnded?: (track: RCTrack, session: RCCallSession) => void;
  /** Ours: the other person wants pictures, and waits for answerVideo(). */
  onVideoAsked?: (sender: ISenderInfo, session: RCCallSession) => void;
  /** Ours: that question, whosever it was, is over: answered, taken back or too late. */
  onVideoAskEnd?: (session: RCCallSession) => void;
  /** Ours: the connection to one person came up, broke or is being made. */
  onLinkStateChange?: (userId: string, state: LinkState, session: RCCallSession) => void;
  /** Ours: who speaks now, oneself included. Only in calls of more than two. */
  onSpeakingChange?: (userIds: readonly string[], session: RCCallSession) => void;
}

/** S0:26–37. */
export interface ICallParams extends IPushConfig {
  /** S0:31. */
  readonly targetId: string;
  /** S0:32. */
  readonly mediaType: RCCallMediaType;
  /** S0:33. */
  readonly listener: ISessionListener;
  /** S0:34. */
  readonly constraints?: ICallConstraints;
  /** S0:35. The second argument of onSession at the other end. */
  readonly extra?: string;
  /** S0:36. */
  readonly pushTitle?: string;
  /** S0:37. */
  readonly pushContent?: string;
  /** Accepted for code that passes one; there is one organisation here. */
  readonly channelId?: string;
}

/** S0:152–166. */
export interface IGroupCallParams extends Omit<ICallParams, 'targetId'> {
  /** S0:157. The group. Ours: without, the people of `userIds` are called together, whoever they are. */
  readonly targetId?: string;
  /** S0:158. Whom to call; oneself among them is left out. */
  readonly userIds: readonly string[];
}

/** S0:313. */
export interface IInviteOptions extends IPushConfig {
  readonly extra?: string;
}

/** What every command answers; `detail` and `problem` are ours and say more than the documented code can. */
export interface ICodeResult {
  readonly code: RCCallErrorCode;
  /** Which device could not be opened and why; with success, why it is one without a camera. */
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

/** A call that was over before this device could hear of it: mostly one that was missed. */
export interface IOfflineRecord {
  readonly channelId: string;
  readonly conversationType: ConversationType;
  readonly targetId: string;
  readonly callId: string;
  readonly inviterId: string;
  readonly mediaType: RCCallMediaType;
  readonly endReason: RCCallEndReason;
  /** The moment of connection, 0 if there was none. */
  readonly beginTimestamp: number;
  readonly endTimestamp: number;
  readonly duration: number;
}

export interface RCCallClient {
  /**
   * S0:18. Words for the notifications of calls that are placed from now on; those of a single call come first.
   * @throws Error for anything but two objects with texts.
   */
  setPushConfig(callPushConfig: IPushConfig, hungupPushConfig: IPushConfig): void;
  /** From now on the others get this with what they hear of this user. @throws Error for a bad text. */
  registerUserInfo(info: IUserInfo): void;
  /**
   * The devices of a user that are in a call of this device.
   * @throws Error (the promise rejects) for anything but a string.
   */
  getJoinedUserInfo(userId: string): Promise<{ code: RCCallErrorCode; data?: IRTCJoinedInfo[] }>;
  /**
   * S0:45. Calls one person; resolves when the server took the invitation, not when it rings there.
   * @throws Error (the promise rejects) for arguments that are none.
   */
  call(params: ICallParams): Promise<ICallResult>;
  /**
   * S0:171. Calls several members of one group; resolves when the server took the invitations.
   * @throws Error (the promise rejects) for arguments that are none.
   */
  callInGroup(params: IGroupCallParams): Promise<ICallResult>;
  /**
   * Ours: into a running group call without having been called. Once the server has said yes there is a session: where
   * a device or the way in fails then, the result has it, and it closes as after accept().
   * @throws Error (the promise rejects) for arguments that are none.
   */
  enter(
    callId: string,
    listener: ISessionListener,
    constraints?: ICallConstraints,
  ): Promise<ICallResult>;
  /** Ours: hangs up and stops listening. A call that only rings goes on ringing elsewhere: its session closes with 5. */
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
  /**
   * S0:313. Only a group call has room for more (53311).
   * @throws Error (the promise rejects) for a bad list.
   */
  invite(userIds: readonly string[], options?: IInviteOptions): Promise<ICodeResult>;
  /**
   * Ours: makes a group call without a group of this call between two people, and invites.
   * @throws Error (the promise rejects) for a bad list.
   */
  extend(userIds: readonly string[]): Promise<ICodeResult>;
  /** Makes an audio call of a video call, for everybody in it. */
  descendAbility(): Promise<ICodeResult>;
  /**
   * Ours: makes a video call of an audio call. Between two people this asks the other one; the end of the question is
   * onVideoAskEnd, and getMediaType() says how it ended. Cameras stay off until enableVideoTrack().
   */
  askForVideo(): Promise<ICodeResult>;
  /** Ours: yes or no to the other person's question; to one's own, no takes it back. */
  answerVideo(accept: boolean): Promise<ICodeResult>;
  /** Ours: who waits for an answer to askForVideo(), and until when (server clock, ms); null while nobody does. */
  getVideoAsk(): { readonly userId: string; readonly until: number } | null;
  /** Before accept(), the microphone comes up silent. */
  disableAudioTrack(): Promise<void>;
  enableAudioTrack(): Promise<void>;
  /** The camera goes off, not only its picture. Before accept(), it is not opened at all. */
  disableVideoTrack(): Promise<ICodeResult>;
  enableVideoTrack(): Promise<ICodeResult>;
  /** Another microphone, without a gap; muted stays muted. onTrackReady brings the new track. */
  changeAudioDevice(profile: IMicphoneAudioProfile): Promise<ICodeResult>;
  /** Ours: another camera or another size. One that is off stays off, and the choice counts when it is switched on. */
  changeVideoDevice(profile: ICameraVideoProfile): Promise<ICodeResult>;
  /** Ours: all sound of this call comes from this loudspeaker, now and later; '' is the system's own choice. */
  setSpeaker(deviceId: string): Promise<{ code: RCPlayCode }>;
  /**
   * Ours: the height in pixels of the screen at which this person's picture is shown here, 0 while nobody sees it; the
   * other end sends no more than that. Until it is said, all of it is sent. @throws Error for anything else.
   */
  setShownHeight(userId: string, height: number): void;
  getSessionId(): string;
  /** The same as getSessionId(): the server makes one id for a call. */
  getRTCSessionId(): string;
  /** Always empty: there is one organisation here. */
  getChannelId(): string;
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

/** What the page of this folder can be told to do; free of DOM types, so that the tests can name it too. */

/** One thing that an application heard, in order. */
export interface Heard {
  readonly what:
    | 'session'
    | 'ringing'
    | 'accept'
    | 'hungup'
    | 'member-modify'
    | 'track'
    | 'played'
    | 'media'
    | 'audio-mute'
    | 'video-mute'
    | 'close'
    | 'record'
    | 'connection';
  readonly userId?: string;
  /** Of a hang-up, a close or a record. */
  readonly reason?: number;
  readonly muted?: boolean;
  readonly mediaType?: number;
  /** Of a track: whose and what. */
  readonly kind?: 'audio' | 'video';
  readonly isLocal?: boolean;
  /** Of a played track. */
  readonly code?: number;
  readonly state?: string;
  readonly problem?: string;
  readonly extra?: string;
  /** Of a change of members: who rings now, in the order told. */
  readonly ringing?: string;
  /** The session that came along is the very object that call() or onSession gave. */
  readonly isSameSession?: boolean;
}

export interface SignIn {
  readonly url: string;
  readonly token: string;
  readonly deviceId?: string;
}

export interface SampleCall {
  readonly targetId: string;
  readonly mediaType: 1 | 2;
  /** The sample's own `user`: the picture is shown in the element `video<userId>`. */
  readonly userId: string;
}

export interface SampleGroupCall extends SampleCall {
  readonly userIds: readonly string[];
}

/** What an application that uses more than the sample asks for. */
export interface GroupCall {
  /** Absent: people of no group. */
  readonly targetId?: string;
  readonly userIds: readonly string[];
}

export interface Invitation {
  readonly extra?: string;
  readonly pushTitle?: string;
  readonly pushContent?: string;
}

/** What a session answers about who is in its call. */
export interface Members {
  readonly callId: string;
  readonly conversationType: number;
  readonly callerId: string;
  readonly remoteUsers: readonly { readonly userId: string; readonly state: number }[];
}

/** Every verb names the phone it is for: there may be several in one page. */
export interface LabApi {
  /** 'ok' or the problem; 'rejected: …' for options that are none. */
  signIn(phone: string, options: SignIn): Promise<string>;
  signOut(phone: string): Promise<void>;
  /** Sets the push texts and calls, both with the documented sample. */
  callBySample(
    phone: string,
    call: SampleCall,
  ): Promise<{ readonly code: number; readonly hasSession: boolean }>;
  /** The same with the sample of a call in a group. */
  callGroupBySample(
    phone: string,
    call: SampleGroupCall,
  ): Promise<{ readonly code: number; readonly hasSession: boolean }>;
  hungupBySample(phone: string): Promise<number>;
  inviteBySample(phone: string, userIds: readonly string[]): Promise<number>;
  callInGroup(phone: string, call: GroupCall): Promise<number>;
  invite(phone: string, userIds: readonly string[], options?: Invitation): Promise<number>;
  extend(phone: string, userIds: readonly string[]): Promise<number>;
  enter(phone: string, callId: string): Promise<number>;
  members(phone: string): Members;
  /** null: never was in the call. */
  userState(phone: string, userId: string): number | null;
  accept(phone: string): Promise<number>;
  hungup(phone: string): Promise<number>;
  setVoice(phone: string, on: boolean): Promise<void>;
  setCamera(phone: string, on: boolean): Promise<number>;
  descend(phone: string): Promise<number>;
  heard(phone: string): readonly Heard[];
  /** Forgets what was heard, for the next call. */
  forget(phone: string): void;
  /** From now on devices take their time to open: until releaseDevices(). */
  holdDevices(): void;
  releaseDevices(): void;
  /** How many devices wait to be opened. */
  heldDevices(): number;
  /** Width of the picture that an element shows now; 0: none. */
  pictureWidth(elementId: string): number;
  addVideo(elementId: string): void;
  removeVideos(): void;
  /** Errors, unhandled rejections, violations of the content policy and warnings of the package. */
  faults(): readonly string[];
}

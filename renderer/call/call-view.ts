import type { CallAssignment, CallGroup } from '#common/ipc';
import type { Reach } from '#common/reach';
import type { UserProfile } from '#protocol/messages';
import type { RCTrack } from '../caller';
import { type DeviceView, emptyDeviceView } from './chosen-devices';
import type { Ending } from './ending';
import type { MemberView } from './members';
import type { News } from './news';

/**
 * waiting – the window is warm and has no call yet. dialing – nobody rings yet. ringing – it rings there.
 * incoming – it rings here, nothing is open. connecting – answered, no connection yet. active – talking.
 * reconnecting – the connection broke and is being mended. ended – over; `ending` says why.
 */
export type CallPhase =
  | 'waiting'
  | 'dialing'
  | 'ringing'
  | 'incoming'
  | 'connecting'
  | 'active'
  | 'reconnecting'
  | 'ended';

/** A call of several, or one that several may join. */
export interface GroupLook extends CallGroup {
  /** Nobody once it is over. */
  readonly members: readonly MemberView[];
  /** Whom the call is with; once nobody else is there, who was so last. */
  readonly others: readonly UserProfile[];
}

/** Everything the window shows. Always a new object, kept in a shallowRef: tracks must not become reactive. */
export interface CallView {
  readonly phase: CallPhase;
  readonly self: UserProfile | null;
  readonly peer: UserProfile | null;
  /** Null in a call between two. */
  readonly group: GroupLook | null;
  readonly isVideo: boolean;
  readonly isMuted: boolean;
  readonly isCameraOn: boolean;
  /** The camera can be switched now: there is a session, and no switch is under way. */
  readonly canSwitchCamera: boolean;
  /** A video call can become an audio call now. */
  readonly canBecomeAudio: boolean;
  /** An audio call can become a video call now. */
  readonly canAskForVideo: boolean;
  /** own – this person waits for the other one's word. theirs – the other one waits for this person's. */
  readonly videoQuestion: 'own' | 'theirs' | null;
  /** There is a session that others can be asked into. */
  readonly canInvite: boolean;
  /** The own device was unplugged or taken away; the call goes on without it. */
  readonly isMicrophoneGone: boolean;
  readonly isCameraGone: boolean;
  readonly isChangingMicrophone: boolean;
  readonly devices: DeviceView;
  /** There is a session whose devices can be changed. */
  readonly canChooseDevices: boolean;
  readonly isPeerMuted: boolean;
  readonly isPeerCameraOff: boolean;
  readonly ownPicture: RCTrack | null;
  readonly peerPicture: RCTrack | null;
  /** A key of the locales: something went wrong, but the call goes on. */
  readonly notice: string | null;
  readonly news: readonly News[];
  readonly ending: Ending | null;
  /** How far a call between two has got, as long as nobody has answered it. */
  readonly reach: Reach | null;
  /** The new call that was asked for after the end is on its way. */
  readonly isCallingAgain: boolean;
}

export const emptyView: CallView = {
  phase: 'waiting',
  self: null,
  peer: null,
  group: null,
  isVideo: false,
  isMuted: false,
  isCameraOn: false,
  canSwitchCamera: false,
  canBecomeAudio: false,
  canAskForVideo: false,
  videoQuestion: null,
  canInvite: false,
  isMicrophoneGone: false,
  isCameraGone: false,
  isChangingMicrophone: false,
  devices: emptyDeviceView,
  canChooseDevices: false,
  isPeerMuted: false,
  isPeerCameraOff: false,
  ownPicture: null,
  peerPicture: null,
  notice: null,
  news: [],
  ending: null,
  reach: null,
  isCallingAgain: false,
};

/** A window that takes the place of another one goes on with its call. */
export function phaseAtFirst(assignment: CallAssignment): CallPhase {
  if (assignment.purpose !== 'answer') return 'dialing';
  if (assignment.resume) return phaseOfResumed(assignment);
  return assignment.accepted ? 'connecting' : 'incoming';
}

/** The former window may have gone before anybody answered. */
function phaseOfResumed({ call, self }: Extract<CallAssignment, { purpose: 'answer' }>): CallPhase {
  const others = call.legs.filter(({ userId }) => userId !== self.userId);
  if (others.some(({ state }) => state === 'joined')) return 'reconnecting';
  return others.some(({ state }) => state === 'ringing') ? 'ringing' : 'dialing';
}

/** Nothing is shown, sent or switched any more. */
export function viewAtEnd(ending: Ending): Partial<CallView> {
  return {
    phase: 'ended',
    ending,
    ownPicture: null,
    peerPicture: null,
    canSwitchCamera: false,
    canBecomeAudio: false,
    canAskForVideo: false,
    videoQuestion: null,
    canInvite: false,
    canChooseDevices: false,
    isMicrophoneGone: false,
    isCameraGone: false,
    notice: null,
    reach: null,
  };
}

/** Every picture goes; the voices go on. */
export function viewWithoutPictures({ notice }: CallView): Partial<CallView> {
  return {
    isVideo: false,
    isCameraOn: false,
    isCameraGone: false,
    canSwitchCamera: false,
    canBecomeAudio: false,
    canAskForVideo: true,
    isPeerCameraOff: false,
    ownPicture: null,
    peerPicture: null,
    // What was said about a picture is over; a voice that cannot be heard is not.
    notice: notice === 'call.noSound' ? notice : null,
  };
}

/** The other one is there to be asked, or there is nobody to ask. */
export function mayAskForVideo({ canAskForVideo, ...view }: CallView): boolean {
  return canAskForVideo && hasPartner(view);
}

/** There is a call to be seen in the mini window. */
export function mayShrink(phase: CallPhase): boolean {
  return phase !== 'waiting' && phase !== 'incoming' && phase !== 'ended';
}

/** Between two people, both have to be in the call before there can be a third one. */
export function mayInvite({ canInvite, ...view }: CallView): boolean {
  return canInvite && hasPartner(view);
}

function hasPartner({ phase, group }: Pick<CallView, 'phase' | 'group'>): boolean {
  return group !== null || phase === 'active' || phase === 'reconnecting';
}

import type { UserProfile } from '#protocol/messages';
import type { RCTrack } from '../caller';
import type { Ending } from './ending';

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

/** Everything the window shows. Always a new object, kept in a shallowRef: tracks must not become reactive. */
export interface CallView {
  readonly phase: CallPhase;
  readonly self: UserProfile | null;
  readonly peer: UserProfile | null;
  readonly isVideo: boolean;
  readonly isMuted: boolean;
  readonly isCameraOn: boolean;
  /** The camera can be switched now: there is a session, and no switch is under way. */
  readonly canSwitchCamera: boolean;
  readonly isPeerMuted: boolean;
  readonly isPeerCameraOff: boolean;
  readonly ownPicture: RCTrack | null;
  readonly peerPicture: RCTrack | null;
  /** A key of the locales: something went wrong, but the call goes on. */
  readonly notice: string | null;
  readonly ending: Ending | null;
}

export const emptyView: CallView = {
  phase: 'waiting',
  self: null,
  peer: null,
  isVideo: false,
  isMuted: false,
  isCameraOn: false,
  canSwitchCamera: false,
  isPeerMuted: false,
  isPeerCameraOff: false,
  ownPicture: null,
  peerPicture: null,
  notice: null,
  ending: null,
};

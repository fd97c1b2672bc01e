/** What a session tells, as what the window shows. Tracks and the loss of all pictures are left to the controller. */
import { type ISessionListener, RCCallErrorCode, RCCallMediaType, type RCTrack } from '../caller';
import type { CallPhase, CallView } from './call-view';

export interface CallListenerPorts {
  readonly phase: () => CallPhase;
  readonly moveTo: (phase: CallPhase) => void;
  readonly update: (change: Partial<CallView>) => void;
  readonly onTrack: (track: RCTrack) => void;
  /** A device of this computer went away. */
  readonly onTrackEnded: (track: RCTrack) => void;
  /** The other person switched to sound alone. */
  readonly onAudioOnly: () => void;
}

export function callListener(ports: CallListenerPorts): ISessionListener {
  const { phase, moveTo, update } = ports;
  return {
    onRinging: () => {
      if (phase() === 'dialing') moveTo('ringing');
    },
    onAccept: () => {
      if (phase() === 'dialing' || phase() === 'ringing') moveTo('connecting');
    },
    onHungup: () => undefined,
    onTrackReady: ports.onTrack,
    onMemberModify: () => undefined,
    onMediaModify: (_sender, mediaType) => {
      if (mediaType === RCCallMediaType.AUDIO) ports.onAudioOnly();
    },
    onAudioMuteChange: ({ muted }) => update({ isPeerMuted: muted }),
    onVideoMuteChange: ({ muted }) => update({ isPeerCameraOff: muted }),
    onLocalTrackEnded: ports.onTrackEnded,
    onTrackPublishFail: (code) => {
      if (code === RCCallErrorCode.VIDEO_PUBLISH_ERROR) update({ notice: 'call.pictureNotSent' });
    },
    onLinkStateChange: (_userId, state) => {
      const wasLive = phase() === 'active' || phase() === 'reconnecting';
      if (state === 'live') moveTo('active');
      else if (wasLive) moveTo('reconnecting');
    },
  };
}

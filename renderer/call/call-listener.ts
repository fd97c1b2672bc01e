/** What a session tells, as what the window shows. Tracks and the loss of all pictures are left to the controller. */
import {
  type ISessionListener,
  RCCallErrorCode,
  RCCallMediaType,
  type RCCallSession,
  type RCTrack,
} from '../caller';
import type { CallPhase, CallView } from './call-view';
import type { GroupView } from './group-view';
import { newsOfLeft } from './group-news';
import type { NewsBoard } from './news';

export interface CallListenerPorts {
  readonly phase: () => CallPhase;
  readonly moveTo: (phase: CallPhase) => void;
  readonly update: (change: Partial<CallView>) => void;
  readonly onTrack: (track: RCTrack) => void;
  /** A device of this computer went away. */
  readonly onTrackEnded: (track: RCTrack) => void;
  /** This person switched to sound alone. */
  readonly onAudioOnly: (userId: string) => void;
  /** Somebody wants pictures, or the question is over, or there are pictures now. */
  readonly onVideoChange: (session: RCCallSession) => void;
  readonly group: GroupView;
  readonly news: NewsBoard;
}

export function callListener(ports: CallListenerPorts): ISessionListener {
  const { phase, moveTo, group, news } = ports;
  return {
    ...mediaListener(ports),
    onRinging: () => {
      if (phase() === 'dialing') moveTo('ringing');
    },
    onAccept: () => {
      if (phase() === 'dialing' || phase() === 'ringing') moveTo('connecting');
    },
    onHungup: ({ userId }, reason) => {
      if (group.isGroup) news.tell(newsOfLeft(reason), { name: group.nameOf(userId) });
    },
    onMemberModify: ({ userId }) => {
      const names = group.namesInvitedBy(userId).join(', ');
      if (names) news.tell('members.news.invited', { name: group.nameOf(userId), names });
    },
    onLinkStateChange: (userId, state) => {
      group.handleLink(userId, state);
      const wasLive = phase() === 'active' || phase() === 'reconnecting';
      if (state === 'live') moveTo('active');
      else if (wasLive) moveTo('reconnecting');
    },
  };
}

type MediaListener = Omit<
  ISessionListener,
  'onRinging' | 'onAccept' | 'onHungup' | 'onMemberModify' | 'onLinkStateChange'
>;

function mediaListener(ports: CallListenerPorts): MediaListener {
  const { update, group, onVideoChange } = ports;
  return {
    onTrackReady: ports.onTrack,
    onMediaModify: ({ userId }, mediaType, session) => {
      if (mediaType === RCCallMediaType.AUDIO) ports.onAudioOnly(userId);
      else onVideoChange(session);
    },
    onAudioMuteChange: (change) => {
      group.handleMute(change);
      update({ isPeerMuted: change.muted });
    },
    onVideoMuteChange: (change) => {
      group.handleMute(change);
      update({ isPeerCameraOff: change.muted });
    },
    onLocalTrackEnded: ports.onTrackEnded,
    onTrackPublishFail: (code) => {
      if (code === RCCallErrorCode.VIDEO_PUBLISH_ERROR) update({ notice: 'call.pictureNotSent' });
    },
    onVideoAsked: (_sender, session) => onVideoChange(session),
    onVideoAskEnd: onVideoChange,
    onSpeakingChange: (userIds) => group.handleSpeaking(userIds),
  };
}

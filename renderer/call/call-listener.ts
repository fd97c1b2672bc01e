/** What a session tells, as what the window shows. Tracks and the loss of all pictures are left to in-call.ts. */
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
  const { phase, moveTo, group } = ports;
  return {
    ...mediaListener(ports),
    onRinging: () => {
      if (phase() === 'dialing') moveTo('ringing');
    },
    onAccept: () => {
      if (phase() === 'dialing' || phase() === 'ringing') moveTo('connecting');
    },
    onHungup: ({ userId }, reason) => {
      if (!group.isGroup) return;
      const reply = group.replyOf(userId);
      void tellNamed(ports, [userId], newsOfLeft(reason, reply), {
        ...(reply !== null && { reply }),
      });
    },
    onMemberModify: ({ userId }) => {
      const invitedIds = group.idsInvitedBy(userId);
      if (invitedIds.length > 0)
        void tellNamed(ports, [userId, ...invitedIds], 'members.news.invited');
    },
    onLinkStateChange: (userId, state) => {
      group.handleLink(userId, state);
      const wasLive = phase() === 'active' || phase() === 'reconnecting';
      if (state === 'live') moveTo('active');
      else if (wasLive) moveTo('reconnecting');
    },
  };
}

/** Whoever was asked in is often unknown until the directory answers: news name people, not ids. */
async function tellNamed(
  { group, news, phase }: CallListenerPorts,
  userIds: readonly string[],
  text: string,
  said: Readonly<Record<string, string>> = {},
): Promise<void> {
  await group.learnNames(userIds);
  if (phase() === 'ended') return;
  const [name = '', ...names] = userIds.map((userId) => group.nameOf(userId));
  news.tell(text, { name, names, ...said });
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

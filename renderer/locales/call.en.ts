/** The texts of the call window in English. */
import type { Reach } from '#common/reach';
import type { MediaProblem } from '../media/ports';

export const call = {
  status: {
    waiting: '',
    dialing: 'Calling…',
    ringing: 'Ringing…',
    incoming: 'Incoming call',
    connecting: 'Connecting…',
    active: 'In call',
    reconnecting: 'Reconnecting…',
    ended: 'Call ended. {reason}',
  },
  /** A call that nobody has answered yet. */
  reach: {
    ringing: 'Ringing… | Ringing… | Ringing on {count} devices',
    unreachable: 'Not reachable: it will ring as soon as {name} is online.',
    silenced: '{name} does not want to be disturbed, and will see that you called.',
  } satisfies Record<Reach['kind'], string>,
  timer: 'Time in the call',
  window: {
    controls: 'Call controls',
    minimize: 'Minimise',
    maximize: 'Maximise or restore',
    close: 'Close window',
    hangUp: 'Hang up and close',
  },
  /** The call window made small. */
  mini: {
    open: 'Mini window',
    name: 'Mini window of the call',
    back: 'Back to the full window',
    /** The words of the window's menu are those of the desktop. */
    byHand:
      'This desktop does not let Peal keep a window in front. Press Alt+Space and choose “Always on Top”.',
    read: 'Got it',
  },
  mute: 'Mute',
  unmute: 'Unmute',
  cameraOff: 'Turn camera off',
  cameraOn: 'Turn camera on',
  /** A button that has a key, under the pointer. */
  withKey: '{words} ({key})',
  toAudio: 'Switch to audio',
  toAudioMeaning: 'Everybody’s picture ends; the voices go on.',
  hangUp: 'Hang up',
  close: 'Close',
  again: 'Call again',
  peerPicture: 'Picture of {name}',
  ownPicture: 'Your picture',
  peerMuted: '{name} is muted',
  peerCameraOff: '{name}’s camera is off',
  muted: 'You are muted',
  /** An audio call becomes a video call. */
  video: {
    ask: 'Turn on video',
    askMeaning: 'Everybody in the call can then turn on their camera.',
    waiting: 'Waiting for {name} to agree to video…',
    takeBack: 'Cancel',
    asked: '{name} would like to see you. Turn on video?',
    accept: 'Turn on my camera',
    watch: 'Only watch',
    decline: 'No video',
    refused: 'No video: {name} declined or did not answer.',
    failed: 'The call is still an audio call: the server does not answer. Try again in a moment.',
  },
  /** More people for the call. */
  invite: {
    open: 'Add people',
    title: 'Add people to the call',
    search: 'Search by name',
    list: 'People to add',
    loading: 'Looking…',
    nobody: 'Nobody found. Try a shorter part of the name.',
    /** Nobody can be shown at all. */
    away: 'The people are not here yet: the server does not answer. Close this and try again.',
    allThere: 'Everybody of this group is in the call.',
    room: 'There is room for one more. | There is room for {count} more.',
    tooMany:
      'At most {most} people can be in a call. There is room for one more: choose fewer. | At most {most} people can be in a call. There is room for {count} more: choose fewer.',
    full: 'At most {most} people can be in a call, and this one is full. Add somebody once another one has left.',
    becomesGroup: 'The call becomes a group call; everybody in it hears each other.',
    add: 'Add | Add one person | Add {count} people',
    cancel: 'Cancel',
    offline: 'Nobody was added: the server does not answer. Try again in a moment.',
  },
  /** Of people without a group. `names` is a list of names. */
  with: 'Call with {names}',
  /** The end of such a list. */
  others: 'one more | {count} more',
  peerSwitched: '{name} switched to audio',
  /** Both called each other at the same moment. */
  audioOnly: '{name} called you at the same moment, with sound only',
  notSwitched: 'The call is still a video call: the server does not answer. Try again in a moment.',
  pictureNotSent: 'Your picture is not sent. Turn the camera off and on again.',
  microphoneGone: 'Your microphone is gone. Plug it in or choose another one.',
  cameraGone: 'Your camera is gone. Plug it in, then try again.',
  /** A device without a name. */
  microphone: 'a microphone',
  useDevice: 'Use {device}',
  tryAgain: 'Try again',
  noSound: 'The loudspeaker does not play. Check the sound settings of this computer.',
  /** What to do next is part of each sentence. */
  media: {
    microphone: {
      denied:
        'Peal may not use the microphone. Allow it in the privacy settings of this computer, then try again.',
      absent: 'There is no microphone. Plug one in, then try again.',
      busy: 'Another program is using the microphone. Close it there, then try again.',
      failed: 'The microphone did not start. Unplug it, plug it in again, then try again.',
    },
    camera: {
      denied:
        'Peal may not use the camera. Allow it in the privacy settings of this computer, then try again.',
      absent: 'There is no camera. Plug one in, or make an audio call.',
      busy: 'Another program is using the camera. Close it there, then try again.',
      failed: 'The camera did not start. Unplug it, plug it in again, or make an audio call.',
    },
  } satisfies Record<MediaProblem['device'], Record<MediaProblem['detail'], string>>,
  /** Of a call of several: what the last one of the others did. */
  groupReason: {
    cancelled: 'The call was cancelled.',
    left: 'Everyone else has left.',
    declined: 'Nobody else is in the call: the last invitation was declined.',
    busy: 'Nobody else is in the call: the last person called is in another call. Try again later.',
    unanswered:
      'Nobody else is in the call: the last person called did not answer. Try again later.',
    unsupported:
      'Nobody else is in the call: the last person called has a copy of Peal that is too old. Ask them to update it.',
    lost: 'The last other person lost the connection. Call again in a moment.',
    media:
      'The last other person could not send or receive sound. Ask them to check their devices, then call again.',
    elsewhere: 'The last other person is in a call on another device. Try again later.',
    blocked: 'Somebody in this call does not take calls from you.',
  },
  reason: {
    cancelled: 'You cancelled.',
    declined: 'You declined.',
    hungUp: 'You hung up.',
    busy: 'You were in another call.',
    unanswered: 'You did not answer.',
    unsupported: 'This copy of Peal is too old for the call. Update it, then call again.',
    network: 'The connection was lost for too long. Check your network, then call again.',
    media: 'Your microphone or camera did not start. Check them, then call back.',
    sending: 'Your sound could not be sent. Check your network, then call again.',
    receiving: 'No sound could be received. Check your network, then call again.',
    peerCancelled: '{name} cancelled.',
    peerDeclined: '{name} declined.',
    /** With words of their own. */
    replied: '{name}: {reply}',
    peerHungUp: '{name} hung up.',
    peerBusy: '{name} is in another call. Try again later.',
    peerUnanswered: '{name} did not answer. Try again later.',
    peerUnsupported:
      '{name} has a copy of Peal that is too old for the call. Ask them to update it.',
    peerNetwork: '{name} lost the connection. Call again in a moment.',
    peerMedia: '{name}’s microphone or camera did not start. Call again in a moment.',
    peerSending: '{name} could not send sound. Call again in a moment.',
    peerReceiving: '{name} could not receive sound. Call again in a moment.',
    otherDeviceJoined: 'You joined another call on another of your devices.',
    otherDeviceInCall: 'You are in a call on another of your devices.',
    kicked: 'You were taken out of the call. Ask your admin why.',
    systemCall: 'A call of the system took over.',
    peerJoinedElsewhere: '{name} joined another call on another device. Try again later.',
    peerOtherDevice: '{name} is in a call on another device. Try again later.',
    peerKicked: '{name} was taken out of the call. Ask your admin why.',
    peerSystemCall: '{name} took another call. Try again later.',
    answeredElsewhere: 'Answered on another of your devices.',
    declinedElsewhere: 'Declined on another of your devices.',
    blocked: '{name} does not take calls from you.',
    switchedOff: 'Calls are switched off on this server. Ask your admin.',
  },
};

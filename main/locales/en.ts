/** What main says by itself: in the tray and in notifications. */
export const en = {
  app: 'Peal',
  tray: {
    open: 'Open Peal',
    quit: 'Quit Peal',
    signedOut: 'Not signed in',
    connecting: 'Connecting…',
    offline: 'No connection. Calls do not reach you.',
    ready: 'Ready for calls',
    incoming: '{name} is calling',
    calling: 'Calling {name}',
    inCall: 'In a call with {name}',
    groupCall: 'In a group call',
    muted: 'you are muted',
    missedOne: 'One missed call',
    missedMany: '{count} missed calls',
    isQuiet: 'Do not disturb',
    isQuietUntil: 'Do not disturb until {time}',
    isQuietBySystem: 'Do not disturb (switched on in the system of this computer)',
    /** Between two things that hold at once. */
    and: ' · ',
    accept: 'Accept',
    acceptVideo: 'Accept with video',
    /** This user is in a call on another device, which ends then. */
    acceptHere: 'Switch here and answer',
    decline: 'Decline',
    declineAndSay: 'Decline and say',
    mute: 'Mute',
    unmute: 'Unmute',
    hangUp: 'Hang up',
    showCall: 'Show the call',
    makeSmall: 'Mini window',
    returnToCall: 'Return to the call',
    status: 'Status',
    online: 'Online',
    onlineByHours: 'Online: not during quiet hours, which the settings change',
    onlineBySystem: 'Online: once “do not disturb” of this computer is off',
    beQuiet: 'Do not disturb',
    quiet: {
      halfHour: 'For 30 minutes',
      hour: 'For 1 hour',
      morning: 'Until tomorrow morning',
      open: 'Until I switch it off',
    },
  },
  /** Offered while declining until somebody has written own words: the same as in the card. */
  replies: {
    callBack: 'I’ll call you back in 10 minutes.',
    meeting: 'I am in a meeting and will write to you.',
    onMyWay: 'I am on my way to you.',
  },
  notice: {
    incomingTitle: '{name} is calling',
    missedTitle: 'Missed call from {name}',
    /** The words of the calling application, below the name of the person it calls for. */
    pushTitle: '{name}: {title}',
    audioCall: 'Audio call',
    videoCall: 'Video call',
    /** In a group, by its name. */
    audioCallIn: 'Audio call in {name}',
    videoCallIn: 'Video call in {name}',
    /** Of several people without a group. */
    groupAudioCall: 'Group audio call',
    groupVideoCall: 'Group video call',
    hiddenTitle: 'Peal is still here',
    hiddenBody:
      'Calls still ring here. Click the icon in the tray to open Peal again; its menu quits Peal.',
  },
};

/** What main says by itself: in the tray and in notifications. */
export const en = {
  app: 'Peal',
  tray: {
    open: 'Open Peal',
    quit: 'Quit Peal',
    signedOut: 'Not signed in',
    connecting: 'Connecting…',
    offline: 'No connection. Calls do not reach you.',
    online: 'Ready for calls',
    incoming: '{name} is calling',
    calling: 'Calling {name}',
    inCall: 'In a call with {name}',
    groupCall: 'In a group call',
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

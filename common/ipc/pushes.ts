/** What main tells windows without being asked. Windows trust main, so pushes carry types only. */
import type { CallRecord, CallRules, GroupCall, Presence, UserProfile } from '#protocol/messages';
import type { CallSnapshot } from '#protocol/snapshot';
import type { AppSettings } from '../settings';
import type {
  CallAssignment,
  DeskCallView,
  EchoStart,
  HomePlace,
  ReceivedSignal,
  SessionView,
} from './views';

/** What main tells a window without being asked. */
export interface Pushes {
  home: {
    'phone:session.changed': SessionView;
    'phone:presence.changed': readonly Presence[];
    'phone:call.list-changed': readonly DeskCallView[];
    /** On this or another device of the user. */
    'phone:rules.changed': CallRules;
    'phone:settings.changed': AppSettings;
    /** The system opened the app with an invitation: take it. */
    'phone:session.link-opened': null;
    /** The own profile or that of somebody on the screen. */
    'phone:profile.changed': UserProfile;
    'phone:groups.changed': null;
    /** The running call of a watched group as it is now; null when there is none any more. */
    'phone:group-call.changed': { readonly groupId: string; readonly call: GroupCall | null };
    'phone:records.added': CallRecord;
    /** Records the user has not seen on any device, oldest first: at each sign-in. */
    'phone:records.unseen': readonly CallRecord[];
    /** Seen on some device of the user. */
    'phone:records.seen': readonly string[];
    /** Somebody chose something in the tray or in a notification: show it. */
    'phone:home.show': HomePlace;
  };
  incoming: {
    /** The call the card shows, or null while nothing rings. */
    'phone:incoming.changed': DeskCallView | null;
    'phone:incoming.settings-changed': AppSettings;
  };
  call: {
    'phone:call.assigned': CallAssignment;
    'phone:call.snapshot': CallSnapshot;
    'phone:call.signal-received': ReceivedSignal;
    /** The user clicked Accept in the card: open the media and join. */
    'phone:call.accepted': { readonly callId: string };
    /** The network changed, the machine woke up or the server is back: look after the links now. */
    'phone:call.network-changed': null;
    'phone:call.settings-changed': AppSettings;
    /** Whether the window is on the screen: its page never sleeps, so it cannot tell by itself. */
    'phone:call.sight-changed': { readonly isSeen: boolean };
  };
  echo: {
    'phone:echo.started': EchoStart;
  };
}

/** What main tells windows without being asked. Windows trust main, so pushes carry types only. */
import type {
  CallRecord,
  CallRules,
  GroupCall,
  Presence,
  RequestBody,
  UserProfile,
} from '#protocol/messages';
import type { CallSnapshot } from '#protocol/snapshot';
import type { AppSettings } from '../settings';
import type {
  AnswerFailure,
  CallAssignment,
  CallWindowForm,
  DeskCallView,
  EchoStart,
  HomePlace,
  NewestUnseen,
  OwnStanding,
  ReceivedSignal,
  SessionView,
  UpdateState,
} from './views';

/** What main tells a window without being asked. */
export interface Pushes {
  home: {
    'phone:session.changed': SessionView;
    'phone:standing.changed': OwnStanding;
    'phone:presence.changed': readonly Presence[];
    'phone:call.list-changed': readonly DeskCallView[];
    'phone:call.answer-failed': AnswerFailure;
    /** On this or another device of the user. */
    'phone:rules.changed': CallRules;
    'phone:settings.changed': AppSettings;
    /** The system opened the app with an invitation: take it. */
    'phone:session.link-opened': null;
    /** A link asks for a call: take it. */
    'phone:link.call-opened': null;
    'phone:update.changed': UpdateState;
    /** The own profile or that of somebody on the screen. */
    'phone:profile.changed': UserProfile;
    'phone:groups.changed': null;
    /** The running call of a watched group as it is now; null when there is none any more. */
    'phone:group-call.changed': { readonly groupId: string; readonly call: GroupCall | null };
    'phone:records.added': CallRecord;
    /** At each sign-in. */
    'phone:records.unseen': NewestUnseen;
    /** Seen on some device of the user: these, and all that began until then. */
    'phone:records.seen': RequestBody<'records.seen'>;
    /** Somebody chose something in the tray or in a notification: show it. */
    'phone:home.show': HomePlace;
  };
  incoming: {
    /** The call the card shows, or null while nothing rings. */
    'phone:incoming.changed': DeskCallView | null;
    'phone:incoming.settings-changed': AppSettings;
    'phone:incoming.answer-failed': AnswerFailure;
  };
  call: {
    'phone:call.assigned': CallAssignment;
    'phone:call.snapshot': CallSnapshot;
    'phone:call.signal-received': ReceivedSignal;
    /** The user clicked Accept in the card: open the media and join. */
    'phone:call.accepted': { readonly callId: string };
    /** The network changed, the machine woke up or the server is back: look after the links now. */
    'phone:call.network-changed': null;
    /** What plays and records for all pages died and is back: take it up anew. */
    'phone:call.sound-lost': null;
    'phone:call.settings-changed': AppSettings;
    /** Whether the window is on the screen: its page never sleeps, so it cannot tell by itself. */
    'phone:call.sight-changed': { readonly isSeen: boolean };
    /** How large the window is now. */
    'phone:call.form-changed': CallWindowForm;
    /** Become the mini window, if there is a call; `byItself`: because the person turned to something else. */
    'phone:call.mini-asked': { readonly byItself: boolean };
    /** The person mutes the microphone from outside of the window, or un-mutes it. */
    'phone:call.mute-asked': { readonly muted: boolean };
  };
  echo: {
    'phone:echo.started': EchoStart;
  };
}

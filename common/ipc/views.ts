/** What windows show, as main describes it to them. */
import type { CallRecord, UserProfile } from '#protocol/messages';
import type { Result } from '#protocol/result';
import type { CallSnapshot } from '#protocol/snapshot';
import type { Language } from '../language';
import type { CallProblem, SignInProblem } from '../problems';
import type { SystemSwitchName } from '../settings';
import type { Reach } from '../reach';

/** How large a call window is. Mini: small, in a corner, above the other windows. */
export interface CallWindowForm {
  readonly isMini: boolean;
  /** False where the system alone decides where windows are and which are above the others. */
  readonly mayFloat: boolean;
  /** The person is to be told what to do about that. */
  readonly isUnexplained: boolean;
}

/** Whose call it is. Both null: people who were called together, without a group. */
export interface CallGroup {
  readonly groupId: string | null;
  /** By the groups of this user; null where it could not be asked, too. */
  readonly name: string | null;
}

/** What a call window is for. A warm window gets it only when it is used. */
export type CallAssignment = {
  readonly self: UserProfile;
  readonly deviceId: string;
  /** The other person, from the directory; in a group call whoever called. */
  readonly peer: UserProfile;
  /** Set for every group call. */
  readonly group?: CallGroup;
} & (
  | {
      readonly purpose: 'place';
      readonly targetId: string;
      readonly mediaType: 1 | 2;
      /** Whether the call may be placed: known before a device is opened for it. */
      readonly may: Result<null, CallProblem>;
    }
  | {
      readonly purpose: 'place-group';
      readonly may: Result<null, CallProblem>;
      /** Absent: people without a group. */
      readonly groupId?: string;
      readonly userIds: readonly string[];
      readonly mediaType: 1 | 2;
    }
  /** Also for whoever entered a running group call: `accepted` from the start. */
  | {
      readonly purpose: 'answer';
      readonly call: CallSnapshot;
      readonly accepted: boolean;
      /** Set when a window takes the place of one that crashed or was reloaded: what the former one sent. */
      readonly resume?: { readonly voiceMuted: boolean; readonly cameraOff: boolean };
    }
);

export interface ReceivedSignal {
  readonly callId: string;
  readonly fromLeg: string;
  readonly toLeg: string;
  readonly linkId: string;
  readonly payload: string;
}

/** The connection to the server, as home shows it. */
export type SessionView =
  | { readonly state: 'signed-out'; readonly server: string; readonly problem?: SignInProblem }
  | { readonly state: 'connecting'; readonly server: string; readonly isEmbedded: boolean }
  | {
      readonly state: 'online' | 'offline';
      readonly server: string;
      readonly self: UserProfile;
      /** The server is the one inside the app, with the contact Echo in it. */
      readonly isEmbedded: boolean;
    };

/** A ring could not be answered by a key of the system: whoever shows it says why. */
export interface AnswerFailure {
  readonly callId: string;
  readonly problem: CallProblem;
}

/** What the own status depends on beside the rules of the user. */
export interface OwnStanding {
  /** The system of this computer says that the person does not want to be disturbed, and Peal obeys it. */
  readonly isSystemQuiet: boolean;
  /** "Do not disturb" goes by the server's clock: so much it is ahead of the one here. */
  readonly serverAheadMs: number;
}

/** The newest records that the user has not seen on any device, oldest first. */
export interface NewestUnseen {
  readonly records: readonly CallRecord[];
  /** There are others, older than these. */
  readonly hasOlder: boolean;
}

/** A link that lets one colleague in. */
export interface Invitation {
  readonly link: string;
  readonly expiresAt: number;
}

/** The wish for a call, by a link from outside: nobody is called before the person was asked. */
export interface CallLink {
  /** As the person reads it: a user id or a phone number. */
  readonly wanted: string;
  /** Null: no user can have such an id. */
  readonly userId: string | null;
  readonly mediaType: 1 | 2;
  /** A phone number, and the settings leave those to other programs: home says so and asks nothing. */
  readonly switchedOff?: true;
}

/**
 * What stands against switching it here. not-installed – this copy of Peal is no installed one. foreign – somebody else
 * made the entry that is there. refused – the system did not do it.
 */
export type SwitchObstacle = 'not-installed' | 'foreign' | 'refused';

/** What the system does for Peal, as it really is. */
export type SystemView = Readonly<
  Record<SystemSwitchName, { readonly isOn: boolean; readonly obstacle: SwitchObstacle | null }>
>;

/**
 * What becomes of a newer version here. announced – nothing by itself: the person installs it, or a download did not work.
 * waiting – its installer is fetched after the call. fetching – now. ready – it is on this computer and was checked.
 */
export type UpdateStep = 'announced' | 'waiting' | 'fetching' | 'ready';

/** A newer version of Peal. */
export interface UpdateNews {
  readonly version: string;
  /** What is new in it, one line each. */
  readonly notes: Readonly<Record<Language, readonly string[]>>;
  /** There is a page with more about it. */
  readonly hasPage: boolean;
  readonly step: UpdateStep;
}

export interface UpdateState {
  /** Somebody has said where newer versions are to be looked for. */
  readonly isOn: boolean;
  /** Null: there is none, or the person has put it aside. */
  readonly news: UpdateNews | null;
}

/** keystore – the system's. file – a file in the profile that only this account may read. none – not signed in. */
export type SecretPlace = 'keystore' | 'file' | 'none';

/** A place inside home. */
export type HomePlace = 'recents' | 'settings';

/** What the echo window signs in with. */
export interface EchoStart {
  readonly url: string;
  readonly token: string;
  readonly language: 'en' | 'zh-CN';
}

/**
 * The phase a person sees. dialing – we call, nobody rings yet. ringing – we call, it rings there. incoming – it
 * rings here. connecting – answered, no connection yet. active – talking. ended – over, the reason is known.
 */
export type DeskPhase = 'dialing' | 'ringing' | 'incoming' | 'connecting' | 'active' | 'ended';

/**
 * Keys that are to work everywhere on this computer. taken – another program holds them. unsure – this desktop may keep
 * them from a program that is not in front.
 */
export type KeysState = 'free' | 'taken' | 'unsure';

/** The keys that answer a ring from anywhere on this computer, as Electron writes them; null: there is none. */
export interface AnswerKeys {
  readonly accept: string | null;
  readonly decline: string | null;
}

/** One call as this desktop shows it. */
export interface DeskCallView {
  readonly callId: string;
  readonly phase: DeskPhase;
  readonly direction: 'outgoing' | 'incoming';
  readonly mediaType: 1 | 2;
  readonly kind: 'private' | 'group';
  /** Null for a private call. */
  readonly group: CallGroup | null;
  /** Everybody but this user who is in it or is being called, in the order of the invitations. */
  readonly memberIds: readonly string[];
  /** Those of them who have joined. */
  readonly joinedIds: readonly string[];
  /** The other person; in a group call whoever asked this user in, or called everybody. */
  readonly peer: UserProfile;
  /** Server clock, ms; 0 while not connected. */
  readonly connectedAt: number;
  readonly endReason: number | null;
  /** This device holds the call without a window: the app was started anew, and the person may go back into it. */
  readonly canReturn: boolean;
  /**
   * This user is in another call on another device, and does not want both: answering here means switching here
   * (`switchHere`).
   */
  readonly elsewhere: boolean;
  /** This device is in it with its microphone muted. */
  readonly isMuted?: true;
  /** Of a private call that nobody has answered yet, as its caller may know it. */
  readonly reach: Reach | null;
  /** While it rings here. */
  readonly answerKeys: AnswerKeys | null;
}

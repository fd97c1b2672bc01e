/** What windows show, as main describes it to them. */
import type { UserProfile } from '#protocol/messages';
import type { CallSnapshot } from '#protocol/snapshot';
import type { SignInProblem } from '../problems';

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
  | { readonly purpose: 'place'; readonly targetId: string; readonly mediaType: 1 | 2 }
  | {
      readonly purpose: 'place-group';
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
  | { readonly state: 'connecting'; readonly server: string }
  | {
      readonly state: 'online' | 'offline';
      readonly server: string;
      readonly self: UserProfile;
      /** The server is the one inside the app, with the contact Echo in it. */
      readonly isEmbedded: boolean;
    };

/** A link that lets one colleague in. */
export interface Invitation {
  readonly link: string;
  readonly expiresAt: number;
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
}

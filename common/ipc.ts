/**
 * Everything that crosses between main and its windows, in one table: channel, who may call it, request and reply.
 * main/ipc validates each request against its schema and its sender; preload turns the table into small objects.
 * Pushes go from main to one kind of window; windows trust main, so pushes carry types only.
 *
 * Add a channel: a row here → a handler in main/ipc → a verb in the preload of that window → a test.
 */
import Type from 'typebox';
import type { DeepReadonly } from '#protocol/deep-readonly';
import { limits } from '#protocol/limits';
import {
  type Availability,
  CallRules,
  type Group,
  type IceServer,
  LeaveWhy,
  type Presence,
  type UserProfile,
} from '#protocol/messages';
import { Id, JoinType, MediaType, UserId, strict } from '#protocol/primitives';
import type { Result } from '#protocol/result';
import { PushTexts, UserInfo } from '#protocol/snapshot-schema';
import type { CallSnapshot } from '#protocol/snapshot';
import type { CallProblem, RulesProblem, SignInProblem } from './problems';

export type WindowKind = 'home' | 'incoming' | 'call';

const Nothing = Type.Null();
const Text = (maxLength: number): Type.TString => Type.String({ maxLength });

/** Requests a window may make, by window kind: channel → schema of the one argument. */
export const requestSchemas = {
  home: {
    'phone:session.get': Nothing,
    'phone:session.sign-in': strict({
      server: Text(256),
      userId: UserId,
      password: Type.String({ minLength: 1, maxLength: limits.passwordChars }),
    }),
    /** Start the server inside the app, on loopback, and sign in there under this name. */
    'phone:session.try-here': strict({
      name: Type.String({ minLength: 1, maxLength: limits.nameChars }),
    }),
    'phone:session.sign-out': Nothing,
    'phone:directory.search': strict({
      query: Text(limits.searchChars),
      cursor: Type.Optional(Text(limits.idChars * 2)),
    }),
    /** The people behind ids, for lists that hold ids alone: those whom the user has blocked. */
    'phone:directory.profiles': strict({
      userIds: Type.Array(UserId, { minItems: 1, maxItems: limits.watchedUsers }),
    }),
    'phone:directory.groups': Nothing,
    'phone:presence.watch': strict({
      userIds: Type.Array(UserId, { maxItems: limits.watchedUsers }),
    }),
    /** The pointer or the focus reached a call button: have a call window ready. */
    'phone:call.prepare': Nothing,
    'phone:call.place': strict({
      targetId: UserId,
      mediaType: MediaType,
      /** The call this user has on another device ends for it. */
      switchHere: Type.Optional(Type.Boolean()),
    }),
    /** Back into a call that this device holds without a window (the app was started anew), or to its window. */
    'phone:call.return': strict({ callId: Id }),
    'phone:call.hang-up': strict({ callId: Id }),
    'phone:call.list': Nothing,
    'phone:rules.get': Nothing,
    'phone:rules.block': strict({ userId: UserId, blocked: Type.Boolean() }),
    'phone:rules.set': strict({
      busy: Type.Optional(CallRules.properties.busy),
      secondDevice: Type.Optional(JoinType),
    }),
  },
  incoming: {
    'phone:incoming.get': Nothing,
    /** The card has been on the screen for two animation frames: the server may say "ringing". */
    'phone:incoming.painted': strict({ callId: Id }),
    'phone:incoming.accept': strict({
      callId: Id,
      /** As in phone:call.place. */
      switchHere: Type.Optional(Type.Boolean()),
    }),
    'phone:incoming.decline': strict({ callId: Id }),
  },
  call: {
    /** The page is loaded and listens; the answer comes as a push when the window gets its call. */
    'phone:call.ready': Nothing,
    'phone:call.may-start': Nothing,
    'phone:call.start': strict({
      targetId: UserId,
      mediaType: MediaType,
      extra: Type.Optional(Text(limits.extraChars)),
      push: Type.Optional(PushTexts),
      user: Type.Optional(UserInfo),
      joinType: Type.Optional(JoinType),
    }),
    'phone:call.claim': strict({ callId: Id, joinType: Type.Optional(JoinType) }),
    'phone:call.join': strict({ callId: Id, user: Type.Optional(UserInfo) }),
    'phone:call.leave': strict({
      callId: Id,
      why: Type.Exclude(LeaveWhy, Type.Literal('quit')),
      user: Type.Optional(UserInfo),
    }),
    'phone:call.media': strict({ callId: Id, mediaType: Type.Literal(1) }),
    /** Kept by main, so that a window that had to be made anew comes up as silent as the former one. */
    'phone:call.media-state': strict({
      callId: Id,
      voiceMuted: Type.Boolean(),
      cameraOff: Type.Boolean(),
    }),
    /**
     * From the window of a call that is over or was never made: a new call to the same person takes its place.
     * `switchHere` as in phone:call.place.
     */
    'phone:call.again': strict({ switchHere: Type.Boolean() }),
    'phone:call.signal': strict({
      callId: Id,
      fromLeg: Id,
      toLeg: Id,
      linkId: Id,
      payload: Type.String({ minLength: 1, maxLength: limits.signalChars }),
    }),
    /** The legs this window has a live link to; the next heartbeat carries them. */
    'phone:call.live-links': strict({
      callId: Id,
      legIds: Type.Array(Id, { maxItems: limits.legs }),
    }),
    'phone:call.ice-servers': Nothing,
    /** The page has shown what it had to show. */
    'phone:window.close': Nothing,
    'phone:window.minimize': Nothing,
    'phone:window.toggle-maximize': Nothing,
  },
} as const satisfies Record<WindowKind, Record<`phone:${string}`, Type.TSchema>>;

/** What main answers to each request. */
export interface Replies {
  'phone:session.get': SessionView;
  'phone:session.sign-in': Result<null, SignInProblem>;
  'phone:session.try-here': Result<null, SignInProblem>;
  'phone:session.sign-out': Result<null, never>;
  'phone:directory.search': Result<
    { readonly people: readonly UserProfile[]; readonly cursor?: string },
    'offline'
  >;
  'phone:directory.profiles': Result<readonly UserProfile[], 'offline'>;
  'phone:directory.groups': Result<readonly Group[], 'offline'>;
  'phone:presence.watch': Result<readonly Presence[], 'offline'>;
  'phone:call.prepare': null;
  'phone:call.place': Result<null, CallProblem>;
  'phone:call.list': readonly DeskCallView[];
  'phone:call.return': Result<null, CallProblem>;
  'phone:call.hang-up': Result<null, CallProblem>;
  'phone:rules.get': CallRules;
  'phone:rules.block': Result<CallRules, RulesProblem>;
  'phone:rules.set': Result<CallRules, RulesProblem>;
  'phone:incoming.get': DeskCallView | null;
  'phone:incoming.painted': null;
  'phone:incoming.accept': Result<null, CallProblem>;
  'phone:incoming.decline': Result<null, CallProblem>;
  'phone:call.ready': null;
  'phone:call.may-start': Result<null, CallProblem>;
  'phone:call.start': Result<CallSnapshot, CallProblem>;
  'phone:call.claim': Result<CallSnapshot, CallProblem>;
  'phone:call.join': Result<CallSnapshot, CallProblem>;
  'phone:call.leave': Result<CallSnapshot, CallProblem>;
  'phone:call.media': Result<CallSnapshot, CallProblem>;
  'phone:call.media-state': null;
  'phone:call.again': Result<null, CallProblem>;
  'phone:call.signal': null;
  'phone:call.live-links': null;
  'phone:call.ice-servers': Result<readonly IceServer[], CallProblem>;
  'phone:window.close': null;
  'phone:window.minimize': null;
  'phone:window.toggle-maximize': null;
}

/** What main tells a window without being asked. */
export interface Pushes {
  home: {
    'phone:session.changed': SessionView;
    'phone:presence.changed': readonly Presence[];
    'phone:call.list-changed': readonly DeskCallView[];
    /** On this or another device of the user. */
    'phone:rules.changed': CallRules;
  };
  incoming: {
    /** The call the card shows, or null while nothing rings. */
    'phone:incoming.changed': DeskCallView | null;
  };
  call: {
    'phone:call.assigned': CallAssignment;
    'phone:call.snapshot': CallSnapshot;
    'phone:call.signal-received': ReceivedSignal;
    /** The user clicked Accept in the card: open the media and join. */
    'phone:call.accepted': { readonly callId: string };
    /** The network changed, the machine woke up or the server is back: look after the links now. */
    'phone:call.network-changed': null;
  };
}

/** What a call window is for. A warm window gets it only when it is used. */
export type CallAssignment = {
  readonly self: UserProfile;
  readonly deviceId: string;
  /** The other person, from the directory. */
  readonly peer: UserProfile;
} & (
  | { readonly purpose: 'place'; readonly targetId: string; readonly mediaType: 1 | 2 }
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
    };

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

export type { Availability, CallRules };

export type RequestChannel<K extends WindowKind = WindowKind> = K extends WindowKind
  ? keyof (typeof requestSchemas)[K] & keyof Replies
  : never;

export type RequestPayload<C extends RequestChannel> = {
  [K in WindowKind]: C extends keyof (typeof requestSchemas)[K]
    ? (typeof requestSchemas)[K][C] extends Type.TSchema
      ? DeepReadonly<Type.Static<(typeof requestSchemas)[K][C]>>
      : never
    : never;
}[WindowKind];

export type PushChannel<K extends WindowKind> = keyof Pushes[K] & string;

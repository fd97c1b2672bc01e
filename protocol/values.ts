/** Values that more than one message of the wire carries. */
import Type from 'typebox';
import type { DeepReadonly } from './deep-readonly';
import { limits } from './limits';
import { Id, JoinType, Line, MediaType, Text, TimeMs, UserId, strict } from './primitives';
import { textPattern } from './text';

export const UserProfile = strict({
  userId: UserId,
  name: Line(limits.nameChars),
  /** Names the picture of the user as it is now (`picture.get`); absent where there is none. */
  pictureId: Type.Optional(Id),
});
export type UserProfile = DeepReadonly<Type.Static<typeof UserProfile>>;

export const Group = strict({
  groupId: UserId,
  name: Line(limits.nameChars),
  memberIds: Type.Array(UserId),
});
export type Group = DeepReadonly<Type.Static<typeof Group>>;

/** A running call of a group, as its members see it who are not in it. The newest one, where there are several. */
export const GroupCall = strict({
  callId: Id,
  groupId: UserId,
  mediaType: MediaType,
  callerId: UserId,
  createdAt: TimeMs,
  /** Who has joined, in the order of joining. */
  joinedIds: Type.Array(UserId, { maxItems: limits.legs }),
});
export type GroupCall = DeepReadonly<Type.Static<typeof GroupCall>>;

/**
 * How somebody can be reached, the first that holds: in-call – also while the line of that device is down for a moment.
 * offline – no device is connected. do-not-disturb – by the rules, or because the system of every connected device says
 * so. away – nobody has touched any of these for long.
 */
export const Availability = Type.Union([
  Type.Literal('offline'),
  Type.Literal('online'),
  Type.Literal('away'),
  Type.Literal('in-call'),
  Type.Literal('do-not-disturb'),
]);
export type Availability = Type.Static<typeof Availability>;

export const Presence = strict({
  userId: UserId,
  availability: Availability,
  /** When "do not disturb" ends, where that is known. */
  until: Type.Optional(TimeMs),
});
export type Presence = DeepReadonly<Type.Static<typeof Presence>>;

/** `callId:userId`. */
export const RecordId = Type.String({
  minLength: 1,
  maxLength: limits.idChars * 2 + 1,
  pattern: textPattern,
});

/** One call in one user's history. */
export const CallRecord = strict({
  recordId: RecordId,
  callId: Id,
  kind: Type.Union([Type.Literal('private'), Type.Literal('group')]),
  direction: Type.Union([Type.Literal('outgoing'), Type.Literal('incoming')]),
  /** The other person, or the group. */
  targetId: UserId,
  callerId: UserId,
  mediaType: MediaType,
  createdAt: TimeMs,
  /** 0 when never connected. */
  connectedAt: TimeMs,
  endedAt: TimeMs,
  endReason: Type.Integer(),
  seen: Type.Boolean(),
  /** Everybody else who was in it or was called, each once, in the order of the invitations. */
  memberIds: Type.Array(UserId, { maxItems: limits.legs }),
  /** Who asked this user in; the caller, unless somebody in a group call did. */
  invitedBy: UserId,
  /** What was said while declining a private call, whoever of the two did. */
  reply: Type.Optional(Line(limits.replyChars)),
  /** It did not ring here: the user did not want to be disturbed. */
  silenced: Type.Optional(Type.Literal(true)),
});
export type CallRecord = DeepReadonly<Type.Static<typeof CallRecord>>;

/** A small square picture of a user, as the bytes of a file. */
export const Picture = strict({
  type: Type.Union([
    Type.Literal('image/jpeg'),
    Type.Literal('image/png'),
    Type.Literal('image/webp'),
  ]),
  /** Base64. */
  data: Type.String({
    minLength: 4,
    maxLength: limits.pictureChars,
    pattern: '^[A-Za-z0-9+/]+={0,2}$',
  }),
});
export type Picture = DeepReadonly<Type.Static<typeof Picture>>;

export const IceServer = strict({
  urls: Type.Array(Text(256), { minItems: 1, maxItems: 8 }),
  username: Type.Optional(Text(256)),
  credential: Type.Optional(Text(256)),
});
export type IceServer = DeepReadonly<Type.Static<typeof IceServer>>;

export const Tokens = strict({
  /** Signs in again until `accessExpiresAt`, unless the device was revoked. */
  access: Text(limits.tokenChars),
  accessExpiresAt: TimeMs,
  /** Good for one new pair; the former one stays good until this one was used once. */
  refresh: Text(limits.tokenChars),
});
export type Tokens = DeepReadonly<Type.Static<typeof Tokens>>;

export const Credential = Type.Union([
  strict({
    kind: Type.Literal('password'),
    userId: UserId,
    password: Type.String({ minLength: 1, maxLength: limits.passwordChars }),
  }),
  strict({ kind: Type.Literal('access'), token: Text(limits.tokenChars) }),
  strict({ kind: Type.Literal('refresh'), token: Text(limits.tokenChars) }),
  /** A JWT that an application's own back end signed with the shared secret. */
  strict({ kind: Type.Literal('app'), token: Text(limits.tokenChars) }),
  /** An invitation (`invite.create`), good for one new user with this name. */
  strict({
    kind: Type.Literal('invite'),
    code: Text(limits.inviteChars),
    name: Line(limits.nameChars),
    /** Random, made by the client and told nobody else: who repeats the join, because its welcome was lost, knows it. */
    joinSecret: Id,
  }),
]);
export type Credential = DeepReadonly<Type.Static<typeof Credential>>;

export const Device = strict({
  /** Made once per installed profile. */
  deviceId: Id,
  /** What the user's device list shows. */
  name: Line(limits.nameChars),
});
export type Device = DeepReadonly<Type.Static<typeof Device>>;

/** Each day of the list, 0 is Sunday, from a minute of that day to one of the same or, if that is not later, of the next day. */
export const QuietHours = strict({
  days: Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), {
    minItems: 1,
    maxItems: 7,
    uniqueItems: true,
  }),
  fromMinute: Type.Integer({ minimum: 0, maximum: 1439 }),
  toMinute: Type.Integer({ minimum: 0, maximum: 1439 }),
  /** As in the IANA database: where the user was who set them. */
  timeZone: Line(limits.timeZoneChars),
});
export type QuietHours = DeepReadonly<Type.Static<typeof QuietHours>>;

export const DoNotDisturb = strict({
  /** Switched on by hand until then; 0: until it is switched off; null: it is off. */
  until: Type.Union([TimeMs, Type.Null()]),
  /** Every week; null: never. */
  schedule: Type.Union([QuietHours, Type.Null()]),
  /** Favourites ring all the same. */
  favouritesRing: Type.Boolean(),
});
export type DoNotDisturb = DeepReadonly<Type.Static<typeof DoNotDisturb>>;

/** How a user wants to be called: the server decides by it, every device of the user shows it. */
export const CallRules = strict({
  /**
   * Who counts as busy. user – the user, as soon as one device is in a call or rings. device – only a device that is in
   * a call: others ring all the same, and the user is busy when no connected device is free.
   */
  busy: Type.Union([Type.Literal('user'), Type.Literal('device')]),
  /** What a device does that starts or answers while another one of the user is in a call, unless it says itself. */
  secondDevice: JoinType,
  /** Their calls are refused; they hear so (53202). */
  blockedUserIds: Type.Array(UserId, { maxItems: limits.blockedUsers }),
  /** In the order in which they were chosen. */
  favouriteUserIds: Type.Array(UserId, { maxItems: limits.favouriteUsers }),
  doNotDisturb: DoNotDisturb,
  /** What the user says while declining, in the user's own words; empty: Peal offers some in the language of the desktop. */
  quickReplies: Type.Array(Type.String({ ...Line(limits.replyChars), minLength: 1 }), {
    maxItems: limits.quickReplies,
  }),
});
export type CallRules = DeepReadonly<Type.Static<typeof CallRules>>;

/** What is not named stays, also within `doNotDisturb`: another device may be changing the rest of it. */
export const RulesChange = strict({
  busy: Type.Optional(CallRules.properties.busy),
  secondDevice: Type.Optional(CallRules.properties.secondDevice),
  doNotDisturb: Type.Optional(
    strict({
      until: Type.Optional(DoNotDisturb.properties.until),
      schedule: Type.Optional(DoNotDisturb.properties.schedule),
      favouritesRing: Type.Optional(DoNotDisturb.properties.favouritesRing),
    }),
  ),
  quickReplies: Type.Optional(CallRules.properties.quickReplies),
});
export type RulesChange = DeepReadonly<Type.Static<typeof RulesChange>>;

/** As they are until a user changes them. */
export const defaultCallRules: CallRules = {
  busy: 'user',
  secondDevice: 1,
  blockedUserIds: [],
  favouriteUserIds: [],
  doNotDisturb: { until: null, schedule: null, favouritesRing: true },
  quickReplies: [],
};

/**
 * hangup – the user wants it. media – microphone or camera failed (8). network – the way to the call was lost (7).
 * publish, subscribe – sending or receiving failed (9, 10). quit – the app ends in order.
 */
export const LeaveWhy = Type.Union([
  Type.Literal('hangup'),
  Type.Literal('media'),
  Type.Literal('network'),
  Type.Literal('publish'),
  Type.Literal('subscribe'),
  Type.Literal('quit'),
]);
export type LeaveWhy = Type.Static<typeof LeaveWhy>;

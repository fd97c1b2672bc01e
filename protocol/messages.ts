/**
 * The wire: one JSON object a message (docs/protocol.md). Requests carry an `id` made by the client and get exactly
 * one `reply` (or `welcome`) with the same id; the id of a call command is also its commandId: repeated after a
 * broken socket, it happens once. Notes have no id and no reply.
 */
import Type from 'typebox';
import type { DeepReadonly } from './deep-readonly';
import { ErrorCode } from './error-code';
import { limits } from './limits';
import { Id, JoinType, Line, MediaType, Text, TimeMs, UserId, byId, strict } from './primitives';
import { CallSnapshot, PushTexts, UserInfo } from './snapshot-schema';
import { textPattern } from './text';

export const protocolVersion = 1;

const Revision = Type.Integer({ minimum: 0 });

// ---- values ---------------------------------------------------------------------------------------------------

export const UserProfile = strict({ userId: UserId, name: Line(limits.nameChars) });
export type UserProfile = DeepReadonly<Type.Static<typeof UserProfile>>;

export const Group = strict({
  groupId: UserId,
  name: Line(limits.nameChars),
  memberIds: Type.Array(UserId),
});
export type Group = DeepReadonly<Type.Static<typeof Group>>;

export const Availability = Type.Union([
  Type.Literal('offline'),
  Type.Literal('online'),
  Type.Literal('in-call'),
]);
export type Availability = Type.Static<typeof Availability>;

export const Presence = strict({ userId: UserId, availability: Availability });
export type Presence = DeepReadonly<Type.Static<typeof Presence>>;

/** `callId:userId`. */
const RecordId = Type.String({
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
});
export type CallRecord = DeepReadonly<Type.Static<typeof CallRecord>>;

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
]);
export type Credential = DeepReadonly<Type.Static<typeof Credential>>;

export const Device = strict({
  /** Made once per installed profile. */
  deviceId: Id,
  /** What the user's device list shows. */
  name: Line(limits.nameChars),
});
export type Device = DeepReadonly<Type.Static<typeof Device>>;

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
});
export type CallRules = DeepReadonly<Type.Static<typeof CallRules>>;

/** As they are until a user changes them. */
export const defaultCallRules: CallRules = { busy: 'user', secondDevice: 1, blockedUserIds: [] };

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

// ---- client to server -----------------------------------------------------------------------------------------

const request = <T extends string, P extends Type.TProperties>(type: T, properties: P) =>
  strict({ type: Type.Literal(type), id: Id, ...properties });

export const requestSchemas = {
  'sign-in': request('sign-in', {
    protocol: Type.Integer({ minimum: 1 }),
    device: Device,
    credential: Credential,
  }),
  'sign-out': request('sign-out', {}),
  heartbeat: request('heartbeat', {
    /** The newest revision this device has of each unended call. */
    calls: byId(Revision, limits.heartbeatCalls),
    /** Legs to which this device has a live link, by call it has joined. */
    live: byId(Type.Array(Id, { maxItems: limits.legs }), limits.heartbeatCalls),
  }),
  'call.start': request('call.start', {
    targetId: UserId,
    mediaType: MediaType,
    extra: Type.Optional(Text(limits.extraChars)),
    push: Type.Optional(PushTexts),
    user: Type.Optional(UserInfo),
    joinType: Type.Optional(JoinType),
  }),
  /** Forget a call.start that was never answered: ends its call with reason 1, or refuses it when it comes late. */
  'call.cancel-start': request('call.cancel-start', { commandId: Id }),
  /** This device paints the ring. */
  'call.ringing': request('call.ringing', { callId: Id, user: Type.Optional(UserInfo) }),
  /** The click on Accept: the first device wins. */
  'call.claim': request('call.claim', {
    callId: Id,
    joinType: Type.Optional(JoinType),
  }),
  /** The media is open: this device is in the call. */
  'call.join': request('call.join', { callId: Id, user: Type.Optional(UserInfo) }),
  /** Cancel, decline or hang up: which of them it is, the server reads from the leg. */
  'call.leave': request('call.leave', {
    callId: Id,
    why: LeaveWhy,
    user: Type.Optional(UserInfo),
  }),
  /** From video to audio, for everybody in the call. There is no way back yet. */
  'call.media': request('call.media', { callId: Id, mediaType: Type.Literal(1) }),
  'directory.search': request('directory.search', {
    query: Line(limits.searchChars),
    cursor: Type.Optional(Text(limits.idChars * 2)),
  }),
  'directory.profiles': request('directory.profiles', {
    userIds: Type.Array(UserId, { minItems: 1, maxItems: limits.watchedUsers }),
  }),
  'directory.groups': request('directory.groups', {}),
  /** Replaces the list of watched users; the reply tells how they are now, changes are pushed. */
  'presence.watch': request('presence.watch', {
    userIds: Type.Array(UserId, { maxItems: limits.watchedUsers }),
  }),
  'records.list': request('records.list', { before: Type.Optional(TimeMs) }),
  'records.seen': request('records.seen', {
    recordIds: Type.Array(RecordId, { minItems: 1, maxItems: limits.recordsPage }),
  }),
  /** Blocks or unblocks one person. */
  'rules.block': request('rules.block', { userId: UserId, blocked: Type.Boolean() }),
  'rules.set': request('rules.set', {
    busy: Type.Optional(CallRules.properties.busy),
    secondDevice: Type.Optional(JoinType),
  }),
  'ice.servers': request('ice.servers', {}),
} as const;

/** A WebRTC signal on its way from one leg to another. The server never looks into `payload`. */
export const PeerSignal = strict({
  type: Type.Literal('peer.signal'),
  callId: Id,
  fromLeg: Id,
  toLeg: Id,
  linkId: Id,
  payload: Type.String({ minLength: 1, maxLength: limits.signalChars }),
});
export type PeerSignal = DeepReadonly<Type.Static<typeof PeerSignal>>;

export const clientSchemas = { ...requestSchemas, 'peer.signal': PeerSignal } as const;

export type RequestType = keyof typeof requestSchemas;
export type Request<T extends RequestType = RequestType> = T extends RequestType
  ? DeepReadonly<Type.Static<(typeof requestSchemas)[T]>>
  : never;
export type ClientMessage = Request | PeerSignal;

/** What a client passes for a request: the rest is added on the way. */
export type RequestBody<T extends RequestType> = Omit<Request<T>, 'id' | 'type'>;

// ---- server to client -----------------------------------------------------------------------------------------

const Empty = strict({});

/** Results by request; `sign-in` is answered by `welcome`. */
export const resultSchemas = {
  'sign-out': Empty,
  heartbeat: strict({
    serverNowMs: TimeMs,
    /** Calls that are newer here than the heartbeat said. */
    calls: Type.Array(CallSnapshot),
    /** Calls of the heartbeat that the server does not know (any more). */
    gone: Type.Array(Id),
  }),
  'call.start': strict({ call: CallSnapshot }),
  'call.cancel-start': Empty,
  'call.ringing': strict({ call: CallSnapshot }),
  'call.claim': strict({ call: CallSnapshot }),
  'call.join': strict({ call: CallSnapshot }),
  'call.leave': strict({ call: CallSnapshot }),
  'call.media': strict({ call: CallSnapshot }),
  'directory.search': strict({
    people: Type.Array(UserProfile),
    cursor: Type.Optional(Text(limits.idChars * 2)),
  }),
  'directory.profiles': strict({ people: Type.Array(UserProfile) }),
  'directory.groups': strict({ groups: Type.Array(Group) }),
  'presence.watch': strict({ presence: Type.Array(Presence) }),
  'records.list': strict({ records: Type.Array(CallRecord) }),
  'records.seen': Empty,
  'rules.block': strict({ rules: CallRules }),
  'rules.set': strict({ rules: CallRules }),
  'ice.servers': strict({ iceServers: Type.Array(IceServer) }),
} as const satisfies Record<Exclude<RequestType, 'sign-in'>, Type.TSchema>;

export const Welcome = strict({
  type: Type.Literal('welcome'),
  id: Id,
  protocol: Type.Integer({ minimum: 1 }),
  serverNowMs: TimeMs,
  user: UserProfile,
  deviceId: Id,
  /** Every unended call of this user. Calls that a client knows and that are missing here are over. */
  calls: Type.Array(CallSnapshot),
  /** Records the user has not seen on any device, oldest first. */
  records: Type.Array(CallRecord),
  rules: CallRules,
  /** Absent after a sign-in with an access token. */
  tokens: Type.Optional(Tokens),
});
export type Welcome = DeepReadonly<Type.Static<typeof Welcome>>;

export const Reply = Type.Union([
  strict({
    type: Type.Literal('reply'),
    id: Id,
    ok: Type.Literal(true),
    result: Type.Record(Type.String(), Type.Unknown()),
  }),
  strict({
    type: Type.Literal('reply'),
    id: Id,
    ok: Type.Literal(false),
    error: strict({ code: ErrorCode }),
  }),
]);
export type Reply = DeepReadonly<Type.Static<typeof Reply>>;

export const serverSchemas = {
  welcome: Welcome,
  reply: Reply,
  'call.snapshot': strict({ type: Type.Literal('call.snapshot'), call: CallSnapshot }),
  'peer.signal': PeerSignal,
  'presence.changed': strict({
    type: Type.Literal('presence.changed'),
    presence: Type.Array(Presence, { minItems: 1 }),
  }),
  /** On all devices of the user, the one that changed them included. */
  'rules.changed': strict({ type: Type.Literal('rules.changed'), rules: CallRules }),
  'record.added': strict({ type: Type.Literal('record.added'), record: CallRecord }),
} as const;

export type ServerMessageType = keyof typeof serverSchemas;
export type ServerMessage = {
  [T in ServerMessageType]: DeepReadonly<Type.Static<(typeof serverSchemas)[T]>>;
}[ServerMessageType];

export type ResultOf<T extends RequestType> = T extends keyof typeof resultSchemas
  ? DeepReadonly<Type.Static<(typeof resultSchemas)[T]>>
  : Welcome;

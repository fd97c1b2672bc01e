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
import {
  CallRecord,
  CallRules,
  Credential,
  Device,
  Group,
  GroupCall,
  IceServer,
  LeaveWhy,
  Picture,
  Presence,
  RecordId,
  RulesChange,
  Tokens,
  UserProfile,
} from './values';

export * from './values';

export const protocolVersion = 1;

const Revision = Type.Integer({ minimum: 0 });

// ---- client to server -----------------------------------------------------------------------------------------

/** How it stands at a device: nobody has touched it for long; its system says that the user is not to be disturbed. */
const standing = { isAway: Type.Boolean(), isQuiet: Type.Boolean() };

const request = <T extends string, P extends Type.TProperties>(type: T, properties: P) =>
  strict({ type: Type.Literal(type), id: Id, ...properties });

export const requestSchemas = {
  'sign-in': request('sign-in', {
    protocol: Type.Integer({ minimum: 1 }),
    device: Device,
    credential: Credential,
    /** As in `presence.report`; absent: neither. */
    standing: Type.Optional(strict(standing)),
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
  /** A call to several: members of one group, or without `groupId` any people. The own id among `userIds` is left out. */
  'call.start-group': request('call.start-group', {
    groupId: Type.Optional(UserId),
    userIds: Type.Array(UserId, { minItems: 1, maxItems: limits.participants }),
    mediaType: MediaType,
    extra: Type.Optional(Text(limits.extraChars)),
    push: Type.Optional(PushTexts),
    user: Type.Optional(UserInfo),
    joinType: Type.Optional(JoinType),
  }),
  /**
   * By anybody who has joined a group call. In the call of a group its members only. Who is in it or rings already is
   * left out.
   */
  'call.invite': request('call.invite', {
    callId: Id,
    userIds: Type.Array(UserId, { minItems: 1, maxItems: limits.participants }),
    extra: Type.Optional(Text(limits.extraChars)),
    push: Type.Optional(PushTexts),
  }),
  /** Makes a group call without a group of a private one, and invites. By either of the two, once both have joined. */
  'call.extend': request('call.extend', {
    callId: Id,
    userIds: Type.Array(UserId, { minItems: 1, maxItems: limits.participants }),
  }),
  /**
   * Into a running group call without a ring: a member of its group, or somebody who was in it. As `call.claim`: the
   * device opens its media and joins.
   */
  'call.enter': request('call.enter', { callId: Id, joinType: Type.Optional(JoinType) }),
  /** Forget a call.start or call.start-group that was never answered: ends its call with reason 1, or refuses it when it comes late. */
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
    /** With a decline: what the user lets the caller know. */
    reply: Type.Optional(Line(limits.replyChars)),
    user: Type.Optional(UserInfo),
  }),
  /** This device rings neither now nor later in this call: its system says that the user is not to be disturbed. */
  'call.silenced': request('call.silenced', { callId: Id }),
  /**
   * 1: from video to audio, for everybody in the call. 2: from audio to video; in a private call this asks the other
   * person (`mediaAsk` of the snapshot).
   */
  'call.media': request('call.media', { callId: Id, mediaType: MediaType }),
  /** Yes or no to `mediaAsk`; by the one who asked, no takes the question back. */
  'call.media-answer': request('call.media-answer', { callId: Id, accept: Type.Boolean() }),
  /** Replaces the list of watched groups; the reply tells which have a call now, changes are pushed. Own groups only. */
  'group-calls.watch': request('group-calls.watch', {
    groupIds: Type.Array(UserId, { maxItems: limits.groupsPerUser }),
  }),
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
  /** Until it says so anew, it stands at this device as its sign-in said. */
  'presence.report': request('presence.report', standing),
  /** A link for one new colleague: where invitations are allowed, anyone may make one. */
  'invite.create': request('invite.create', {}),
  /** The own name, the own picture; null takes the picture away. What is not named stays. */
  'profile.set': request('profile.set', {
    name: Type.Optional(Line(limits.nameChars)),
    picture: Type.Optional(Type.Union([Picture, Type.Null()])),
  }),
  'picture.get': request('picture.get', { userId: UserId, pictureId: Id }),
  /** The maker is a member, named or not. */
  'group.create': request('group.create', {
    name: Line(limits.nameChars),
    memberIds: Type.Array(UserId, { maxItems: limits.groupMembers }),
  }),
  /**
   * By any member. What is not named stays; who is not among the members any more has left. The last one leaves a group
   * without members, which nobody but the admin sees.
   */
  'group.change': request('group.change', {
    groupId: UserId,
    name: Type.Optional(Line(limits.nameChars)),
    memberIds: Type.Optional(Type.Array(UserId, { maxItems: limits.groupMembers })),
  }),
  /** Newest first; with `query` those with somebody or in a group whose id, name or a later word of it begins so. */
  'records.list': request('records.list', {
    before: Type.Optional(TimeMs),
    query: Type.Optional(Line(limits.searchChars)),
  }),
  'records.seen': request('records.seen', {
    recordIds: Type.Array(RecordId, { minItems: 1, maxItems: limits.recordsPage }),
    /** Also all that began until then: who looks at a list has seen what is below it, too. */
    upTo: Type.Optional(TimeMs),
  }),
  /** Blocks or unblocks one person. */
  'rules.block': request('rules.block', { userId: UserId, blocked: Type.Boolean() }),
  'rules.favourite': request('rules.favourite', { userId: UserId, favourite: Type.Boolean() }),
  'rules.set': request('rules.set', RulesChange.properties),
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
/** A table: to compare two handlers, the compiler compares rows of it, and not how any schema becomes a type (seconds). */
type Requests = { [T in RequestType]: DeepReadonly<Type.Static<(typeof requestSchemas)[T]>> };
export type Request<T extends RequestType = RequestType> = Requests[T];
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
  'call.start-group': strict({ call: CallSnapshot }),
  'call.invite': strict({ call: CallSnapshot }),
  'call.extend': strict({ call: CallSnapshot }),
  'call.enter': strict({ call: CallSnapshot }),
  'call.cancel-start': Empty,
  'call.ringing': strict({ call: CallSnapshot }),
  'call.claim': strict({ call: CallSnapshot }),
  'call.join': strict({ call: CallSnapshot }),
  'call.leave': strict({ call: CallSnapshot }),
  'call.silenced': strict({ call: CallSnapshot }),
  'call.media': strict({ call: CallSnapshot }),
  'call.media-answer': strict({ call: CallSnapshot }),
  'group-calls.watch': strict({ calls: Type.Array(GroupCall) }),
  'directory.search': strict({
    people: Type.Array(UserProfile),
    cursor: Type.Optional(Text(limits.idChars * 2)),
  }),
  'directory.profiles': strict({ people: Type.Array(UserProfile) }),
  'directory.groups': strict({ groups: Type.Array(Group) }),
  'presence.watch': strict({ presence: Type.Array(Presence) }),
  'presence.report': Empty,
  'invite.create': strict({
    /** Once, until `expiresAt`. */
    code: Text(limits.inviteChars),
    expiresAt: TimeMs,
    /** Where the server says it is reached from outside; absent: where the client reached it. */
    address: Type.Optional(Text(256)),
    /** SHA-256 of the server's public key (SPKI, base64url) where it made its certificate itself. */
    keyHash: Type.Optional(Text(64)),
  }),
  'profile.set': strict({ user: UserProfile }),
  /** Null: the user has another one by now, or none. */
  'picture.get': strict({ picture: Type.Union([Picture, Type.Null()]) }),
  'group.create': strict({ group: Group }),
  'group.change': strict({ group: Group }),
  'records.list': strict({ records: Type.Array(CallRecord) }),
  'records.seen': Empty,
  'rules.block': strict({ rules: CallRules }),
  'rules.favourite': strict({ rules: CallRules }),
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
  /** The newest records that the user has not seen on any device, oldest first. */
  records: Type.Array(CallRecord),
  /** There are older ones. */
  moreRecords: Type.Optional(Type.Literal(true)),
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
  /** Of a watched group: its running call is another one, or looks different now; null when there is none any more. */
  'group-call.changed': strict({
    type: Type.Literal('group-call.changed'),
    groupId: UserId,
    call: Type.Union([GroupCall, Type.Null()]),
  }),
  /** On all devices of the user, the one that changed them included. */
  'rules.changed': strict({ type: Type.Literal('rules.changed'), rules: CallRules }),
  'record.added': strict({ type: Type.Literal('record.added'), record: CallRecord }),
  /** Seen on one device is seen on all. */
  'records.seen': strict({
    type: Type.Literal('records.seen'),
    recordIds: Type.Array(RecordId),
    upTo: Type.Optional(TimeMs),
  }),
  /** A name or a picture: of the user itself, of somebody this device watches, or of a newcomer whom the user invited. */
  'profile.changed': strict({ type: Type.Literal('profile.changed'), user: UserProfile }),
  /** The groups of this user are others now: ask for them again. */
  'groups.changed': strict({ type: Type.Literal('groups.changed') }),
} as const;

export type ServerMessageType = keyof typeof serverSchemas;
export type ServerMessage = {
  [T in ServerMessageType]: DeepReadonly<Type.Static<(typeof serverSchemas)[T]>>;
}[ServerMessageType];

type Results = {
  [T in RequestType]: T extends keyof typeof resultSchemas
    ? DeepReadonly<Type.Static<(typeof resultSchemas)[T]>>
    : Welcome;
};
export type ResultOf<T extends RequestType> = Results[T];

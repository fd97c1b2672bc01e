/** Requests that windows make of main: channel, who may call it, and the shape of its one argument. */
import Type from 'typebox';
import { limits } from '#protocol/limits';
import { CallRules, LeaveWhy, Picture } from '#protocol/messages';
import { Id, JoinType, Line, MediaType, TimeMs, UserId, strict } from '#protocol/primitives';
import { PushTexts, UserInfo } from '#protocol/snapshot-schema';
import { AppSettings, ChosenDevices } from '../settings';

export type WindowKind = 'home' | 'incoming' | 'call' | 'echo';

const Nothing = Type.Null();
const Text = (maxLength: number): Type.TString => Type.String({ maxLength });
/** Who is to be in a group call. The own id among them is left out. */
const CallMembers = Type.Array(UserId, { minItems: 1, maxItems: limits.participants });

/** Requests a window may make, by window kind: channel → schema of the one argument. */
export const requestSchemas = {
  home: {
    /** The person wants the app to end: closing home only hides it. */
    'phone:app.quit': Nothing,
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
    /** The link that the system opened the app with and that no window has asked for yet. */
    'phone:session.take-link': Nothing,
    /** Join a team by its invitation, under this name. */
    'phone:session.join': strict({
      link: Type.String({ minLength: 1, maxLength: 2048 }),
      name: Line(limits.nameChars),
    }),
    /** Addresses under which this server may be reached by a colleague, the likeliest first. */
    'phone:invite.addresses': Nothing,
    'phone:invite.create': strict({ address: Text(256) }),
    'phone:profile.set': strict({
      name: Type.Optional(Line(limits.nameChars)),
      picture: Type.Optional(Type.Union([Picture, Type.Null()])),
    }),
    'phone:directory.picture': strict({ userId: UserId, pictureId: Id }),
    'phone:group.create': strict({
      name: Line(limits.nameChars),
      memberIds: Type.Array(UserId, { maxItems: limits.groupMembers }),
    }),
    'phone:group.change': strict({
      groupId: UserId,
      name: Type.Optional(Line(limits.nameChars)),
      memberIds: Type.Optional(Type.Array(UserId, { maxItems: limits.groupMembers })),
    }),
    /** The own history, newest first; `before`: the createdAt of the last one shown. */
    'phone:records.list': strict({ before: Type.Optional(TimeMs) }),
    /** The person has looked at these. */
    'phone:records.seen': strict({
      recordIds: Type.Array(Text(limits.idChars * 2 + 1), {
        minItems: 1,
        maxItems: limits.recordsPage,
      }),
    }),
    'phone:settings.get': Nothing,
    'phone:settings.set': Type.Partial(AppSettings, { additionalProperties: false }),
    /** Where the sign-in of this computer is kept; the settings say it. */
    'phone:settings.secret-place': Nothing,
    /** While the settings show them, home may open microphone and camera. */
    'phone:devices.test': strict({ on: Type.Boolean() }),
    /** What is not named stays. */
    'phone:devices.choose': Type.Partial(ChosenDevices, { additionalProperties: false }),
    /** The card inside home. */
    'phone:call.accept': strict({ callId: Id, switchHere: Type.Optional(Type.Boolean()) }),
    'phone:call.decline': strict({ callId: Id }),
    'phone:directory.search': strict({
      query: Text(limits.searchChars),
      cursor: Type.Optional(Text(limits.idChars * 2)),
    }),
    /** The people behind ids, for lists that hold ids alone: blocked people, members of groups. */
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
    /** A call to several: members of one group, or without `groupId` any people. */
    'phone:call.place-group': strict({
      groupId: Type.Optional(UserId),
      userIds: CallMembers,
      mediaType: MediaType,
      /** As in phone:call.place. */
      switchHere: Type.Optional(Type.Boolean()),
    }),
    /** Into a running group call that does not ring here. `switchHere` as in phone:call.place. */
    'phone:call.enter': strict({ callId: Id, switchHere: Type.Optional(Type.Boolean()) }),
    /** Replaces the list of groups whose running calls home wants to hear of. */
    'phone:group-calls.watch': strict({
      groupIds: Type.Array(UserId, { maxItems: limits.groupsPerUser }),
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
    'phone:incoming.settings': Nothing,
    'phone:incoming.picture': strict({ userId: UserId, pictureId: Id }),
    /** The people of the call by the directory; who is not found stays away. */
    'phone:incoming.profiles': strict({
      userIds: Type.Array(UserId, { minItems: 1, maxItems: limits.legs }),
    }),
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
    'phone:call.start-group': strict({
      groupId: Type.Optional(UserId),
      userIds: CallMembers,
      mediaType: MediaType,
      extra: Type.Optional(Text(limits.extraChars)),
      push: Type.Optional(PushTexts),
      user: Type.Optional(UserInfo),
      joinType: Type.Optional(JoinType),
    }),
    'phone:call.invite': strict({
      callId: Id,
      userIds: CallMembers,
      extra: Type.Optional(Text(limits.extraChars)),
      push: Type.Optional(PushTexts),
    }),
    /** Makes a group call of a private one, and invites. */
    'phone:call.extend': strict({ callId: Id, userIds: CallMembers }),
    'phone:call.claim': strict({ callId: Id, joinType: Type.Optional(JoinType) }),
    'phone:call.join': strict({ callId: Id, user: Type.Optional(UserInfo) }),
    'phone:call.leave': strict({
      callId: Id,
      why: Type.Exclude(LeaveWhy, Type.Literal('quit')),
      user: Type.Optional(UserInfo),
    }),
    /** 1: sound only from now on. 2: pictures, too; in a private call this asks the other person. */
    'phone:call.media': strict({ callId: Id, mediaType: MediaType }),
    /** Yes or no to the question for pictures; by the one who asked, no takes it back. */
    'phone:call.media-answer': strict({ callId: Id, accept: Type.Boolean() }),
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
    'phone:call.settings': Nothing,
    'phone:call.picture': strict({ userId: UserId, pictureId: Id }),
    /** The people of the call by the directory; who is not found stays away. */
    'phone:call.profiles': strict({
      userIds: Type.Array(UserId, { minItems: 1, maxItems: limits.watchedUsers }),
    }),
    /** People to invite. */
    'phone:call.search': strict({ query: Text(limits.searchChars) }),
    /** The group of the call: its members are the people to invite. */
    'phone:call.group': strict({ groupId: UserId }),
    /** The devices menu of the call: kept for the next call. What is not named stays. */
    'phone:call.choose-devices': Type.Partial(ChosenDevices, { additionalProperties: false }),
    /** The page has shown what it had to show. */
    'phone:window.close': Nothing,
    'phone:window.minimize': Nothing,
    'phone:window.toggle-maximize': Nothing,
  },
  /** The contact that answers and says one's words again, where the server is the one inside the app. */
  echo: {
    'phone:echo.ready': Nothing,
  },
} as const satisfies Record<WindowKind, Record<`phone:${string}`, Type.TSchema>>;

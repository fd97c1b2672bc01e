/** Requests that windows make of main: channel, who may call it, and the shape of its one argument. */
import Type from 'typebox';
import type { DeepReadonly } from '#protocol/deep-readonly';
import { limits } from '#protocol/limits';
import { LeaveWhy, Picture, RulesChange } from '#protocol/messages';
import { Id, JoinType, Line, MediaType, TimeMs, UserId, strict } from '#protocol/primitives';
import { PushTexts, UserInfo } from '#protocol/snapshot-schema';
import { AppSettings, ChosenDevices, SystemSwitchName, keysChars } from '../settings';

export type WindowKind = 'home' | 'incoming' | 'call' | 'echo';

const Nothing = Type.Null();
const Text = (maxLength: number): Type.TString => Type.String({ maxLength });
const WindowForm = Type.Union([Type.Literal('full'), Type.Literal('mini')]);
/** What the mini window shows, and how large text is on this computer: both take room. */
const MiniLook = strict({
  shape: Type.Union([Type.Literal('voice'), Type.Literal('picture')]),
  textScale: Type.Number({ minimum: 0.25, maximum: 8 }),
});
export type MiniLook = DeepReadonly<Type.Static<typeof MiniLook>>;
const Distance = Type.Integer({ minimum: -100_000, maximum: 100_000 });
const Direction = Type.Union([
  Type.Literal('left'),
  Type.Literal('right'),
  Type.Literal('up'),
  Type.Literal('down'),
]);
export type Direction = Type.Static<typeof Direction>;
/** Who is to be in a group call. The own id among them is left out. */
const CallMembers = Type.Array(UserId, { minItems: 1, maxItems: limits.participants });

/** Requests a window may make, by window kind: channel → schema of the one argument. */
export const requestSchemas = {
  home: {
    /** The person wants the app to end: closing home only hides it. */
    'phone:app.quit': Nothing,
    'phone:session.get': Nothing,
    'phone:standing.get': Nothing,
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
    /** The link that asks for a call and that home has not shown yet. */
    'phone:link.take-call': Nothing,
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
    'phone:records.list': strict({
      before: Type.Optional(TimeMs),
      /** As in `records.list` of the wire. */
      query: Type.Optional(Line(limits.searchChars)),
    }),
    'phone:records.get-unseen': Nothing,
    /** The person has looked at these. */
    'phone:records.seen': strict({
      recordIds: Type.Array(Text(limits.idChars * 2 + 1), {
        minItems: 1,
        maxItems: limits.recordsPage,
      }),
      upTo: Type.Optional(TimeMs),
    }),
    'phone:settings.get': Nothing,
    'phone:settings.set': Type.Partial(
      Type.Omit(AppSettings, ['startsAtSignIn', 'opensPhoneLinks']),
      {
        additionalProperties: false,
      },
    ),
    /** What the system does for Peal: read anew each time. */
    'phone:system.get': Nothing,
    'phone:system.set': strict({ name: SystemSwitchName, on: Type.Boolean() }),
    /** Newer versions of Peal. `check`: whether the feed could be read. */
    'phone:update.get': Nothing,
    'phone:update.check': Nothing,
    /** Starts the installer and ends the app. */
    'phone:update.install': Nothing,
    'phone:update.open-page': Nothing,
    /** No more about this version. */
    'phone:update.dismiss': strict({ version: Text(32) }),
    /** Whether these keys could answer calls; tried out, and not kept. */
    'phone:keys.try': strict({ keys: Type.String({ minLength: 1, maxLength: keysChars }) }),
    /** Whether this desktop lets a window of ours stay above the others; the settings say it. */
    'phone:settings.may-float': Nothing,
    /** Where the sign-in of this computer is kept; the settings say it. */
    'phone:settings.secret-place': Nothing,
    /** While the settings show them, home may open microphone and camera. */
    'phone:devices.test': strict({ on: Type.Boolean() }),
    /** What is not named stays. */
    'phone:devices.choose': Type.Partial(ChosenDevices, { additionalProperties: false }),
    /** The card inside home. */
    'phone:call.accept': strict({ callId: Id, switchHere: Type.Optional(Type.Boolean()) }),
    'phone:call.decline': strict({ callId: Id, reply: Type.Optional(Line(limits.replyChars)) }),
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
    'phone:rules.favourite': strict({ userId: UserId, favourite: Type.Boolean() }),
    'phone:rules.set': RulesChange,
  },
  incoming: {
    'phone:incoming.get': Nothing,
    'phone:incoming.settings': Nothing,
    /** What the user keeps ready for declining; empty: the page offers some. */
    'phone:incoming.replies': Nothing,
    'phone:incoming.picture': strict({ userId: UserId, pictureId: Id }),
    /** The people of the call by the directory; who is not found stays away. */
    'phone:incoming.profiles': strict({
      userIds: Type.Array(UserId, { minItems: 1, maxItems: limits.legs }),
    }),
    /** The page of the card lives and has the ring; nothing is painted yet. */
    'phone:incoming.received': strict({ callId: Id }),
    /** The card has been on the screen for two animation frames: the server may say "ringing". */
    'phone:incoming.painted': strict({ callId: Id }),
    'phone:incoming.accept': strict({
      callId: Id,
      /** As in phone:call.place. */
      switchHere: Type.Optional(Type.Boolean()),
    }),
    'phone:incoming.decline': strict({ callId: Id, reply: Type.Optional(Line(limits.replyChars)) }),
  },
  call: {
    /** The page is loaded and listens; the answer comes as a push when the window gets its call. */
    'phone:call.ready': Nothing,
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
    /** How these are; nobody: the dialog that showed them is closed. */
    'phone:call.presence': strict({
      userIds: Type.Array(UserId, { maxItems: limits.watchedUsers }),
    }),
    /** The group of the call: its members are the people to invite. */
    'phone:call.group': strict({ groupId: UserId }),
    /** The devices menu of the call: kept for the next call. What is not named stays. */
    'phone:call.choose-devices': Type.Partial(ChosenDevices, { additionalProperties: false }),
    /** The page has shown what it had to show. */
    'phone:window.close': Nothing,
    'phone:window.minimize': Nothing,
    'phone:window.toggle-maximize': Nothing,
    /** Full: back to where it was before. Mini: made small; again, when what it shows takes another room. */
    'phone:window.set-form': strict({ form: WindowForm, look: MiniLook }),
    /** The mini window is dragged: how far from where that began, in pixels of the page. */
    'phone:window.drag': strict({ dx: Distance, dy: Distance, isDone: Type.Boolean() }),
    /** The mini window goes into the next corner that way. */
    'phone:window.next-corner': strict({ towards: Direction }),
    /** What the mini window had to say about the desktop was read: it says so no more. */
    'phone:window.words-read': Nothing,
  },
  /** The contact that answers and says one's words again, where the server is the one inside the app. */
  echo: {
    'phone:echo.ready': Nothing,
  },
} as const satisfies Record<WindowKind, Record<`phone:${string}`, Type.TSchema>>;

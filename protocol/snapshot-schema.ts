/**
 * A call as the server tells it to every device concerned: always whole, with a revision that only grows.
 * Read-only for everybody but the server, which derives it from its own row (server/calls/call-state.ts).
 */
import Type from 'typebox';
import type { DeepReadonly } from './deep-readonly';
import { limits } from './limits';
import { Id, Line, MediaType, Text, TimeMs, UserId, strict } from './primitives';

/**
 * invited – the server wants the user to ring; no device has shown it yet.
 * ringing – at least one device has painted it on a screen.
 * claimed – one device answered and is opening its microphone.
 * joined  – the device is in the call and may link to the other joined ones.
 * left    – over for this leg, with a reason and a cause.
 */
export const LegState = Type.Union([
  Type.Literal('invited'),
  Type.Literal('ringing'),
  Type.Literal('claimed'),
  Type.Literal('joined'),
  Type.Literal('left'),
]);
export type LegState = Type.Static<typeof LegState>;

/**
 * self – the user, or the server on the user's behalf (busy). deadline – a time limit passed.
 * call-ended – somebody else's leaving ended the call. other-device – another device of the user took over.
 * kicked – an admin or the server removed the user.
 */
export const LeaveCause = Type.Union([
  Type.Literal('self'),
  Type.Literal('deadline'),
  Type.Literal('call-ended'),
  Type.Literal('other-device'),
  Type.Literal('kicked'),
]);
export type LeaveCause = Type.Static<typeof LeaveCause>;

/** What an application registered about its own user. It reaches other applications' listeners, never our screens. */
export const UserInfo = strict({
  name: Type.Optional(Line(limits.nameChars)),
  portraitUri: Type.Optional(Text(limits.portraitChars)),
  extra: Type.Optional(Text(limits.userExtraChars)),
});
export type UserInfo = DeepReadonly<Type.Static<typeof UserInfo>>;

/** The caller's words for notifications: of the call, and of its end before anybody answered. Plain text. */
export const PushTexts = strict({
  callTitle: Type.Optional(Text(limits.pushTitleChars)),
  callContent: Type.Optional(Text(limits.pushContentChars)),
  hungupTitle: Type.Optional(Text(limits.pushTitleChars)),
  hungupContent: Type.Optional(Text(limits.pushContentChars)),
});
export type PushTexts = DeepReadonly<Type.Static<typeof PushTexts>>;

/** One invitation or join, oldest first in the call. */
export const Leg = strict({
  legId: Id,
  userId: UserId,
  /** Who called or invited; who came without being asked is named by their own leg. */
  invitedBy: UserId,
  state: LegState,
  /** When the ring ends. Absent on legs that never rang: the caller's, and of those who entered by themselves. */
  answerBy: Type.Optional(TimeMs),
  /** Devices that show the ring now. */
  ringingOn: Type.Integer({ minimum: 0 }),
  /** Only while invited: no device of the user was connected when it was to ring, and none has shown it since. */
  unreachable: Type.Optional(Type.Literal(true)),
  /** The user does not want to be disturbed: nothing rings, the history tells of it. */
  silenced: Type.Optional(Type.Literal(true)),
  /** The device that claimed, joined or declined. */
  deviceId: Type.Optional(Id),
  /** Order of joining, from 0. The later joiner makes every offer. */
  joinIndex: Type.Optional(Type.Integer({ minimum: 0 })),
  joinedAt: Type.Optional(TimeMs),
  leftAt: Type.Optional(TimeMs),
  /** The leaver's own view (protocol/end-reason.ts). */
  reason: Type.Optional(Type.Integer({ minimum: 1, maximum: 499 })),
  cause: Type.Optional(LeaveCause),
  /** What the user said while declining. */
  reply: Type.Optional(Line(limits.replyChars)),
  /** The newest that came with a command of this leg's device. */
  user: Type.Optional(UserInfo),
});
export type Leg = DeepReadonly<Type.Static<typeof Leg>>;

export const CallSnapshot = strict({
  callId: Id,
  revision: Type.Integer({ minimum: 1 }),
  kind: Type.Union([Type.Literal('private'), Type.Literal('group')]),
  groupId: Type.Optional(UserId),
  mediaType: MediaType,
  /** Who changed `mediaType` last; absent while it is what the call began with. */
  mediaChangedBy: Type.Optional(UserId),
  /** Somebody in a private audio call wants pictures, and waits for the other one's word until then. */
  mediaAsk: Type.Optional(strict({ by: UserId, until: TimeMs })),
  callerId: UserId,
  push: Type.Optional(PushTexts),
  extra: Type.Optional(Type.String({ maxLength: limits.extraChars })),
  createdAt: TimeMs,
  endedAt: Type.Optional(TimeMs),
  legs: Type.Array(Leg, { minItems: 1, maxItems: limits.legs }),
});
export type CallSnapshot = DeepReadonly<Type.Static<typeof CallSnapshot>>;

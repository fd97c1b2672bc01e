import Type from 'typebox';
import { limits } from './limits';
import { userIdPattern } from './user-id';

/** User and group ids: chosen by an admin, so letters, digits and a few signs. */
export const UserId = Type.String({
  minLength: 1,
  maxLength: limits.idChars,
  pattern: userIdPattern,
});

/** Ids that programs make: calls, legs, links, devices, commands, records. */
export const Id = Type.String({
  minLength: 1,
  maxLength: limits.idChars,
  pattern: '^[A-Za-z0-9_:-]+$',
});

/** Milliseconds since 1970, server clock unless a name says otherwise. */
export const TimeMs = Type.Integer({ minimum: 0 });

/** 1 = audio, 2 = audio and video: the documented numbers. */
export const MediaType = Type.Union([Type.Literal(1), Type.Literal(2)]);
export type MediaType = Type.Static<typeof MediaType>;

/** An object that accepts no field it does not know. */
export function strict<P extends Type.TProperties>(properties: P): Type.TObject<P> {
  return Type.Object(properties, { additionalProperties: false });
}

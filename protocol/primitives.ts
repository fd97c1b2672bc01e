import Type from 'typebox';
import { limits } from './limits';
import { linePattern, textPattern } from './text';
import { userIdPattern } from './user-id';

export const Text = (maxLength: number): Type.TString =>
  Type.String({ maxLength, pattern: textPattern });

export const Line = (maxLength: number): Type.TString =>
  Type.String({ maxLength, pattern: linePattern });

/** User and group ids: chosen by an admin, so letters, digits and a few signs. */
export const UserId = Type.String({
  minLength: 1,
  maxLength: limits.idChars,
  pattern: userIdPattern,
});

/** Ids that programs make: calls, legs, links, devices, commands. The pattern alone is what keys of a record obey. */
export const Id = Type.String({
  minLength: 1,
  maxLength: limits.idChars,
  pattern: `^[A-Za-z0-9_:-]{1,${limits.idChars}}$`,
});

/** Milliseconds since 1970, server clock unless a name says otherwise. */
export const TimeMs = Type.Integer({ minimum: 0 });

/** 1 = audio, 2 = audio and video: the documented numbers. */
export const MediaType = Type.Union([Type.Literal(1), Type.Literal(2)]);
export type MediaType = Type.Static<typeof MediaType>;

/**
 * What becomes of the user's call on another device when this one starts or answers a call: 0 KICK – it is left there
 * (21), 1 REFUSE – this one is refused (22), 2 COEXIST – both go on. The documented numbers.
 */
export const JoinType = Type.Union([Type.Literal(0), Type.Literal(1), Type.Literal(2)]);
export type JoinType = Type.Static<typeof JoinType>;

/** An object that accepts no field it does not know. */
export function strict<P extends Type.TProperties>(properties: P): Type.TObject<P> {
  return Type.Object(properties, { additionalProperties: false });
}

/** A map by id that accepts no other key. */
export function byId<V extends Type.TSchema>(
  value: V,
  maxProperties: number,
): Type.TRecord<string, V> {
  return Type.Record(Id, value, { maxProperties, additionalProperties: false });
}

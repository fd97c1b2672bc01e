/**
 * Takes the place of the validator's compiler in the package (scripts/build-caller.mjs). That one makes functions from
 * text, and tries so even where it may not: under a strict content policy each page would report a violation. This one
 * walks the schema at each check; a page parses a few messages a second.
 */
import type Type from 'typebox';
import { Check } from 'typebox/value';

export function Compile(schema: Type.TSchema): { Check(value: unknown): boolean } {
  return { Check: (value) => Check(schema, value) };
}

/**
 * A validator is made when it is first asked for: making all of them takes longer than anybody wants to wait for a
 * window, and most are never asked in one run.
 */
import type Type from 'typebox';
import { Compile, type Validator } from 'typebox/compile';

export interface LazyValidator {
  check(value: unknown): boolean;
  /** Makes it now, so that the first value does not wait for it. */
  prepare(): void;
}

export function lazyValidator(schema: Type.TSchema): LazyValidator {
  let made: Validator | undefined;
  const get = (): Validator => (made ??= Compile(schema));
  return { check: (value) => get().Check(value), prepare: () => void get() };
}

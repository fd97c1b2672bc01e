/** Text from the network becomes a typed message or a reason why not. Nothing here throws. */
import type Type from 'typebox';
import { type LazyValidator, lazyValidator } from './lazy-validator';
import {
  type ClientMessage,
  type ResultOf,
  type RequestType,
  type ServerMessage,
  clientSchemas,
  resultSchemas,
  serverSchemas,
} from './messages';
import { type Result, err, ok } from './result';
import { isUserInfoSmall } from './user-info';

/** not-json – no JSON object at all. unknown-type – a message this version does not know. bad-shape – fields are wrong. */
export type ParseError = 'not-json' | 'unknown-type' | 'bad-shape';

type Validators = ReadonlyMap<string, LazyValidator>;

const validatorsOf = (schemas: Readonly<Record<string, Type.TSchema>>): Validators =>
  new Map(Object.entries(schemas).map(([type, schema]) => [type, lazyValidator(schema)]));

const clientValidators = validatorsOf(clientSchemas);
const serverValidators = validatorsOf(serverSchemas);
const resultValidators = validatorsOf(resultSchemas);

/** What a server sends and answers is checked without delay from now on. */
export function prepareServerMessages(): void {
  for (const validators of [serverValidators, resultValidators]) prepareAll(validators);
}

/** The same for what clients send. */
export function prepareClientMessages(): void {
  prepareAll(clientValidators);
}

function prepareAll(validators: Validators): void {
  for (const validator of validators.values()) validator.prepare();
}

export function parseClientMessage(text: string): Result<ClientMessage, ParseError> {
  const parsed = parse<ClientMessage>(text, clientValidators);
  if (!parsed.ok || !('user' in parsed.value)) return parsed;
  return isUserInfoSmall(parsed.value.user) ? parsed : err('bad-shape');
}

export function parseServerMessage(text: string): Result<ServerMessage, ParseError> {
  return parse<ServerMessage>(text, serverValidators);
}

/** The result inside a reply, once it is known which request it answers. */
export function parseResult<T extends Exclude<RequestType, 'sign-in'>>(
  type: T,
  result: unknown,
): Result<ResultOf<T>, ParseError> {
  const fits = resultValidators.get(type)?.check(result) === true;
  return fits ? ok(result as ResultOf<T>) : err('bad-shape');
}

function parse<M>(text: string, validators: Validators): Result<M, ParseError> {
  const value = parseObject(text);
  if (!value) return err('not-json');
  const validator = typeof value['type'] === 'string' ? validators.get(value['type']) : undefined;
  if (!validator) return err('unknown-type');
  return validator.check(value) ? ok(value as M) : err('bad-shape');
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

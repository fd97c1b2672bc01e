/** Whether a request that arrived from a page is one that this page may make. Pure; router.ts asks it for each. */
import type Type from 'typebox';
import { type WindowKind, requestSchemas } from '#common/ipc';
import { type LazyValidator, lazyValidator } from '#protocol/lazy-validator';
import { type Result, err, ok } from '#protocol/result';

/** Where a request came from, as Electron says, never as the page says. */
export interface Sender {
  /** Undefined for a page that is none of our windows. */
  readonly kind: WindowKind | undefined;
  readonly isMainFrame: boolean;
  /** The frame shows that window's own page. */
  readonly isOwnPage: boolean;
}

/** wrong-sender – not the window this channel is for. wrong-frame – a sub-frame or another page. bad-payload – shape. */
export type Refusal = 'wrong-sender' | 'wrong-frame' | 'bad-payload';

interface Channel {
  readonly kind: WindowKind;
  readonly validator: LazyValidator;
}

const channels = new Map<string, Channel>(
  Object.entries(requestSchemas).flatMap(([kind, schemas]) =>
    Object.entries<Type.TSchema>(schemas).map(([channel, schema]) => [
      channel,
      { kind: kind as WindowKind, validator: lazyValidator(schema) },
    ]),
  ),
);

export const requestChannels: readonly string[] = [...channels.keys()];

/** The payload, or why not. A request without an argument carries null. */
export function checkRequest(
  channel: string,
  sender: Sender,
  payload: unknown,
): Result<unknown, Refusal> {
  const known = channels.get(channel);
  if (!known || sender.kind !== known.kind) return err('wrong-sender');
  if (!sender.isMainFrame || !sender.isOwnPage) return err('wrong-frame');
  return known.validator.check(payload) ? ok(payload) : err('bad-payload');
}

/**
 * Everything that crosses between main and its windows, in three tables: requests with their replies, and pushes.
 * main/ipc validates each request against its schema and its sender; preload turns the tables into small objects.
 *
 * Add a channel: a row in requests and replies → a handler in main/ipc → a verb in the preload of that window → a test.
 */
import type Type from 'typebox';
import type { DeepReadonly } from '#protocol/deep-readonly';
import type { Pushes } from './ipc/pushes';
import type { Replies } from './ipc/replies';
import type { WindowKind, requestSchemas } from './ipc/requests';

export { requestSchemas } from './ipc/requests';
export type { Direction, MiniLook, WindowKind } from './ipc/requests';
export type { Pushes } from './ipc/pushes';
export type { Replies } from './ipc/replies';
export type * from './ipc/views';
export type * from './settings';
export type { Availability, CallRules } from '#protocol/messages';

export type RequestChannel<K extends WindowKind = WindowKind> = K extends WindowKind
  ? keyof (typeof requestSchemas)[K] & keyof Replies
  : never;

/** A table, so that the compiler compares two channels by their rows; see `Request` of the protocol. */
type RequestPayloads = {
  [C in RequestChannel]: {
    [K in WindowKind]: C extends keyof (typeof requestSchemas)[K]
      ? (typeof requestSchemas)[K][C] extends Type.TSchema
        ? DeepReadonly<Type.Static<(typeof requestSchemas)[K][C]>>
        : never
      : never;
  }[WindowKind];
};
export type RequestPayload<C extends RequestChannel> = RequestPayloads[C];

export type PushChannel<K extends WindowKind> = keyof Pushes[K] & string;

import type { ErrorCode } from '#protocol/error-code';
import type { Request, RequestType, ResultOf } from '#protocol/messages';
import type { Result } from '#protocol/result';
import type { Connection } from '../connection';
import type { Identity } from '../identity';

/** Who asks: the connection's identity, whatever the message may say. */
export interface Asker extends Identity {
  readonly connection: Connection;
}

export type SignedInType = Exclude<RequestType, 'sign-in'>;

export type Handler<T extends SignedInType> = (
  from: Asker,
  request: Request<T>,
) => Promise<Result<ResultOf<T>, ErrorCode>>;

export type Handlers<T extends SignedInType> = { readonly [K in T]: Handler<K> };

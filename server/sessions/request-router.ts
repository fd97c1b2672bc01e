/** Every request gets exactly one reply: the handler's, or `unavailable` / `internal` when it could not say one. */
import type { ErrorCode } from '#protocol/error-code';
import type { IceServer } from '#protocol/messages';
import type { Authenticator } from '../auth/authenticator';
import type { CallService } from '../calls/call-service';
import type { Clock } from '../clock';
import { type Log, describeError } from '../log';
import type { PresenceBoard } from '../presence/presence';
import type { Standings } from '../presence/standing';
import { isStoreAway } from '../store/store-away';
import type { Store } from '../store/store';
import type { Connection, SignedInRequest } from './connection';
import type { Identity } from './identity';
import { callHandlers } from './handlers/calls';
import { directoryHandlers } from './handlers/directory';
import type { Handler, Handlers, SignedInType } from './handlers/handler';
import { type GroupCallsOptions, groupCallHandlers } from './handlers/group-calls';
import { groupHandlers } from './handlers/groups';
import { iceHandlers } from './handlers/ice';
import { type InvitesOptions, inviteHandlers } from './handlers/invites';
import { presenceHandlers } from './handlers/presence';
import { profileHandlers } from './handlers/profile';
import { recordHandlers } from './handlers/records';
import { rulesHandlers } from './handlers/rules';
import { sessionHandlers } from './handlers/session';
import type { Refusals } from './refusals';
import type { SessionRegistry } from './session-registry';

export interface RouterOptions extends InvitesOptions, GroupCallsOptions {
  readonly store: Store;
  readonly auth: Authenticator;
  readonly sessions: SessionRegistry;
  readonly calls: CallService;
  readonly presence: PresenceBoard;
  readonly standings: Standings;
  readonly iceServers: readonly IceServer[];
  readonly clock: Clock;
  readonly refusals: Refusals;
  readonly log: Log;
}

export class RequestRouter {
  readonly #handlers: Handlers<SignedInType>;
  readonly #refusals: Refusals;
  readonly #log: Log;

  constructor(options: RouterOptions) {
    const { store, auth, calls, clock } = options;
    this.#refusals = options.refusals;
    this.#log = options.log;
    this.#handlers = {
      ...sessionHandlers(auth, calls),
      ...callHandlers(calls, clock),
      ...directoryHandlers(store, clock),
      ...groupHandlers(options),
      ...groupCallHandlers(options),
      ...inviteHandlers(options),
      ...profileHandlers(options),
      ...presenceHandlers(options),
      ...recordHandlers(options),
      ...rulesHandlers(options),
      ...iceHandlers(options.iceServers),
    } satisfies Record<SignedInType, unknown>;
  }

  async handle(connection: Connection, from: Identity, request: SignedInRequest): Promise<void> {
    // The table pairs each type with its handler; the compiler cannot follow that through a lookup.
    const handler = this.#handlers[request.type] as Handler<SignedInType>;
    try {
      const result = await handler({ ...from, connection }, request);
      if (result.ok) connection.reply(request.id, result.value);
      else this.#refuse(connection, request.id, result.error);
    } catch (error) {
      this.#refuse(connection, request.id, this.#codeOf(error, request.type));
    }
    if (request.type === 'sign-out') void connection.close(1000);
  }

  #refuse(connection: Connection, id: string, code: ErrorCode): void {
    this.#refusals.count(`request.${code}`);
    connection.refuse(id, code);
  }

  #codeOf(error: unknown, request: SignedInType): ErrorCode {
    this.#log('error', 'request failed', { request, ...describeError(error) });
    return isStoreAway(error) ? 'unavailable' : 'internal';
  }
}

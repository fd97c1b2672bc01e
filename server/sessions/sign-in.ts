/** From the credential to the welcome. */
import type { CloseCode } from '#protocol/close-code';
import type { ErrorCode } from '#protocol/error-code';
import { limits } from '#protocol/limits';
import { type CallRules, type Request, type Welcome, protocolVersion } from '#protocol/messages';
import type { Authenticator, SignedIn } from '../auth/authenticator';
import type { CallService } from '../calls/call-service';
import { type CallState, toSnapshot } from '../calls/rules/call-state';
import type { Clock } from '../clock';
import { type Log, describeError } from '../log';
import type { DeviceReport } from '../presence/standing';
import { isStoreAway } from '../store/store-away';
import type { Store } from '../store/store';
import { callsThatFit } from './calls-that-fit';
import type { Connection } from './connection';
import type { Identity } from './identity';
import type { Refusals } from './refusals';
import { ringsUnseenOn } from './ring';
import type { SessionRegistry } from './session-registry';

export interface SignInOptions {
  readonly auth: Authenticator;
  readonly calls: CallService;
  readonly store: Store;
  readonly sessions: SessionRegistry;
  readonly clock: Clock;
  readonly refusals: Refusals;
  readonly log: Log;
  /** Said before anybody can see the device, so that it never looks like another one. */
  readonly onStanding: (device: object, standing: DeviceReport) => void;
  readonly onOnline: (userId: string, rules: CallRules) => void;
}

/** After a refusal the connection ends: the next credential comes on a new one. */
const closeCodeOf: Partial<Record<ErrorCode, CloseCode>> = {
  'bad-message': 4400,
  'bad-credentials': 4401,
  'token-expired': 4401,
  'device-revoked': 4403,
  'protocol-too-old': 4426,
  'rate-limited': 4429,
};

export class SignIn {
  readonly #options: SignInOptions;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  async handle(connection: Connection, request: Request<'sign-in'>): Promise<void> {
    const { auth, log } = this.#options;
    try {
      if (request.protocol < protocolVersion) {
        this.#refuse(connection, request.id, 'protocol-too-old');
        return;
      }
      const { device, credential } = request;
      const outcome = await auth.signIn(credential, device, connection.address);
      if (!outcome.ok) {
        this.#refuse(connection, request.id, outcome.error);
        return;
      }
      if (connection.isClosed) return;
      const identity = { userId: outcome.value.user.userId, deviceId: device.deviceId };
      if (!this.#options.sessions.hasRoomFor(identity)) {
        this.#refuse(connection, request.id, 'rate-limited');
        return;
      }
      if (request.standing) this.#options.onStanding(connection, request.standing);
      await this.#admit(connection, identity, { id: request.id, signedIn: outcome.value });
    } catch (error) {
      log('error', 'sign-in failed', describeError(error));
      this.#refuse(connection, request.id, isStoreAway(error) ? 'unavailable' : 'internal');
    }
  }

  /** Registered before its calls are read, so that no change can fall between the two. */
  async #admit(
    connection: Connection,
    identity: Identity,
    { id, signedIn }: { readonly id: string; readonly signedIn: SignedIn },
  ): Promise<void> {
    const { sessions, calls, log, onOnline } = this.#options;
    connection.identify(identity);
    void sessions.add(identity, connection)?.close(4409);
    await calls.deviceBack(identity);
    const open = await calls.openOf(identity.userId);
    const welcome = await this.#welcome(id, identity, signedIn, open);
    connection.welcome(welcome);
    if (open.some((call) => ringsUnseenOn(call, identity))) connection.expectAnswer();
    log('info', 'signed in', { ...identity });
    onOnline(identity.userId, welcome.rules);
  }

  async #welcome(
    id: string,
    { userId, deviceId }: Identity,
    { user, tokens }: SignedIn,
    open: readonly CallState[],
  ): Promise<Welcome> {
    const { store, clock } = this.#options;
    const unseen = await store.records.unseen(userId, limits.recordsPage + 1);
    const rest = {
      type: 'welcome',
      id,
      protocol: protocolVersion,
      serverNowMs: clock.now(),
      user,
      deviceId,
      calls: [],
      records: unseen.slice(-limits.recordsPage),
      ...(unseen.length > limits.recordsPage ? { moreRecords: true as const } : {}),
      rules: await store.rules.of(userId),
      ...(tokens === undefined ? {} : { tokens }),
    } as const;
    return { ...rest, calls: callsThatFit(open.map(toSnapshot), deviceId, rest) };
  }

  #refuse(connection: Connection, id: string, code: ErrorCode): void {
    this.#options.refusals.count(`sign-in.${code}`);
    connection.refuse(id, code);
    void connection.close(closeCodeOf[code] ?? 1012);
  }
}

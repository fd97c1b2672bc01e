/**
 * The documented client: places calls, announces incoming ones, hands snapshots and signals to their sessions.
 * One call at a time: what rings meanwhile is announced when this caller is free again. Holds no state outside
 * itself, so that two callers can live in one process.
 */
import type { CallRecord } from '#protocol/messages';
import { endReasonFor } from '#protocol/end-reason-for';
import { type CallSnapshot, type UserInfo, ownActiveLeg } from '#protocol/snapshot';
import type { MediaPort } from '../media/ports';
import type { CallProblem } from '#common/problems';
import type { Result } from '#protocol/result';
import type { CallerBridge, StartGroupRequest, StartRequest } from './bridge';
import {
  areTooMany,
  checkCallParams,
  checkEnter,
  checkGroupCallParams,
  checkPushConfig,
  checkUserId,
  checkUserInfo,
  distinct,
  knownFields,
} from './call-params';
import { RCCallErrorCode } from './enums';
import { afterContinuations, protect } from './events';
import { OwnMedia } from './local-media';
import { toLocalConstraints } from './media-profiles';
import { toOfflineRecord } from './offline-record';
import { type CallerOptions, checkOptions, warningsOf } from './options';
import { ask, noMedia, refused, successWith, tooLate } from './problem-codes';
import { type PushSettings, pushTextsFor } from './push-config';
import { ServerClock } from './server-clock';
import { createSession } from './session';
import type { SessionContext } from './session-context';
import type { SessionCore } from './session-core';
import { pageStage } from './track';
import type {
  ICallConstraints,
  ICallParams,
  ICallResult,
  IEndSummary,
  IGroupCallParams,
  IPushConfig,
  IRTCJoinedInfo,
  ISessionListener,
  IUserInfo,
  RCCallClient,
  RCCallSession,
} from './types';

/** @throws Error for options that are none. */
export function createCaller(
  bridge: CallerBridge,
  media: MediaPort,
  options: CallerOptions,
): RCCallClient {
  checkOptions(options);
  return new Caller(bridge, media, options);
}

/** Of either kind of call. */
type PlacedParams = Omit<ICallParams, 'targetId'>;

type StartCall = () => Promise<Result<CallSnapshot, CallProblem>>;

class Caller implements RCCallClient {
  readonly #bridge: CallerBridge;
  readonly #options: CallerOptions;
  readonly #context: SessionContext;
  readonly #sessions = new Map<string, SessionCore>();
  readonly #subscriptions: readonly (() => void)[];
  #push: PushSettings;
  #user: UserInfo | undefined;
  /** The media of a call that is being placed. */
  #starting: OwnMedia | undefined;
  /** A running call is being entered: no session yet. */
  #isEntering = false;
  /** Newest snapshots that overtook the answer to start() or enter(). */
  readonly #early = new Map<string, CallSnapshot>();
  /** Calls that ring while this caller is busy, each as it is now. */
  readonly #held = new Map<string, CallSnapshot>();
  #isDisposed = false;

  constructor(bridge: CallerBridge, media: MediaPort, options: CallerOptions) {
    this.#bridge = bridge;
    this.#options = options;
    this.#push = options.lang ? { lang: options.lang } : {};
    this.#context = {
      ...{ bridge, media, stage: options.stage ?? pageStage, joinType: options.joinType },
      clock: new ServerClock(options.now ?? Date.now),
      warn: warningsOf(options),
      registeredUser: () => this.#user,
      createOwnMedia: (mediaType) => this.#createOwnMedia(mediaType),
      onEnd: (callId) => void this.#sessions.delete(callId),
      onClose: (session, summary) => this.#close(session, summary),
    };
    this.#subscriptions = [
      bridge.onIncoming((call) => this.#handleIncoming(call)),
      bridge.onSnapshot((call) => this.#handleSnapshot(call)),
      bridge.onOfflineRecord((record) => this.#handleRecord(record)),
      bridge.onSignal((signal) => this.#sessions.get(signal.callId)?.handleSignal(signal)),
      bridge.onNetworkChanged(() => {
        for (const session of this.#sessions.values()) session.media.refreshLinks();
      }),
    ];
  }

  setPushConfig(callPushConfig: IPushConfig, hungupPushConfig: IPushConfig): void {
    checkPushConfig(callPushConfig, hungupPushConfig);
    this.#push = { ...this.#push, call: { ...callPushConfig }, hungup: { ...hungupPushConfig } };
  }

  registerUserInfo(info: IUserInfo): void {
    checkUserInfo(info);
    this.#user = knownFields(info);
  }

  async getJoinedUserInfo(
    userId: string,
  ): Promise<{ code: RCCallErrorCode; data?: IRTCJoinedInfo[] }> {
    checkUserId(userId);
    if (this.#isDisposed) {
      return Promise.resolve({ code: RCCallErrorCode.QUERY_JOINED_USER_INFO_ERROR });
    }
    const data = [...this.#sessions.values()].flatMap((session) => session.joinedInfo(userId));
    return Promise.resolve({ code: RCCallErrorCode.SUCCESS, data });
  }

  async call(params: ICallParams): Promise<ICallResult> {
    checkCallParams(params);
    return this.#start(params, () => this.#bridge.start(this.#startRequest(params)));
  }

  async callInGroup(params: IGroupCallParams): Promise<ICallResult> {
    checkGroupCallParams(params);
    if (areTooMany(params.userIds, this.#bridge.self)) return refused('call-full');
    return this.#start(params, () => this.#bridge.startGroup(this.#startGroupRequest(params)));
  }

  async enter(
    callId: string,
    listener: ISessionListener,
    constraints?: ICallConstraints,
  ): Promise<ICallResult> {
    checkEnter(callId, listener, constraints);
    if (this.#isDisposed) return tooLate;
    if (this.#isBusy()) return refused('call-exists');
    this.#isEntering = true;
    try {
      return await this.#enter(callId, listener, constraints);
    } finally {
      this.#isEntering = false;
      this.#settleStart();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#starting?.release();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    for (const session of this.#sessions.values()) session.withdraw();
  }

  async #start(params: PlacedParams, start: StartCall): Promise<ICallResult> {
    if (this.#isDisposed) return tooLate;
    if (this.#isBusy()) return refused('call-exists');
    const own = this.#createOwnMedia(params.mediaType);
    this.#starting = own;
    try {
      return await this.#place(params, own, start);
    } finally {
      this.#starting = undefined;
      this.#settleStart();
    }
  }

  #settleStart(): void {
    this.#early.clear();
    this.#announceHeldSoon();
  }

  /** As an answer: the server first, the devices then, and both are the session's. */
  async #enter(
    callId: string,
    listener: ISessionListener,
    constraints: ICallConstraints | undefined,
  ): Promise<ICallResult> {
    const { warn, joinType } = this.#context;
    const entered = await ask(warn, () => this.#bridge.enter(callId, joinType));
    if (!entered.ok) return refused(entered.error);
    if (this.#isDisposed) {
      void ask(warn, () => this.#bridge.leave(callId, 'hangup', this.#user));
      return tooLate;
    }
    const session = createSession({ call: entered.value, context: this.#context });
    this.#take(session, entered.value.callId, listener);
    const accepted = await session.accept(toLocalConstraints(constraints));
    afterContinuations(() => session.open());
    return { ...accepted, session: session.face };
  }

  /** Asks first and opens devices then: a refused call must not make the camera light flash. */
  async #place(params: PlacedParams, own: OwnMedia, start: StartCall): Promise<ICallResult> {
    const { warn } = this.#context;
    const allowed = await ask(warn, () => this.#bridge.mayStart());
    if (!allowed.ok) return refused(allowed.error);

    const opened = await own.open(toLocalConstraints(params.constraints));
    if (!opened.ok) {
      return opened.error === 'over' ? tooLate : noMedia(params.mediaType, opened.error);
    }
    for (const track of own.tracks) {
      protect(warn, 'track', () => params.listener.onTrackReady(track));
    }

    const started = await ask(warn, start);
    if (!started.ok) {
      own.release();
      return refused(started.error);
    }
    if (this.#isDisposed) {
      void ask(warn, () => this.#bridge.leave(started.value.callId, 'hangup', this.#user));
      return tooLate;
    }
    const session = this.#openPlaced(started.value, params.listener, own);
    return { ...successWith(opened.value), session };
  }

  /** Mostly the call that was asked for; when both called each other, the one the other person placed. */
  #openPlaced(call: CallSnapshot, listener: ISessionListener, own: OwnMedia): RCCallSession {
    const session = createSession({ call, context: this.#context, own });
    this.#take(session, call.callId, listener);
    // The code after `await caller.call()` keeps the session first; only then does it hear of it.
    afterContinuations(() => session.open());
    return session.face;
  }

  /** With what overtook the answer that it was made from. */
  #take(session: SessionCore, callId: string, listener: ISessionListener): void {
    this.#sessions.set(callId, session);
    session.setListener(listener);
    session.begin();
    for (const newer of [this.#held.get(callId), this.#early.get(callId)]) {
      if (newer) session.handleSnapshot(newer);
    }
    this.#held.delete(callId);
  }

  #handleIncoming(call: CallSnapshot): void {
    this.#sessions.get(call.callId)?.handleSnapshot(call);
    // A call whose session it ended begins anew: its person was called back into it.
    if (this.#sessions.has(call.callId)) return;
    const isOurs = ownActiveLeg(call, this.#bridge.self) !== undefined;
    // It may be the very call that is being placed, when both call each other.
    if (this.#isStarting() || (this.#isBusy() && !isOurs)) keepNewer(this.#held, call);
    else this.#announce(call);
  }

  #announce(call: CallSnapshot): void {
    if (endReasonFor(call, this.#bridge.self) !== null) return;
    const session = createSession({ call, context: this.#context });
    this.#sessions.set(call.callId, session);
    protect(this.#context.warn, 'onSession', () =>
      this.#options.onSession(session.face, call.extra),
    );
    if (!session.hasListener) {
      this.#context.warn('no listener was registered inside onSession: events wait for one');
    }
    session.begin();
    session.open();
  }

  /** What ended the former call may have ended this one, too: that is heard first. */
  #announceHeldSoon(): void {
    if (this.#held.size === 0) return;
    afterContinuations(() => {
      for (const call of [...this.#held.values()]) {
        if (this.#isDisposed || this.#isBusy()) return;
        this.#held.delete(call.callId);
        this.#announce(call);
      }
    });
  }

  #handleSnapshot(call: CallSnapshot): void {
    const session = this.#sessions.get(call.callId);
    if (session) session.handleSnapshot(call);
    else if (this.#held.has(call.callId)) keepNewer(this.#held, call);
    else if (this.#isStarting()) keepNewer(this.#early, call);
  }

  #handleRecord(record: CallRecord): void {
    const tell = this.#options.onOfflineRecord;
    if (tell) protect(this.#context.warn, 'onOfflineRecord', () => tell(toOfflineRecord(record)));
  }

  #close(session: RCCallSession, summary: IEndSummary): void {
    protect(this.#context.warn, 'onSessionClose', () =>
      this.#options.onSessionClose(session, summary),
    );
    this.#announceHeldSoon();
  }

  #isBusy(): boolean {
    return this.#isStarting() || this.#sessions.size > 0;
  }

  #isStarting(): boolean {
    return this.#starting !== undefined || this.#isEntering;
  }

  #createOwnMedia(mediaType: 1 | 2): OwnMedia {
    const { isAllowDemotionGetStream, isOffCameraWhenVideoDisable } = this.#options;
    const { media, stage } = this.#context;
    return new OwnMedia({
      ...{ userId: this.#bridge.self.userId, mediaType, media, stage },
      isDemotionAllowed: isAllowDemotionGetStream ?? false,
      keepsCamera: isOffCameraWhenVideoDisable === false,
    });
  }

  #startRequest(params: ICallParams): StartRequest {
    return { targetId: params.targetId, ...this.#shared(params) };
  }

  #startGroupRequest(params: IGroupCallParams): StartGroupRequest {
    const { targetId, userIds } = params;
    return {
      ...(targetId !== undefined && { groupId: targetId }),
      userIds: distinct(userIds),
      ...this.#shared(params),
    };
  }

  #shared(params: PlacedParams): Omit<StartRequest, 'targetId'> {
    const { mediaType, extra } = params;
    const { joinType } = this.#options;
    const push = pushTextsFor(params, this.#push);
    return {
      mediaType,
      ...(extra !== undefined && { extra }),
      ...(push && { push }),
      ...(this.#user && { user: this.#user }),
      ...(joinType !== undefined && { joinType }),
    };
  }
}

function keepNewer(calls: Map<string, CallSnapshot>, call: CallSnapshot): void {
  if ((calls.get(call.callId)?.revision ?? 0) < call.revision) calls.set(call.callId, call);
}

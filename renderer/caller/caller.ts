/**
 * The documented client: places calls, announces incoming ones, hands snapshots and signals to their sessions.
 * Holds no state outside itself, so that two callers can live in one process.
 */
import type { CallSnapshot } from '#protocol/snapshot';
import { endReasonFor } from '#protocol/end-reason-for';
import type { MediaPort } from '../media/ports';
import type { CallerBridge, StartRequest } from './bridge';
import { checkCallParams, toLocalConstraints } from './call-params';
import { type Warn, afterContinuations, protect } from './events';
import { OwnMedia } from './local-media';
import { ask, noMedia, refused, success, tooLate } from './problem-codes';
import { ServerClock } from './server-clock';
import { CallSession, type SessionContext } from './session';
import { type Stage, pageStage } from './track';
import type { ICallParams, ICallResult, IEndSummary, RCCallClient, RCCallSession } from './types';

export interface CallerOptions {
  /** An incoming call. Register the session's listener before this returns. */
  onSession(session: RCCallSession): void;
  /** Exactly once per session, after everything else. */
  onSessionClose(session: RCCallSession, summary: IEndSummary): void;
  /** What an application should look into: late listeners, failing callbacks. Never contains call contents. */
  warn?: Warn;
  /** Where tracks play; a page's own elements unless told. */
  stage?: Stage;
  /** The local clock, ms. */
  now?: () => number;
}

export function createCaller(
  bridge: CallerBridge,
  media: MediaPort,
  options: CallerOptions,
): RCCallClient {
  return new Caller(bridge, media, options);
}

class Caller implements RCCallClient {
  readonly #bridge: CallerBridge;
  readonly #options: CallerOptions;
  readonly #context: SessionContext;
  readonly #sessions = new Map<string, CallSession>();
  readonly #subscriptions: readonly (() => void)[];
  /** The media of a call that is being placed. */
  #starting: OwnMedia | undefined;
  /** Newest snapshots that overtook the answer to start(). */
  readonly #early = new Map<string, CallSnapshot>();
  #isDisposed = false;

  constructor(bridge: CallerBridge, media: MediaPort, options: CallerOptions) {
    this.#bridge = bridge;
    this.#options = options;
    this.#context = {
      bridge,
      media,
      stage: options.stage ?? pageStage,
      clock: new ServerClock(options.now ?? Date.now),
      warn: options.warn ?? (() => undefined),
      onEnd: (session) => void this.#sessions.delete(session.getSessionId()),
      onClose: (session, summary) => options.onSessionClose(session, summary),
    };
    this.#subscriptions = [
      bridge.onIncoming((call) => this.#handleIncoming(call)),
      bridge.onSnapshot((call) => this.#handleSnapshot(call)),
      bridge.onSignal((signal) => this.#sessions.get(signal.callId)?.handleSignal(signal)),
      bridge.onNetworkChanged(() => {
        for (const session of this.#sessions.values()) session.refreshLinks();
      }),
    ];
  }

  async call(params: ICallParams): Promise<ICallResult> {
    checkCallParams(params);
    if (this.#isDisposed) return tooLate;
    if (this.#starting || this.#sessions.size > 0) return refused('call-exists');
    const { media, stage } = this.#context;
    const { userId } = this.#bridge.self;
    const own = new OwnMedia({ userId, mediaType: params.mediaType, media, stage });
    this.#starting = own;
    try {
      return await this.#place(params, own);
    } finally {
      this.#starting = undefined;
      this.#early.clear();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#starting?.release();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    for (const session of this.#sessions.values()) void session.hungup();
  }

  /** Asks first and opens devices then: a refused call must not make the camera light flash. */
  async #place(params: ICallParams, own: OwnMedia): Promise<ICallResult> {
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

    const started = await ask(warn, () => this.#bridge.start(startRequest(params)));
    if (!started.ok) {
      own.release();
      return refused(started.error);
    }
    if (this.#isDisposed) {
      void ask(warn, () => this.#bridge.leave(started.value.callId, 'hangup'));
      return tooLate;
    }
    return { ...success, session: this.#openOutgoing(started.value, params, own) };
  }

  #openOutgoing(call: CallSnapshot, params: ICallParams, own: OwnMedia): CallSession {
    const session = new CallSession(call, this.#context, own);
    this.#sessions.set(call.callId, session);
    session.registerSessionListener(params.listener);
    session.begin();
    const newer = this.#early.get(call.callId);
    if (newer) session.handleSnapshot(newer);
    // The code after `await caller.call()` keeps the session first; only then does it hear of it.
    afterContinuations(() => session.open());
    return session;
  }

  #handleIncoming(call: CallSnapshot): void {
    const known = this.#sessions.get(call.callId);
    if (known) {
      known.handleSnapshot(call);
      return;
    }
    if (endReasonFor(call, this.#bridge.self) !== null) return;
    const session = new CallSession(call, this.#context);
    this.#sessions.set(call.callId, session);
    protect(this.#context.warn, 'onSession', () => this.#options.onSession(session));
    if (!session.hasListener) {
      this.#context.warn('no listener was registered inside onSession: events wait for one');
    }
    session.begin();
    session.open();
  }

  #handleSnapshot(call: CallSnapshot): void {
    const session = this.#sessions.get(call.callId);
    if (session) session.handleSnapshot(call);
    else if (this.#starting && (this.#early.get(call.callId)?.revision ?? 0) < call.revision) {
      this.#early.set(call.callId, call);
    }
  }
}

function startRequest(params: ICallParams): StartRequest {
  const { targetId, mediaType, extra, pushTitle, pushContent } = params;
  return {
    targetId,
    mediaType,
    ...(extra !== undefined && { extra }),
    ...((pushTitle !== undefined || pushContent !== undefined) && {
      push: {
        ...(pushTitle !== undefined && { callTitle: pushTitle }),
        ...(pushContent !== undefined && { callContent: pushContent }),
      },
    }),
  };
}

/**
 * The order in which one session speaks to its application (docs/call-api.md, order):
 * nothing before the gate is open (the code after `await caller.call()` has run) and a listener is there; then
 * everything in the order it happened; the close exactly once, last, and nothing after it. What an application's
 * callback throws is logged and changes nothing.
 */
import type { CallEvent } from '#protocol/call-diff';
import type { LinkState } from '../media/ports';
import type { RCCallErrorCode } from './enums';
import type {
  IInvitedUsers,
  IMuteUser,
  ISenderInfo,
  ISessionListener,
  RCCallSession,
  RCTrack,
} from './types';

export type SessionEvent =
  /** Who is in the call changed. */
  | CallEvent
  /** A track of either side can be played. */
  | { readonly type: 'track'; readonly track: RCTrack }
  /** A link refuses to send an own track. */
  | { readonly type: 'publish-fail'; readonly code: RCCallErrorCode }
  /** Another person muted or un-muted. */
  | { readonly type: 'mute'; readonly change: IMuteUser }
  | OwnEvent;

type OwnEvent =
  /** The other person wants pictures; null: that question, or the own one, is over. */
  | { readonly type: 'video-ask'; readonly by: string | null }
  /** The device behind an own track was unplugged or taken away. */
  | { readonly type: 'local-ended'; readonly track: RCTrack }
  /** The connection to another person changed. */
  | { readonly type: 'link'; readonly userId: string; readonly state: LinkState }
  /** Who speaks now changed. */
  | { readonly type: 'speaking'; readonly userIds: readonly string[] };

const ownTypes: readonly SessionEvent['type'][] = ['video-ask', 'local-ended', 'link', 'speaking'];
const isOwnEvent = (event: SessionEvent): event is OwnEvent => ownTypes.includes(event.type);

export type Warn = (message: string, cause?: unknown) => void;

export class SessionEvents {
  readonly #session: RCCallSession;
  readonly #warn: Warn;
  readonly #senderOf: (userId: string) => ISenderInfo;
  #listener: ISessionListener | undefined;
  #waiting: SessionEvent[] = [];
  #isOpen = false;
  #isDelivering = false;
  #close: (() => void) | undefined;
  #isClosed = false;

  constructor(session: RCCallSession, warn: Warn, senderOf: (userId: string) => ISenderInfo) {
    this.#session = session;
    this.#warn = warn;
    this.#senderOf = senderOf;
  }

  get hasListener(): boolean {
    return this.#listener !== undefined;
  }

  setListener(listener: ISessionListener): void {
    this.#listener = listener;
    this.#deliver();
  }

  open(): void {
    this.#isOpen = true;
    this.#deliver();
  }

  emit(event: SessionEvent): void {
    if (this.#close) return;
    this.#waiting.push(event);
    this.#deliver();
  }

  /** After what waits: `close`, then nothing any more. Without a listener there is nobody to wait for. */
  close(close: () => void): void {
    if (this.#close) return;
    this.#close = close;
    this.#deliver();
  }

  /** A callback may cause further events: they queue behind the running one instead of overtaking it. */
  #deliver(): void {
    if (!this.#isOpen || this.#isDelivering || this.#isClosed) return;
    this.#isDelivering = true;
    while (this.#listener) {
      const event = this.#waiting.shift();
      if (!event) break;
      this.#tell(this.#listener, event);
    }
    this.#isDelivering = false;
    if (this.#close) this.#finish(this.#close);
  }

  #tell(listener: ISessionListener, event: SessionEvent): void {
    const call = this.#callbackFor(listener, event);
    protect(this.#warn, event.type, call);
  }

  #callbackFor(listener: Heard, event: SessionEvent): () => unknown {
    if (isOwnEvent(event)) return this.#ownCallbackFor(listener, event);
    const session = this.#session;
    switch (event.type) {
      case 'ringing':
        return () => listener.onRinging(this.#senderOf(event.userId), session);
      case 'accepted':
        return () => listener.onAccept(this.#senderOf(event.userId), session);
      case 'hungup':
        return () => listener.onHungup(this.#senderOf(event.userId), event.reason, session);
      case 'media':
        return () => listener.onMediaModify(this.#senderOf(event.userId), event.mediaType, session);
      case 'invited':
        return () => listener.onMemberModify(this.#senderOf(event.by), usersOf(event), session);
      case 'track':
        return () => listener.onTrackReady(event.track, session);
      case 'publish-fail':
        return () => listener.onTrackPublishFail?.(event.code, session);
      case 'mute':
        return () => tellMute(listener, event.change, session);
    }
  }

  /** What the documented API has no word for. */
  #ownCallbackFor(listener: Heard, event: OwnEvent): () => unknown {
    const session = this.#session;
    switch (event.type) {
      case 'local-ended':
        return () => listener.onLocalTrackEnded?.(event.track, session);
      case 'link':
        return () => listener.onLinkStateChange?.(event.userId, event.state, session);
      case 'speaking':
        return () => listener.onSpeakingChange?.(event.userIds, session);
      case 'video-ask':
        return () => this.#tellVideoAsk(listener, event.by);
    }
  }

  #tellVideoAsk(listener: Heard, by: string | null): unknown {
    return by === null
      ? listener.onVideoAskEnd?.(this.#session)
      : listener.onVideoAsked?.(this.#senderOf(by), this.#session);
  }

  #finish(close: () => void): void {
    this.#isClosed = true;
    this.#waiting = [];
    this.#listener = undefined;
    protect(this.#warn, 'close', close);
  }
}

/** Runs an application's callback: neither its throw nor its rejected promise gets out. */
export function protect(warn: Warn, what: string, callback: () => unknown): void {
  const report = (cause: unknown): void => {
    warn(`a callback of the application failed (${what})`, cause);
  };
  try {
    Promise.resolve(callback()).catch(report);
  } catch (cause) {
    report(cause);
  }
}

function usersOf({ userIds }: Extract<CallEvent, { type: 'invited' }>): IInvitedUsers[] {
  return userIds.map((userId) => ({ userId }));
}

/** The same callbacks, admitting that an application may hand in async ones. */
type AnswersAnything<F> = F extends (...args: infer A) => void ? (...args: A) => unknown : F;
type Heard = { [K in keyof ISessionListener]: AnswersAnything<ISessionListener[K]> };

function tellMute(listener: Heard, change: IMuteUser, session: RCCallSession): unknown {
  return change.kind === 'audio'
    ? listener.onAudioMuteChange?.(change, session)
    : listener.onVideoMuteChange?.(change, session);
}

/**
 * Runs `task` after every continuation that waits now. A message, not a timer: timers are slowed down to once
 * a second in a page that is not visible.
 */
export function afterContinuations(task: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    task();
  };
  port2.postMessage(null);
}

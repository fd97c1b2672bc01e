/**
 * What a caller needs from the world outside the page. It is handed in, so that two callers can live in one process
 * and so that the same caller runs in our own windows (over preload) and in any page (over a browser WebSocket).
 */
import type { ReceivedSignal } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import type { IceServer } from '#protocol/messages';
import type { Result } from '#protocol/result';
import type { CallSnapshot, Viewer } from '#protocol/snapshot';

export interface StartRequest {
  readonly targetId: string;
  readonly mediaType: 1 | 2;
  readonly extra?: string;
  readonly pushTitle?: string;
  readonly pushContent?: string;
}

type Reply<T> = Promise<Result<T, CallProblem>>;

export interface CallerBridge {
  readonly self: Viewer;
  /** Asked before any device is opened: may a call start now? */
  mayStart(): Reply<null>;
  start(request: StartRequest): Reply<CallSnapshot>;
  claim(callId: string): Reply<CallSnapshot>;
  join(callId: string): Reply<CallSnapshot>;
  leave(callId: string, why: 'hangup' | 'media'): Reply<CallSnapshot>;
  iceServers(): Reply<readonly IceServer[]>;
  sendSignal(signal: ReceivedSignal): void;
  reportLiveLinks(callId: string, legIds: readonly string[]): void;
  /** A call that rings for this caller. Returns its unsubscribe, like every on… here. */
  onIncoming(listener: (call: CallSnapshot) => void): () => void;
  /** Every newer snapshot of any call of this user. */
  onSnapshot(listener: (call: CallSnapshot) => void): () => void;
  onSignal(listener: (signal: ReceivedSignal) => void): () => void;
  /** What was sent last may be lost: the network changed, the machine woke up or the server is back. */
  onNetworkChanged(listener: () => void): () => void;
}

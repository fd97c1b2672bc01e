/**
 * Hands WebRTC signals from one joined leg to another without looking into them and without asking the database.
 * What is refused is dropped, counted, and named in the log by its reason alone.
 */
import type { PeerSignal } from '#protocol/messages';
import type { LiveCalls } from '../calls/live-calls';
import type { Log } from '../log';
import type { Identity } from './connection';
import type { SessionRegistry } from './session-registry';

/** not-own-leg – the sender does not hold fromLeg. no-such-leg – toLeg is not joined. away – its device is offline. */
type Refusal = 'not-own-leg' | 'no-such-leg' | 'away';

export class SignalRelay {
  readonly #live: LiveCalls;
  readonly #sessions: SessionRegistry;
  readonly #log: Log;
  #refused = 0;

  constructor(live: LiveCalls, sessions: SessionRegistry, log: Log) {
    this.#live = live;
    this.#sessions = sessions;
    this.#log = log;
  }

  relay(from: Identity, signal: PeerSignal, bytes: Buffer): void {
    const { callId, fromLeg, toLeg } = signal;
    const own = this.#live.joinedLeg(callId, fromLeg);
    if (own?.userId !== from.userId || own.deviceId !== from.deviceId) {
      this.#drop('not-own-leg', from, callId);
      return;
    }
    const other = this.#live.joinedLeg(callId, toLeg);
    if (!other || other.legId === own.legId || other.deviceId === undefined) {
      this.#drop('no-such-leg', from, callId);
      return;
    }
    const target = this.#sessions.get({ userId: other.userId, deviceId: other.deviceId });
    if (!target) {
      this.#drop('away', from, callId);
      return;
    }
    target.forward(bytes);
  }

  #drop(refusal: Refusal, { userId }: Identity, callId: string): void {
    this.#refused += 1;
    const level = refusal === 'not-own-leg' ? 'warn' : 'debug';
    this.#log(level, 'signal dropped', { refusal, userId, callId, refused: this.#refused });
  }
}

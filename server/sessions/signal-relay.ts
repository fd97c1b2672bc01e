/**
 * Hands WebRTC signals from one joined leg to another without looking into them and without asking the database.
 * What is refused is dropped and counted. The `linkId` is the business of the two ends: it goes to nobody else.
 */
import type { PeerSignal } from '#protocol/messages';
import type { LiveCalls } from '../calls/live-calls';
import type { LegRow } from '../calls/rules/call-state';
import type { Identity } from './connection';
import type { Refusals, SignalRefusal } from './refusals';
import type { SessionRegistry } from './session-registry';

export class SignalRelay {
  readonly #live: LiveCalls;
  readonly #sessions: SessionRegistry;
  readonly #refusals: Refusals;

  constructor(live: LiveCalls, sessions: SessionRegistry, refusals: Refusals) {
    this.#live = live;
    this.#sessions = sessions;
    this.#refusals = refusals;
  }

  relay(from: Identity, signal: PeerSignal, bytes: Buffer): void {
    const refusal = this.#tryRelay(from, signal, bytes);
    if (refusal !== null) this.#refusals.count(`signal.${refusal}`);
  }

  #tryRelay(from: Identity, signal: PeerSignal, bytes: Buffer): SignalRefusal | null {
    const { callId, fromLeg, toLeg } = signal;
    const legs = this.#live.get(callId)?.legs ?? [];
    if (!legs.some((leg) => leg.userId === from.userId)) return 'unknown-call';
    const forged = refusalOfSender(
      from,
      legs.find((leg) => leg.legId === fromLeg),
    );
    if (forged !== null) return forged;
    const other = this.#live.joinedLeg(callId, toLeg);
    if (!other || other.legId === fromLeg || other.deviceId === undefined) return 'no-such-leg';
    const target = this.#sessions.get({ userId: other.userId, deviceId: other.deviceId });
    if (!target) return 'away';
    target.forward(bytes);
    return null;
  }
}

/** A leg that has not been claimed is on no device: then its user alone tells whose it is. */
function refusalOfSender(from: Identity, own: LegRow | undefined): SignalRefusal | null {
  if (own?.userId !== from.userId) return 'forged-sender';
  if ((own.deviceId ?? from.deviceId) !== from.deviceId) return 'forged-sender';
  return own.state === 'joined' ? null : 'not-joined';
}

/**
 * Hands WebRTC signals from one joined leg to another without looking into them and without asking the database.
 * What is refused is dropped and counted. The `linkId` is the business of the two ends: it goes to nobody else.
 */
import type { LiveCalls } from '../calls/live-calls';
import type { LegRow } from '../calls/rules/call-state';
import type { Identity } from './identity';
import type { Refusals, SignalRefusal } from './refusals';
import type { SessionRegistry } from './session-registry';
import type { SignalHead } from './signal-head';

export class SignalRelay {
  readonly #live: LiveCalls;
  readonly #sessions: SessionRegistry;
  readonly #refusals: Refusals;

  constructor(live: LiveCalls, sessions: SessionRegistry, refusals: Refusals) {
    this.#live = live;
    this.#sessions = sessions;
    this.#refusals = refusals;
  }

  relay(from: Identity, signal: SignalHead, bytes: Buffer): void {
    const refusal = this.#tryRelay(from, signal, bytes);
    if (refusal !== null) this.#refusals.count(`signal.${refusal}`);
  }

  #tryRelay(from: Identity, signal: SignalHead, bytes: Buffer): SignalRefusal | null {
    const { callId, fromLeg, toLeg } = signal;
    let own: LegRow | undefined;
    let other: LegRow | undefined;
    let isOfCall = false;
    // Once through, and nothing made on the way: this runs for every signal.
    for (const leg of this.#live.get(callId)?.legs ?? []) {
      if (leg.userId === from.userId) isOfCall = true;
      if (leg.legId === fromLeg) own = leg;
      else if (leg.legId === toLeg) other = leg;
    }
    if (!isOfCall) return 'unknown-call';
    return refusalOfSender(from, own) ?? this.#forward(other, bytes);
  }

  #forward(to: LegRow | undefined, bytes: Buffer): SignalRefusal | null {
    if (to?.state !== 'joined' || to.deviceId === undefined) return 'no-such-leg';
    const target = this.#sessions.get({ userId: to.userId, deviceId: to.deviceId });
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

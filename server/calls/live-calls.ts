/**
 * What this node knows of the unended calls without asking the database: fed with every committed revision, read for
 * every signal. A mirror, never the truth: nothing is decided on it that decide() does not check again.
 */
import type { CallState } from './rules/call-state';
import { activeLeg, isDeviceInCall } from './rules/in-call';

/** A late revision of a call that ended is at most this many calls late. */
const rememberedEnds = 1_000;

export class LiveCalls {
  readonly #calls = new Map<string, CallState>();
  readonly #byUser = new Map<string, Set<string>>();
  readonly #ended = new Set<string>();

  /** False when a newer revision is known already. */
  apply(call: CallState): boolean {
    const known = this.#calls.get(call.callId);
    if (this.#ended.has(call.callId)) return false;
    if (known && known.revision >= call.revision) return false;
    this.#forget(call.callId);
    if (call.endedAt !== undefined) {
      this.#rememberEnd(call.callId);
      return true;
    }
    this.#calls.set(call.callId, call);
    for (const leg of call.legs) {
      const calls = this.#byUser.get(leg.userId) ?? new Set();
      this.#byUser.set(leg.userId, calls.add(call.callId));
    }
    return true;
  }

  get(callId: string): CallState | undefined {
    return this.#calls.get(callId);
  }

  all(): readonly CallState[] {
    return [...this.#calls.values()];
  }

  ofUser(userId: string): readonly CallState[] {
    return [...(this.#byUser.get(userId) ?? [])].flatMap((id) => this.#calls.get(id) ?? []);
  }

  /** Talking or about to, on whichever device. */
  isInCall(userId: string): boolean {
    return this.ofUser(userId).some((call) => activeLeg(call, userId) !== undefined);
  }

  isDeviceInCall(userId: string, deviceId: string): boolean {
    return isDeviceInCall(this.ofUser(userId), { userId, deviceId });
  }

  #rememberEnd(callId: string): void {
    this.#ended.add(callId);
    if (this.#ended.size <= rememberedEnds) return;
    const oldest = this.#ended.values().next();
    if (!oldest.done) this.#ended.delete(oldest.value);
  }

  #forget(callId: string): void {
    const known = this.#calls.get(callId);
    if (!known) return;
    this.#calls.delete(callId);
    for (const leg of known.legs) {
      const calls = this.#byUser.get(leg.userId);
      calls?.delete(callId);
      if (calls?.size === 0) this.#byUser.delete(leg.userId);
    }
  }
}

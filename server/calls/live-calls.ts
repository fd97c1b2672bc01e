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
  readonly #byGroup = new Map<string, Set<string>>();
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
    for (const leg of call.legs) add(this.#byUser, leg.userId, call.callId);
    if (call.groupId !== undefined) add(this.#byGroup, call.groupId, call.callId);
    return true;
  }

  get(callId: string): CallState | undefined {
    return this.#calls.get(callId);
  }

  all(): readonly CallState[] {
    return [...this.#calls.values()];
  }

  ofUser(userId: string): readonly CallState[] {
    return this.#named(this.#byUser.get(userId));
  }

  ofGroup(groupId: string): readonly CallState[] {
    return this.#named(this.#byGroup.get(groupId));
  }

  /** Talking or about to, on whichever device. */
  isInCall(userId: string): boolean {
    return this.ofUser(userId).some((call) => activeLeg(call, userId) !== undefined);
  }

  isDeviceInCall(userId: string, deviceId: string): boolean {
    return isDeviceInCall(this.ofUser(userId), { userId, deviceId });
  }

  #named(callIds: Iterable<string> = []): readonly CallState[] {
    return [...callIds].flatMap((callId) => this.#calls.get(callId) ?? []);
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
    for (const leg of known.legs) remove(this.#byUser, leg.userId, callId);
    if (known.groupId !== undefined) remove(this.#byGroup, known.groupId, callId);
  }
}

type Index = Map<string, Set<string>>;

function add(index: Index, key: string, callId: string): void {
  index.set(key, (index.get(key) ?? new Set()).add(callId));
}

function remove(index: Index, key: string, callId: string): void {
  const calls = index.get(key);
  calls?.delete(callId);
  if (calls?.size === 0) index.delete(key);
}

/** The newest snapshot of each call this device knows, and what only this device knows about it. Changes no call. */
import { limits } from '#protocol/limits';
import type { LeaveWhy } from '#protocol/messages';
import { type CallSnapshot, type Viewer, isPresent, legOf } from '#protocol/snapshot';
import { endGoneCall } from './rules/end-gone-call';
import {
  type KnownCall,
  type LocalFacts,
  endedWindowMs,
  isHeldHere,
  isOverHere,
} from './rules/wanted';

/** Calls that are over are forgotten when nothing can show them any more. */
const forgetAfterMs = 2 * endedWindowMs;

interface Entry {
  call: CallSnapshot;
  /** Of this user: another one means that they came back, or were called back, into a call they had left. */
  legId: string | undefined;
  out: LocalFacts['out'];
  reply: string | null;
  isHushed: boolean;
  overSince: number | null;
}

/** Of a call that has just come. */
const untouched = { out: null, reply: null, isHushed: false, overSince: null };

export class CallStore {
  readonly #entries = new Map<string, Entry>();
  /** May name a call before its first snapshot is here. */
  readonly #entered = new Set<string>();
  /** Calls that the person goes into just now. */
  readonly #entering = new Set<string>();
  readonly #viewer: Viewer;
  readonly #onAnew: (callId: string) => void;

  /** `onAnew`: a call that was over here goes on with a new leg of this user. */
  constructor(viewer: Viewer, onAnew: (callId: string) => void) {
    this.#viewer = viewer;
    this.#onAnew = onAnew;
  }

  /** False for what is not newer than what is known. */
  put(call: CallSnapshot, nowMs: number): boolean {
    const entry = this.#entries.get(call.callId);
    if (entry && entry.call.revision >= call.revision) return false;
    const legId = legOf(call, this.#viewer.userId)?.legId;
    // What became of the former leg says nothing about this one.
    const isAnew = entry !== undefined && entry.legId !== legId;
    const { out, reply, isHushed, overSince } = (isAnew ? undefined : entry) ?? untouched;
    const isOver = out !== null || isOverHere(call, this.#viewer);
    const since = isOver ? (overSince ?? nowMs) : null;
    this.#entries.set(call.callId, { call, legId, out, reply, isHushed, overSince: since });
    if (isAnew) this.#comesAnew(call.callId);
    return true;
  }

  get(callId: string): CallSnapshot | undefined {
    return this.#entries.get(callId)?.call;
  }

  /** The person placed it, answered it or went back into it. */
  enter(callId: string): void {
    this.#entered.add(callId);
  }

  /**
   * The person goes into a running call, of which nothing may be known here yet. What the server tells of it meanwhile
   * is wanted; when nothing comes of it, what it tells later is not. Returns the answer.
   */
  async goInto<T extends { readonly ok: boolean }>(
    callId: string,
    going: () => Promise<T>,
  ): Promise<T> {
    this.#entering.add(callId);
    this.#entered.add(callId);
    const gone = await going();
    this.#entering.delete(callId);
    if (!gone.ok) this.#entered.delete(callId);
    return gone;
  }

  /** What happened here, whatever the server knows of it yet. The first reason stays, and what was said with it. */
  markOut(callId: string, out: LeaveWhy | 'lost', nowMs: number, reply?: string): void {
    const entry = this.#entries.get(callId);
    if (!entry || entry.out !== null) return;
    entry.out = out;
    entry.reply = reply ?? null;
    entry.overSince ??= nowMs;
  }

  /** This computer keeps its ring quiet. */
  hush(callId: string): void {
    const entry = this.#entries.get(callId);
    if (entry) entry.isHushed = true;
  }

  /** The server does not know these calls any more. Returns their last snapshots. */
  end(callIds: readonly string[], nowMs: number): CallSnapshot[] {
    return callIds.flatMap((callId) => {
      const entry = this.#entries.get(callId);
      if (!entry || entry.call.endedAt !== undefined) return [];
      const call = endGoneCall(entry.call, nowMs);
      this.put(call, nowMs);
      return [call];
    });
  }

  find(callId: string): KnownCall | undefined {
    const entry = this.#entries.get(callId);
    return entry && this.#known(entry);
  }

  known(): KnownCall[] {
    return [...this.#entries.values()].map((entry) => this.#known(entry));
  }

  /** Calls that ring for this user or that they are in, on whichever device, as far as the server has told. */
  open(): CallSnapshot[] {
    return this.known()
      .map(({ call }) => call)
      .filter((call) => isOpen(call, this.#viewer));
  }

  /** What a heartbeat names. Of a call that this user has left, nothing more is to be heard. */
  named(): CallSnapshot[] {
    const open = this.open().toReversed();
    const held = open.filter((call) => isHeldHere(call, this.#viewer));
    const others = open.filter((call) => !held.includes(call));
    return [...held, ...others].slice(0, limits.heartbeatCalls);
  }

  /** Whether a welcome leaves out a call that this user is in as far as is known here. */
  isLeftOut(welcomed: readonly CallSnapshot[]): boolean {
    const there = new Set(welcomed.map(({ callId }) => callId));
    return this.open().some(({ callId }) => !there.has(callId));
  }

  /** Returns the ids of the calls that nothing can show any more, and forgets these. */
  forgetOld(nowMs: number): string[] {
    const old = [...this.#entries.values()]
      .filter(({ call, overSince }) => {
        const over = overSince !== null && !isOpen(call, this.#viewer);
        return over && nowMs - overSince > forgetAfterMs;
      })
      .map(({ call }) => call.callId)
      .filter((callId) => !this.#entering.has(callId));
    for (const callId of old) {
      this.#entries.delete(callId);
      this.#entered.delete(callId);
    }
    return old;
  }

  #comesAnew(callId: string): void {
    if (!this.#entering.has(callId)) this.#entered.delete(callId);
    this.#onAnew(callId);
  }

  #known({ call, out, reply, isHushed, overSince }: Entry): KnownCall {
    const entered = this.#entered.has(call.callId);
    return { call, facts: { out, reply, isHushed, overSince, entered } };
  }
}

function isOpen(call: CallSnapshot, { userId }: Viewer): boolean {
  const own = legOf(call, userId);
  return call.endedAt === undefined && own !== undefined && isPresent(own);
}

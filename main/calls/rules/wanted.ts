/**
 * What should exist on this desktop now, from what is known now. Levels, not edges: however the present came about,
 * whichever events were lost, the same facts want the same things.
 */
import { EndReason } from '#protocol/end-reason';
import { endReasonFor } from '#protocol/end-reason-for';
import { type CallSnapshot, type Viewer, legOf, ownActiveLeg } from '#protocol/snapshot';

/** A ring whose end was never told (the connection is away) disappears by itself this long after its deadline. */
export const staleRingMs = 5_000;
/**
 * A call window may show why its call ended; then it is taken away if it has not closed itself. Longer than the longest
 * time the page keeps its words (15 s for a missing device, renderer/call/ending.ts), or nobody could read them.
 */
export const endedWindowMs = 20_000;

/** What only this device knows about a call. */
export interface LocalFacts {
  /**
   * left – the person declined or hung up here, or the call's window is gone: this device wants to be out of it.
   * lost – another device was first; the snapshot that says so is on its way. null – neither.
   */
  readonly out: 'left' | 'lost' | null;
  /** Since when the call is over for this device, by a snapshot or by `out`; server clock. */
  readonly overSince: number | null;
}

export interface KnownCall {
  readonly call: CallSnapshot;
  readonly facts: LocalFacts;
}

export interface WantedWindow {
  readonly callId: string;
  /** Hidden while it rings, so that it is ready at the click. */
  readonly shown: boolean;
  /** Kept only where it exists: its call is over. */
  readonly lingering: boolean;
}

export interface Wanted {
  /** The call in the incoming card, or null: nothing rings here. */
  readonly popup: string | null;
  readonly windows: readonly WantedWindow[];
  readonly keepAwake: boolean;
  /** Calls in which the server still counts this device (or its ring), although it wants to be out. */
  readonly leave: readonly string[];
}

/** `nowMs` is the server's clock. */
export function wanted(known: readonly KnownCall[], viewer: Viewer, nowMs: number): Wanted {
  const rings = known
    .filter(({ call, facts }) => facts.out === null && isRingingHere(call, viewer, nowMs))
    .sort((a, b) => a.call.createdAt - b.call.createdAt);
  return {
    popup: rings[0]?.call.callId ?? null,
    windows: known.flatMap((entry) => windowFor(entry, viewer, nowMs)),
    keepAwake: known.some(({ call, facts }) => facts.out === null && isHeldHere(call, viewer)),
    leave: known
      .filter(({ call, facts }) => facts.out === 'left' && isOpenHere(call, viewer))
      .map(({ call }) => call.callId),
  };
}

function windowFor(entry: KnownCall, viewer: Viewer, nowMs: number): WantedWindow[] {
  const { call, facts } = entry;
  const { callId } = call;
  if (facts.overSince !== null) {
    const recent = nowMs - facts.overSince <= endedWindowMs;
    // A window that never came up (the ring ended unanswered) has nothing to explain.
    return recent && wasHeldHere(call, viewer) ? [{ callId, shown: true, lingering: true }] : [];
  }
  if (isHeldHere(call, viewer)) return [{ callId, shown: true, lingering: false }];
  return isRingingHere(call, viewer, nowMs) ? [{ callId, shown: false, lingering: false }] : [];
}

/** It rings for this user, and no device of the user has answered. */
export function isRingingHere(call: CallSnapshot, viewer: Viewer, nowMs: number): boolean {
  const own = legOf(call, viewer.userId);
  const rings = own?.state === 'invited' || own?.state === 'ringing';
  return rings && nowMs <= (own.answerBy ?? Infinity) + staleRingMs;
}

/** This very device claimed or joined. */
export function isHeldHere(call: CallSnapshot, viewer: Viewer): boolean {
  return ownActiveLeg(call, viewer) !== undefined;
}

/** The call is over for this device. */
export function isOverHere(call: CallSnapshot, viewer: Viewer): boolean {
  return endReasonFor(call, viewer) !== null;
}

/** A decline carries this device's id too, but its window was never shown. */
function wasHeldHere(call: CallSnapshot, viewer: Viewer): boolean {
  const own = legOf(call, viewer.userId);
  return own?.deviceId === viewer.deviceId && own.reason !== EndReason.REJECT;
}

/** The server still waits for this device: it rings, or the device is in the call. */
function isOpenHere(call: CallSnapshot, viewer: Viewer): boolean {
  const own = legOf(call, viewer.userId);
  const rings = own?.state === 'invited' || own?.state === 'ringing';
  return rings || isHeldHere(call, viewer);
}

/**
 * What should exist on this desktop now, from what is known now. Levels, not edges: however the present came about,
 * whichever events were lost, the same facts want the same things.
 */
import { EndReason } from '#protocol/end-reason';
import { endReasonFor } from '#protocol/end-reason-for';
import type { LeaveWhy } from '#protocol/messages';
import {
  type CallSnapshot,
  type Viewer,
  isActive,
  isRinging,
  legOf,
  ownActiveLeg,
} from '#protocol/snapshot';

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
   * Why this device wants to be out of it, whether or not the server has heard so. lost – it did not get the call:
   * another device was first, or the caller does not take this person any more. null – it wants nothing.
   */
  readonly out: LeaveWhy | 'lost' | null;
  /** What the caller is told with it; null: nothing. */
  readonly reply: string | null;
  /** By what the system of this computer said when it came: nothing of its ring is shown or heard. */
  readonly isHushed: boolean;
  /** Since when the call is over for this device, by a snapshot or by `out`; server clock. */
  readonly overSince: number | null;
  /**
   * The person placed it, answered it or went back into it in this run. A call that this device holds without is one
   * of a former run, which did not end in order.
   */
  readonly entered: boolean;
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

/** The machine in any call, so that nobody is cut off; the display too where there are pictures to look at. */
export type KeptAwake = 'machine' | 'display';

export interface Wanted {
  /** The call in the incoming card, or null: nothing rings here. */
  readonly popup: string | null;
  readonly windows: readonly WantedWindow[];
  readonly keepAwake: KeptAwake | null;
  /** Calls in which the server still counts this device (or its ring), although it wants to be out. */
  readonly leave: readonly Leave[];
  /**
   * Answered by a former run that never got its microphone open. Nobody hears anything there, and nobody can go back
   * into what had not begun.
   */
  readonly strays: readonly string[];
}

export interface Leave {
  readonly callId: string;
  readonly why: LeaveWhy;
  readonly reply?: string;
}

/** `nowMs` is the server's clock. */
export function wanted(known: readonly KnownCall[], viewer: Viewer, nowMs: number): Wanted {
  const rings = shownRings(known, viewer, nowMs);
  const held = known.filter((entry) => isHeld(entry, viewer));
  const [entered, former] = [
    held.filter(({ facts }) => facts.entered),
    held.filter(({ facts }) => !facts.entered),
  ];
  const window = (shown: boolean, lingering: boolean) => (entry: KnownCall) => ({
    callId: entry.call.callId,
    shown,
    lingering,
  });
  return {
    popup: rings[0]?.call.callId ?? null,
    windows: [
      ...known.filter((entry) => hasEndToShow(entry, viewer, nowMs)).map(window(true, true)),
      ...entered.map(window(true, false)),
      ...rings.map(window(false, false)),
    ],
    keepAwake: keptAwakeBy(entered),
    leave: known.flatMap((entry) => leaveOf(entry, viewer)),
    strays: former
      .filter(({ call }) => ownActiveLeg(call, viewer)?.state === 'claimed')
      .map(({ call }) => call.callId),
  };
}

function keptAwakeBy(entered: readonly KnownCall[]): KeptAwake | null {
  if (entered.length === 0) return null;
  return entered.some(({ call }) => call.mediaType === 2) ? 'display' : 'machine';
}

/** The rings that this device shows, oldest first: none while it holds a call, whatever rings for its user. */
export function shownRings(
  known: readonly KnownCall[],
  viewer: Viewer,
  nowMs: number,
): readonly KnownCall[] {
  if (known.some((entry) => isHeld(entry, viewer))) return [];
  return known
    .filter((entry) => entry.facts.out === null && ringsHere(entry, viewer, nowMs))
    .sort((a, b) => a.call.createdAt - b.call.createdAt);
}

/** A call of a former run that this device is in still: the person may go back into it. */
export function mayReturn({ call, facts }: KnownCall, viewer: Viewer): boolean {
  const joined = ownActiveLeg(call, viewer)?.state === 'joined';
  return joined && facts.overSince === null && !facts.entered;
}

/** This device holds it and wants to. */
function isHeld({ call, facts }: KnownCall, viewer: Viewer): boolean {
  return facts.overSince === null && isHeldHere(call, viewer);
}

/** A window that never came up (the ring ended unanswered) has nothing to explain. */
function hasEndToShow({ call, facts }: KnownCall, viewer: Viewer, nowMs: number): boolean {
  if (facts.overSince === null || !wasHeldHere(call, viewer)) return false;
  return nowMs - facts.overSince <= endedWindowMs;
}

function leaveOf({ call, facts }: KnownCall, viewer: Viewer): Leave[] {
  const { out, reply } = facts;
  if (out === null || out === 'lost' || !isOpenHere(call, viewer)) return [];
  return [{ callId: call.callId, why: out, ...(reply !== null && { reply }) }];
}

/** It rings for this user, no device of the user has answered, and the user wants to be disturbed. */
export function isRingingHere(call: CallSnapshot, viewer: Viewer, nowMs: number): boolean {
  const own = legOf(call, viewer.userId);
  if (!own || !isRinging(own) || own.silenced) return false;
  return nowMs <= (own.answerBy ?? Infinity) + staleRingMs;
}

/** The same, and this computer does not keep it quiet. */
export function ringsHere({ call, facts }: KnownCall, viewer: Viewer, nowMs: number): boolean {
  return !facts.isHushed && isRingingHere(call, viewer, nowMs);
}

/** This very device claimed or joined. */
export function isHeldHere(call: CallSnapshot, viewer: Viewer): boolean {
  return ownActiveLeg(call, viewer) !== undefined;
}

/** Another device of this user claimed or joined. */
export function isHeldElsewhere(call: CallSnapshot, viewer: Viewer): boolean {
  const own = legOf(call, viewer.userId);
  return own !== undefined && isActive(own) && own.deviceId !== viewer.deviceId;
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
  return own !== undefined && (isRinging(own) || isHeldHere(call, viewer));
}

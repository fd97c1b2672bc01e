/** Ladders for tests of the call rules: each step builds on the one before and fails loudly when refused. */
import type { CallRules } from '#protocol/messages';
import type { CallState, LegRow } from '#server/calls/rules/call-state';
import type { CallCommand, CallTimes, Decision, World } from '#server/calls/rules/command';
import { decide } from '#server/calls/rules/decide';
import { defaultUserRules } from '#server/calls/rules/user-rules';

export const times: CallTimes = {
  ringMs: 60_000,
  joinMs: 15_000,
  graceMs: 30_000,
  lostMs: 600_000,
};

/** When the calls of these tests start. */
export const t0 = 1_000_000;

export const anna = { userId: 'anna', deviceId: 'anna-1' } as const;
export const bao = { userId: 'bao', deviceId: 'bao-1' } as const;
export const baoTwo = { userId: 'bao', deviceId: 'bao-2' } as const;
export const carla = { userId: 'carla', deviceId: 'carla-1' } as const;

export function world(
  call: CallState | null,
  others: readonly CallState[] = [],
  over: Partial<Pick<World, 'group' | 'knownUserIds' | 'rules' | 'freeUserIds' | 'deviceIds'>> = {},
): World {
  const { knownUserIds = new Set(['anna', 'bao', 'carla']) } = over;
  return {
    ...{ call, others, times, group: null },
    knownUserIds,
    rules: new Map(),
    freeUserIds: new Set(),
    deviceIds: twoEach(knownUserIds),
    ...over,
  };
}

/** What `userId` laid down; the rest of it, and everybody else, as by default. Blocked before any call, if not later. */
export function ruled(
  userId: string,
  { blockedUserIds = [], ...over }: Partial<CallRules>,
  blockedAt = t0 - 1,
): World['rules'] {
  const blockedSince = new Map(blockedUserIds.map((id) => [id, blockedAt]));
  return new Map([[userId, { ...defaultUserRules, ...over, blockedSince }]]);
}

/** Everybody's devices are connected. */
export function twoEach(userIds: Iterable<string>): World['deviceIds'] {
  return new Map([...userIds].map((userId) => [userId, [`${userId}-1`, `${userId}-2`]]));
}

type Start = Extract<CallCommand, { type: 'start' }>;

export function startCommand(over: Partial<Start> = {}): Start {
  return {
    type: 'start',
    callId: 'call-1',
    callerLegId: 'leg-a',
    calleeLegId: 'leg-b',
    ...anna,
    targetId: 'bao',
    mediaType: 1,
    ...over,
  };
}

/** Applies a command that must be accepted. */
export function apply(call: CallState | null, command: CallCommand, nowMs: number): CallState {
  const decision = decide(world(call), command, nowMs);
  if (!decision.ok) throw new Error(`${command.type} was refused: ${decision.error}`);
  return decision.call;
}

export const invited = (): CallState => apply(null, startCommand(), t0);

export const ringing = (): CallState => apply(invited(), { type: 'ringing', ...bao }, t0 + 200);

export const claimed = (): CallState => apply(ringing(), { type: 'claim', ...bao }, t0 + 5_000);

/** Both joined; 5.5 s after the start. */
export const joined = (): CallState => apply(claimed(), { type: 'join', ...bao }, t0 + 5_500);

/** Both joined, and each reports a live link to the other. */
export function linked(): CallState {
  const one = apply(joined(), { type: 'links', ...anna, liveLegIds: ['leg-b'] }, t0 + 6_000);
  return apply(one, { type: 'links', ...bao, liveLegIds: ['leg-a'] }, t0 + 6_000);
}

export function leg(call: CallState, userId: string): LegRow {
  const found = call.legs.findLast((row) => row.userId === userId);
  if (!found) throw new Error(`${userId} has no leg`);
  return found;
}

export function errorOf(decision: Decision): string | null {
  return decision.ok ? null : decision.error;
}

/** The decision, which must be an accepted one. */
export function accepted(decision: Decision): Extract<Decision, { ok: true }> {
  if (!decision.ok) throw new Error(`refused: ${decision.error}`);
  return decision;
}

/** Which reason each person left with. */
export function reasons(call: CallState): Record<string, number | undefined> {
  return Object.fromEntries(call.legs.map((row) => [row.userId, row.reason]));
}

/**
 * CR12, CR60–CR66: what the server knows of devices' sockets and of the links between them.
 * A joined device may lose its socket: media flow from desk to desk, so the call goes on. Two clocks judge it:
 * - grace: its socket is dead and no connected, joined device reports a live link to it;
 * - unlinked: it is connected, but has no live link although another connected device is joined.
 */
import { EndReason } from '#protocol/end-reason';
import type { CallState, LegRow } from './call-state';
import type { CallCommand, CallTimes } from './command';
import { isJoinedOn, isPresent, isRinging, leftLeg, legOfUser } from './legs';
import { stopRingingOn } from './leave';
import type { WorldOf } from './answer';
import { reach } from './ring';
import type { RuleId } from './rule-ids';
import type { Moment } from './settle';
import { type Step, changeLeg, refused, unchanged } from './step';

type DeviceCommand = Extract<CallCommand, { type: 'device-lost' | 'device-back' }>;
type LinksCommand = Extract<CallCommand, { type: 'links' }>;

export function deviceLost(world: WorldOf, command: DeviceCommand, { nowMs }: Moment): Step {
  const { call } = world;
  const leg = legOfUser(call.legs, command.userId);
  if (!leg) return unchanged('CR53');
  if (isRinging(leg)) return loseRing(world, leg, command);
  if (!isJoinedOn(leg, command.deviceId) || leg.lostAt !== undefined) return unchanged('CR60');
  return changeLeg(call.legs, { ...leg, lostAt: nowMs }, 'CR60');
}

/** The others may all be quiet, or there is no other. */
function loseRing(world: WorldOf, leg: LegRow, command: DeviceCommand): Step {
  const { call } = world;
  const stopped = stopRingingOn(call, leg, command.deviceId, 'CR12');
  const legs = stopped.kind === 'changed' ? stopped.legs : call.legs;
  const reached = reach({ ...world, call: { ...call, legs } }, command);
  if (reached.kind !== 'changed') return stopped;
  return { ...reached, rules: [...stopped.rules, ...reached.rules] };
}

export function deviceBack(world: WorldOf, command: DeviceCommand): Step {
  const { call } = world;
  const leg = legOfUser(call.legs, command.userId);
  if (leg && isRinging(leg)) return reach(world, command);
  if (!leg || !isJoinedOn(leg, command.deviceId) || leg.lostAt === undefined) {
    return unchanged('CR61');
  }
  return changeLeg(call.legs, without(leg, 'lostAt', 'graceFrom'), 'CR61');
}

export function links(call: CallState, command: LinksCommand): Step {
  const leg = legOfUser(call.legs, command.userId);
  if (!leg) return refused('call-unknown', 'CR53');
  if (!isJoinedOn(leg, command.deviceId)) return unchanged('CR63');
  const liveLegIds = command.liveLegIds
    .filter((id) => id !== leg.legId && isPresentIn(call, id))
    .toSorted();
  if (sameIds(liveLegIds, leg.liveLegIds)) return unchanged('CR63');
  return changeLeg(call.legs, { ...leg, liveLegIds }, 'CR63');
}

/** No socket survived, and what was known of grace is worth nothing: everybody has the whole time again. */
export function serverRestarted(call: CallState, { nowMs }: Moment): Step {
  const legs = call.legs.map((leg): LegRow => {
    if (isRinging(leg)) return { ...leg, ringingDeviceIds: [] };
    if (leg.state !== 'joined') return leg;
    return { ...without(leg, 'graceFrom', 'unlinkedFrom'), lostAt: nowMs };
  });
  return { kind: 'changed', legs, rules: ['CR66'] };
}

/** Starts, keeps or stops the two clocks of every joined leg, after whatever happened. */
export function refreshClocks(legs: readonly LegRow[], nowMs: number): readonly LegRow[] {
  return legs.map((leg) => {
    if (leg.state !== 'joined') return leg;
    const graced = setSince(leg, 'graceFrom', isAdrift(leg, legs), nowMs);
    return setSince(graced, 'unlinkedFrom', isUnlinked(leg, legs), nowMs);
  });
}

/** The time at which a joined leg runs out of patience, and by which rule. */
export function patienceOf(leg: LegRow, times: CallTimes): { at: number; rule: RuleId } | null {
  const limits: { at: number; rule: RuleId }[] = [];
  if (leg.graceFrom !== undefined) limits.push({ at: leg.graceFrom + times.graceMs, rule: 'CR62' });
  if (leg.lostAt !== undefined) limits.push({ at: leg.lostAt + times.lostMs, rule: 'CR64' });
  if (leg.unlinkedFrom !== undefined) {
    limits.push({ at: leg.unlinkedFrom + times.graceMs, rule: 'CR65' });
  }
  return limits.toSorted((a, b) => a.at - b.at)[0] ?? null;
}

export function loseLeg(leg: LegRow, nowMs: number): LegRow {
  return leftLeg(leg, nowMs, { reason: EndReason.NETWORK_ERROR, cause: 'deadline' });
}

/** Its socket is dead and nobody who is connected hears it. */
function isAdrift(leg: LegRow, legs: readonly LegRow[]): boolean {
  return leg.lostAt !== undefined && !connectedOthers(leg, legs).some((o) => hears(o, leg));
}

/** Connected itself, with somebody connected to talk to, and no link to anybody. */
function isUnlinked(leg: LegRow, legs: readonly LegRow[]): boolean {
  const others = connectedOthers(leg, legs);
  return leg.lostAt === undefined && others.length > 0 && !isLinked(leg, legs);
}

/** What was reported of somebody who has left since counts for nothing. */
function isLinked(leg: LegRow, legs: readonly LegRow[]): boolean {
  return legs.some((other) => other.state === 'joined' && hears(leg, other));
}

const isPresentIn = (call: CallState, legId: string): boolean =>
  call.legs.some((other) => other.legId === legId && isPresent(other));

function connectedOthers(leg: LegRow, legs: readonly LegRow[]): LegRow[] {
  return legs.filter(
    (other) => other.legId !== leg.legId && other.state === 'joined' && other.lostAt === undefined,
  );
}

const hears = (listener: LegRow, leg: LegRow): boolean => listener.liveLegIds.includes(leg.legId);

type Clock = 'lostAt' | 'graceFrom' | 'unlinkedFrom';

function setSince(leg: LegRow, clock: Clock, runs: boolean, nowMs: number): LegRow {
  if (!runs) return leg[clock] === undefined ? leg : without(leg, clock);
  return leg[clock] === undefined ? { ...leg, [clock]: nowMs } : leg;
}

function without(leg: LegRow, ...clocks: readonly Clock[]): LegRow {
  const { lostAt, graceFrom, unlinkedFrom, ...rest } = leg;
  const kept = Object.entries({ lostAt, graceFrom, unlinkedFrom }).filter(
    ([clock, since]) => since !== undefined && !clocks.includes(clock as Clock),
  );
  return { ...rest, ...Object.fromEntries(kept) };
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

/**
 * CR15–CR18: what becomes of a ring beside being painted. The rules of the one who is called may keep it silent, from its
 * beginning to its end; the systems of all their devices may, as long as no other device could ring; or there is no device.
 */
import { isSilencedFor } from '#protocol/do-not-disturb';
import type { CallState, LegRow } from './call-state';
import type { WorldOf } from './answer';
import type { CallCommand, World } from './command';
import { isDeviceInCall } from './in-call';
import { isRinging, legOfUser } from './legs';
import type { RuleId } from './rule-ids';
import { type Step, changeLeg, refused, unchanged } from './step';
import { rulesOf } from './user-rules';

type Command<T extends CallCommand['type']> = Extract<CallCommand, { type: T }>;

export interface BegunRing {
  readonly leg: LegRow;
  readonly rules: readonly RuleId[];
}

/** The invitation of this very moment: what is switched on or off later does not change it. */
export function beginRing(world: World, leg: LegRow, nowMs: number): BegunRing {
  if (isSilencedFor(rulesOf(world, leg.userId), leg.invitedBy, nowMs)) {
    return { leg: { ...leg, silenced: true, isSilencedByRules: true }, rules: ['CR15'] };
  }
  const begun = asDevicesStand(world, leg);
  return { leg: begun, rules: begun.unreachable ? ['CR17'] : [] };
}

/** The device said that its system keeps it quiet. */
export function silenced(world: WorldOf, command: Command<'silenced'>): Step {
  const { legs } = world.call;
  const leg = legOfUser(legs, command.userId);
  if (!leg) return refused('call-unknown', 'CR53');
  const { quietDeviceIds = [], ringingDeviceIds } = leg;
  const isKnown = quietDeviceIds.includes(command.deviceId);
  if (!isRinging(leg) || leg.isSilencedByRules || isKnown) return unchanged('CR16');
  const quiet: LegRow = {
    ...leg,
    ringingDeviceIds: ringingDeviceIds.filter((id) => id !== command.deviceId),
    quietDeviceIds: [...quietDeviceIds, command.deviceId],
  };
  return changeLeg(legs, asDevicesStand(world, quiet), 'CR16');
}

/** The device rings, whatever it said before. */
export function ringingOn(world: World, leg: LegRow, deviceId: string): LegRow {
  const { quietDeviceIds = [], ...ring } = leg;
  const others = quietDeviceIds.filter((id) => id !== deviceId);
  return asDevicesStand(world, {
    ...ring,
    state: 'ringing',
    ringingDeviceIds: [...leg.ringingDeviceIds, deviceId],
    ...(others.length === 0 ? {} : { quietDeviceIds: others }),
  });
}

/** A device of this user came or went. */
export function reach(world: WorldOf, { userId }: { readonly userId: string }): Step {
  const { legs } = world.call;
  const leg = legOfUser(legs, userId);
  if (!leg) return unchanged('CR53');
  const next = asDevicesStand(world, leg);
  return next === leg ? unchanged('CR18') : changeLeg(legs, next, ruleOf(leg, next));
}

/** What the caller is told of a ring that nobody has answered, by what is known of the devices now. */
export function asDevicesStand(world: World, leg: LegRow): LegRow {
  if (!isRinging(leg) || leg.isSilencedByRules) return leg;
  const { silenced: wasSilenced, unreachable: wasUnreachable, ...ring } = leg;
  const isSilenced = isKeptQuiet(world, leg);
  const isUnreachable = !isSilenced && isOutOfReach(world, leg);
  if (isSilenced === (wasSilenced ?? false) && isUnreachable === (wasUnreachable ?? false)) {
    return leg;
  }
  return {
    ...ring,
    ...(isSilenced ? { silenced: true } : {}),
    ...(isUnreachable ? { unreachable: true } : {}),
  };
}

/** A ring that is silent occupies nobody: its user knows nothing of it, and others get through. */
export const isSilent = (leg: LegRow): boolean => leg.silenced === true;

const devicesOf = (world: World, userId: string): readonly string[] =>
  world.deviceIds.get(userId) ?? [];

/** Devices have said so, and no other one rings or could do so. */
function isKeptQuiet(world: World, { userId, quietDeviceIds = [], ringingDeviceIds }: LegRow) {
  if (quietDeviceIds.length === 0 || ringingDeviceIds.length > 0) return false;
  return devicesOf(world, userId).every(
    (deviceId) =>
      quietDeviceIds.includes(deviceId) || isDeviceInCall(world.others, { userId, deviceId }),
  );
}

/** Once a device has shown it, the caller knows that there is one. */
const isOutOfReach = (world: World, { state, userId }: LegRow): boolean =>
  state === 'invited' && devicesOf(world, userId).length === 0;

function ruleOf(leg: LegRow, next: LegRow): RuleId {
  if (next.silenced !== leg.silenced) return 'CR16';
  return next.unreachable ? 'CR17' : 'CR18';
}

/** Who rings, and has nobody to show it: compared every second, should an edge have been lost. */
export function isReachWrong(call: CallState, leg: LegRow, isOnline: boolean): boolean {
  if (call.endedAt !== undefined || leg.state !== 'invited' || isSilent(leg)) return false;
  return isOnline === (leg.unreachable ?? false);
}

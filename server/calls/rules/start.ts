/** CR1–CR9, CR34–CR37: how a call begins, or why it does not. */
import type { ErrorCode } from '#protocol/error-code';
import { EndReason } from '#protocol/end-reason';
import { reachabilityOf } from './busy';
import type { CallState } from './call-state';
import type { Decision, StartCommand, World } from './command';
import { type OlderCall, answerByCalling, callFromTarget } from './glare';
import { isDeviceInCall } from './in-call';
import { invitedLeg, joinedLeg, leftLeg, legOfUser, withUser } from './legs';
import type { RuleId } from './rule-ids';
import { stopOtherRings } from './other-rings';
import { beginRing } from './ring';
import { type SecondDevice, secondDevice } from './second-device';
import { type Moment, settleStep } from './settle';
import type { Changed } from './step';
import { hasBlocked, isAnswerable, isBlockedMeanwhile } from './user-rules';

type Allowed = Extract<SecondDevice, { kind: 'allowed' }>;

export function start(world: World, command: StartCommand, nowMs: number): Decision {
  const older = callFromTarget(world, command);
  const objection = objectionTo(world, command, older);
  if (objection) return { ok: false, ...objection };
  const moment = { nowMs, times: world.times };
  const second = secondDevice(world, command, moment);
  if (second.kind === 'refused') {
    return { ok: false, error: 'in-call-elsewhere', rules: ['CR34'] };
  }
  return older
    ? merge(world, older, { command, second, moment })
    : startNew(world, command, second, moment);
}

export interface Objection {
  readonly error: ErrorCode;
  readonly rules: readonly RuleId[];
}

/** Nothing is stored and nobody hears of it. */
function objectionTo(
  world: World,
  command: StartCommand,
  older: OlderCall | null,
): Objection | null {
  const { userId, targetId } = command;
  if (targetId === userId) return { error: 'call-self', rules: ['CR3'] };
  if (!world.knownUserIds.has(targetId)) return { error: 'user-unknown', rules: ['CR2'] };
  const busyDevice = objectionToDevice(world, command);
  if (busyDevice) return busyDevice;
  const isBlocked = older
    ? isBlockedMeanwhile(world, older.call, older.leg)
    : hasBlocked(world, targetId, userId);
  if (isBlocked) return { error: 'blocked', rules: ['CR6'] };
  // A ring is to be answered or declined first, unless this very call answers it.
  return older ? null : objectionToRing(world, userId);
}

/** For calls to several, where no ring is answered by calling. */
export function objectionToCaller(world: World, from: DeviceOf): Objection | null {
  return objectionToDevice(world, from) ?? objectionToRing(world, from.userId);
}

interface DeviceOf {
  readonly userId: string;
  readonly deviceId: string;
}

const isCallThere: Objection = { error: 'call-exists', rules: ['CR4'] };

const objectionToDevice = (world: World, from: DeviceOf): Objection | null =>
  isDeviceInCall(world.others, from) ? isCallThere : null;

const objectionToRing = (world: World, userId: string): Objection | null =>
  isCalled(world, userId) ? isCallThere : null;

function isCalled(world: World, userId: string): boolean {
  return world.others.some((call) => {
    const leg = legOfUser(call.legs, userId);
    return leg !== undefined && isAnswerable(world, call, leg);
  });
}

interface Answering {
  readonly command: StartCommand;
  readonly second: Allowed;
  readonly moment: Moment;
}

function merge(world: World, older: OlderCall, { command, second, moment }: Answering): Decision {
  const step = answerByCalling(older, command, moment);
  const others = world.others.filter(({ callId }) => callId !== older.call.callId);
  const rings = stopOtherRings(others, command, moment);
  const rules = [...step.rules, ...second.rules, ...rings.rules];
  return settleStep(older.call, { ...step, rules, also: [...second.also, ...rings.also] }, moment);
}

function startNew(world: World, command: StartCommand, second: Allowed, moment: Moment): Decision {
  const call = newCall(command, moment);
  const begin = (legs: CallState['legs'], rules: readonly RuleId[], also: Allowed['also']) =>
    settleStep(call, { kind: 'changed', legs, rules, also }, moment);
  const ring = ringTarget(world, call, moment.nowMs);
  switch (reachabilityOf(world, withRoomMade(world.others, second.also), command.targetId)) {
    case 'free':
      return begin(ring.legs, ['CR1', ...ring.rules, ...second.rules], second.also);
    case 'device':
      return begin(ring.legs, ['CR1', 'CR7', ...ring.rules, ...second.rules], second.also);
    case 'busy':
      // Nobody loses a call for one that does not come about.
      return begin(refuseBusy(call, command.targetId, moment.nowMs), ['CR1', 'CR5'], []);
  }
}

/** The other calls as they are once those that make room have done so. */
export function withRoomMade(
  others: World['others'],
  changed: readonly CallState[],
): readonly CallState[] {
  return others.map((call) => changed.find(({ callId }) => callId === call.callId) ?? call);
}

/** Revision 0 is never stored or sent: settle() makes it 1. */
function newCall(command: StartCommand, { nowMs, times }: Moment): CallState {
  const { callId, userId, targetId, mediaType, extra, push, user } = command;
  const caller = { legId: command.callerLegId, userId, invitedBy: userId };
  return {
    ...{ callId, mediaType, callerId: userId },
    revision: 0,
    kind: 'private',
    ...(extra === undefined ? {} : { extra }),
    ...(push === undefined ? {} : { push }),
    createdAt: nowMs,
    legs: [
      withUser(joinedLeg(caller, command.deviceId, 0, nowMs), user),
      invitedLeg(command.calleeLegId, targetId, userId, nowMs + times.ringMs),
    ],
    nextDeadline: null,
  };
}

function ringTarget(
  world: World,
  { callerId, legs }: CallState,
  nowMs: number,
): Pick<Changed, 'legs' | 'rules'> {
  const rules: RuleId[] = [];
  const rung = legs.map((leg) => {
    if (leg.userId === callerId) return leg;
    const ring = beginRing(world, leg, nowMs);
    rules.push(...ring.rules);
    return ring.leg;
  });
  return { legs: rung, rules };
}

function refuseBusy(call: CallState, targetId: string, nowMs: number): CallState['legs'] {
  const busy = { reason: EndReason.BUSY_LINE, cause: 'self' } as const;
  return call.legs.map((leg) => (leg.userId === targetId ? leftLeg(leg, nowMs, busy) : leg));
}

/** CR40–CR49: one command for cancel, decline and hang-up. Which of them it is, the leg's own state decides. */
import { EndReason, type LegReason } from '#protocol/end-reason';
import type { CallState, LegRow } from './call-state';
import type { CallCommand } from './command';
import { isRinging, leftLeg, legOfUser, withUser } from './legs';
import type { RuleId } from './rule-ids';
import type { Moment } from './settle';
import { type Step, changeLeg, refused, unchanged } from './step';

type LeaveCommand = Extract<CallCommand, { type: 'leave' }>;

export function leave(call: CallState, command: LeaveCommand, { nowMs }: Moment): Step {
  const found = legOfUser(call.legs, command.userId);
  if (!found) return refused('call-unknown', 'CR53');
  const leg = withUser(found, command.user);
  if (leg.state === 'left') return unchanged('CR46');
  if (isRinging(leg)) return leaveRing(call, leg, command, nowMs);
  if (leg.deviceId !== command.deviceId) return refused('already-claimed', 'CR46');
  const [reason, rule] = reasonOf(call, leg, command.why);
  return changeLeg(call.legs, leftLeg(leg, nowMs, { reason, cause: 'self' }), rule);
}

/**
 * An app that quits or lost its way to us is no "no": the user's other devices, or this one when it is back, ring on.
 * One whose media failed before its claim arrived did want to answer.
 */
function leaveRing(call: CallState, leg: LegRow, command: LeaveCommand, nowMs: number): Step {
  const { deviceId, why } = command;
  if (why === 'quit' || why === 'network') return stopRingingOn(call, leg, deviceId, 'CR44');
  if (why === 'hangup') return decline(call, leg, command, nowMs);
  const [reason, rule] = reasonOf(call, leg, why);
  return changeLeg(call.legs, leftLeg(leg, nowMs, { reason, cause: 'self', deviceId }), rule);
}

/** CR49: with a word, or without one. */
function decline(call: CallState, leg: LegRow, command: LeaveCommand, nowMs: number): Step {
  const no = { reason: EndReason.REJECT, cause: 'self', deviceId: command.deviceId } as const;
  const reply = command.reply?.trim() ?? '';
  return reply === ''
    ? changeLeg(call.legs, leftLeg(leg, nowMs, no), 'CR41')
    : changeLeg(call.legs, leftLeg(leg, nowMs, { ...no, reply }), 'CR41', 'CR49');
}

/** The leg stays `ringing`, perhaps on no device: the caller was told once, and a device may come back. */
export function stopRingingOn(call: CallState, leg: LegRow, deviceId: string, rule: RuleId): Step {
  if (!leg.ringingDeviceIds.includes(deviceId)) return unchanged(rule);
  const ringingDeviceIds = leg.ringingDeviceIds.filter((id) => id !== deviceId);
  return changeLeg(call.legs, { ...leg, ringingDeviceIds }, rule);
}

function reasonOf(call: CallState, leg: LegRow, why: LeaveCommand['why']): [LegReason, RuleId] {
  switch (why) {
    case 'media':
      return [EndReason.GET_MEDIA_RESOURCES_ERROR, 'CR43'];
    case 'network':
      return [EndReason.NETWORK_ERROR, 'CR47'];
    case 'publish':
      return [EndReason.PUBLISH_ERROR, 'CR48'];
    case 'subscribe':
      return [EndReason.SUBSCRIBE_ERROR, 'CR48'];
    case 'hangup':
    case 'quit':
      return isUnanswered(call, leg) ? [EndReason.CANCEL, 'CR40'] : [EndReason.HANGUP, 'CR42'];
  }
}

/** The caller, and nobody else was ever connected. */
function isUnanswered(call: CallState, leg: LegRow): boolean {
  const others = call.legs.filter((other) => other.legId !== leg.legId);
  return leg.userId === call.callerId && others.every((other) => other.joinedAt === undefined);
}

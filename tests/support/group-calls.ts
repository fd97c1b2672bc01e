/** Ladders for tests of calls with several: anna calls bao, carla and deng, who are the group "design". */
import type { Viewer } from '#protocol/snapshot';
import type { CallState } from '#server/calls/rules/call-state';
import type { CallCommand, Decision, World } from '#server/calls/rules/command';
import { decide } from '#server/calls/rules/decide';
import { accepted, anna, bao, carla, t0, world } from './calls';

export const deng = { userId: 'deng', deviceId: 'deng-1' } as const;
export const emil = { userId: 'emil', deviceId: 'emil-1' } as const;

/** As many as a call takes, and one more; the first five by name. */
export const crowd = ['anna', 'bao', 'carla', 'deng', 'emil', 'u6', 'u7', 'u8', 'u9', 'u10'];

export const design = {
  groupId: 'design',
  memberIds: new Set(['anna', 'bao', 'carla', 'deng']),
};

type Over = Partial<Pick<World, 'group' | 'rules' | 'freeUserIds' | 'deviceIds'>>;

export function groupWorld(
  call: CallState | null,
  others: readonly CallState[] = [],
  over: Over = {},
): World {
  return world(call, others, { group: design, knownUserIds: new Set(crowd), ...over });
}

export function tell(call: CallState | null, command: CallCommand, nowMs = t0): Decision {
  return decide(groupWorld(call), command, nowMs);
}

export const told = (call: CallState | null, command: CallCommand, nowMs = t0): CallState =>
  accepted(tell(call, command, nowMs)).call;

type StartGroup = Extract<CallCommand, { type: 'start-group' }>;

/** In the group, unless `over` says `groupId: undefined`. */
export function startGroup(
  over: Partial<Omit<StartGroup, 'groupId'>> & { readonly groupId?: string | undefined } = {},
): StartGroup {
  const userIds = over.userIds ?? ['bao', 'carla', 'deng'];
  const { groupId, ...rest } = { groupId: 'design', ...over };
  return {
    ...{ type: 'start-group', callId: 'call-1', callerLegId: 'leg-anna', ...anna, mediaType: 1 },
    ...rest,
    ...(groupId === undefined ? {} : { groupId }),
    userIds,
    legIds: userIds.map((_id, at) => `leg-${String(at)}`),
  };
}

let asked = 0;

export function inviting(
  from: Viewer,
  userIds: readonly string[],
  type: 'invite' | 'extend' = 'invite',
): Extract<CallCommand, { type: 'invite' | 'extend' }> {
  asked += 1;
  const legIds = userIds.map((_id, at) => `asked-${String(asked)}-${String(at)}`);
  return { ...{ type, userIds, legIds }, userId: from.userId, deviceId: from.deviceId };
}

/** Everybody is rung at t0. */
export const group = (over: Parameters<typeof startGroup>[0] = {}): CallState =>
  told(null, startGroup(over));

export function joining(call: CallState, who: Viewer, nowMs: number): CallState {
  const from = { userId: who.userId, deviceId: who.deviceId };
  return told(told(call, { type: 'claim', ...from }, nowMs), { type: 'join', ...from }, nowMs);
}

export const leaving = (call: CallState, who: Viewer, nowMs: number): CallState =>
  told(call, { type: 'leave', why: 'hangup', userId: who.userId, deviceId: who.deviceId }, nowMs);

/** Everybody who has joined reports a live link to everybody else. */
export function linking(call: CallState, nowMs: number): CallState {
  const joined = call.legs.filter((leg) => leg.state === 'joined');
  const liveLegIds = joined.map((leg) => leg.legId);
  return joined.reduce((so, { userId, deviceId = '' }) => {
    return told(so, { type: 'links', userId, deviceId, liveLegIds }, nowMs);
  }, call);
}

/** anna and bao are in it, carla and deng ring still. */
export const twoOfFour = (): CallState => joining(group(), bao, t0 + 1_000);

/** anna, bao and carla are in it, deng has declined. */
export const three = (): CallState =>
  leaving(joining(twoOfFour(), carla, t0 + 2_000), deng, t0 + 3_000);

export const states = (call: CallState): string[] =>
  call.legs.map((leg) => `${leg.userId} ${leg.state}${String(leg.reason ?? '')}`);

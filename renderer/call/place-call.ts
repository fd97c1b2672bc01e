/** How the call of a window begins, when it is this user who calls: one person, or several. */
import type { CallAssignment } from '#common/ipc';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import type { ICallResult, ISessionListener, RCCallClient } from '../caller';

export type PlacedCall = Exclude<CallAssignment, { purpose: 'answer' }>;

export function placeCall(
  caller: RCCallClient,
  assignment: PlacedCall,
  listener: ISessionListener,
): Promise<ICallResult> {
  const { mediaType } = assignment;
  if (assignment.purpose === 'place')
    return caller.call({ targetId: assignment.targetId, mediaType, listener });
  const { groupId, userIds } = assignment;
  return caller.callInGroup({
    ...(groupId !== undefined && { targetId: groupId }),
    userIds,
    mediaType,
    listener,
  });
}

/** The call as it will be, for the time until the server has made it. */
export function plannedCall({
  self,
  userIds,
  groupId,
  mediaType,
}: Extract<PlacedCall, { purpose: 'place-group' }>): CallSnapshot {
  const leg = (userId: string, state: Leg['state']): Leg => ({
    ...{ legId: `planned ${userId}`, userId, state, invitedBy: self.userId, ringingOn: 0 },
  });
  const invited = userIds.filter((userId) => userId !== self.userId);
  return {
    ...{ callId: '', revision: 0, kind: 'group', mediaType, callerId: self.userId, createdAt: 0 },
    ...(groupId !== undefined && { groupId }),
    legs: [leg(self.userId, 'joined'), ...invited.map((userId) => leg(userId, 'invited'))],
  };
}

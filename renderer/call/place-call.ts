/** How the call of a window begins, when it is this user who calls: one person, or several. */
import type { CallAssignment } from '#common/ipc';
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

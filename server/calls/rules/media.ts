/** CR56–CR58: somebody connected makes an audio call of a video call, for everybody. There is no way back yet. */
import type { CallState } from './call-state';
import type { CallCommand } from './command';
import { legOfUser } from './legs';
import { type Step, refused, unchanged } from './step';

type MediaCommand = Extract<CallCommand, { type: 'media' }>;

export function media(call: CallState, { userId, deviceId, mediaType }: MediaCommand): Step {
  const leg = legOfUser(call.legs, userId);
  if (!leg) return refused('call-unknown', 'CR53');
  if (leg.state !== 'joined' || leg.deviceId !== deviceId) return refused('wrong-state', 'CR58');
  if (call.mediaType === mediaType) return unchanged('CR57');
  const changed = { mediaType, mediaChangedBy: userId };
  return { kind: 'changed', legs: call.legs, rules: ['CR56'], media: changed };
}

import type { DeskCallView, RequestPayload } from '#common/ipc';

/** The button said what becomes of the call on another device: main is asked for just that. */
export function acceptRequest({
  callId,
  elsewhere,
}: Pick<DeskCallView, 'callId' | 'elsewhere'>): RequestPayload<'phone:incoming.accept'> {
  return { callId, ...(elsewhere && { switchHere: true }) };
}

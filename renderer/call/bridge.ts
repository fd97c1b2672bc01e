/** The caller's bridge over preload: one window, one user, one call. */
import type { CallAssignment } from '#common/ipc';
import type { CallApi } from '#common/window-api';
import { err, ok } from '#protocol/result';
import type { CallerBridge } from '../caller';

export function createCallBridge(
  peal: CallApi,
  assignment: CallAssignment,
  warn: (message: string, cause?: unknown) => void,
): CallerBridge {
  /** Nobody waits for these: the mesh sends again what matters. */
  const unanswered = (what: string, sending: Promise<null>): void => {
    sending.catch((cause: unknown) => warn(`${what} was not passed on`, cause));
  };
  return {
    self: { userId: assignment.self.userId, deviceId: assignment.deviceId },
    // Main said so with the assignment: another question would keep the devices waiting.
    mayStart: () => Promise.resolve('may' in assignment ? assignment.may : ok(null)),
    start: (request) => peal.start(request),
    startGroup: (request) => peal.startGroup(request),
    invite: (callId, request) => peal.invite({ callId, ...request }),
    extend: (callId, userIds) => peal.extend({ callId, userIds }),
    // Home enters, and gives the call a window of its own: this one has its call.
    enter: () => Promise.resolve(err('call-exists')),
    claim: (callId, joinType) =>
      peal.claim({ callId, ...(joinType !== undefined && { joinType }) }),
    join: (callId, user) => peal.join({ callId, ...(user && { user }) }),
    leave: (callId, why, user) => peal.leave({ callId, why, ...(user && { user }) }),
    setMedia: (callId, mediaType) => peal.setMedia({ callId, mediaType }),
    answerMedia: (callId, accept) => peal.answerMedia({ callId, accept }),
    iceServers: () => peal.iceServers(),
    sendSignal: (signal) => unanswered('a signal', peal.sendSignal(signal)),
    reportLiveLinks: (callId, legIds) =>
      unanswered('the live links', peal.reportLiveLinks({ callId, legIds })),
    reportMediaState: (callId, { voiceMuted, cameraOff }) =>
      unanswered(
        'the state of the media',
        peal.reportMediaState({ callId, voiceMuted, cameraOff }),
      ),
    // The one call that can come in is the one this window is for.
    onIncoming: (listener) => {
      let isHeard = assignment.purpose === 'answer';
      queueMicrotask(() => {
        if (isHeard && assignment.purpose === 'answer') listener(assignment.call);
      });
      return () => {
        isHeard = false;
      };
    },
    onSnapshot: (listener) => peal.onSnapshot(listener),
    onSignal: (listener) => peal.onSignal(listener),
    // What was over before this device heard of it has no window of its own.
    onOfflineRecord: () => () => undefined,
    onNetworkChanged: (listener) => peal.onNetworkChanged(() => listener()),
  };
}

/** The caller's bridge over preload: one window, one user, one call. */
import type { CallAssignment } from '#common/ipc';
import type { CallApi } from '#common/window-api';
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
    mayStart: () => peal.mayStart(),
    start: (request) => peal.start(request),
    claim: (callId) => peal.claim({ callId }),
    join: (callId) => peal.join({ callId }),
    leave: (callId, why) => peal.leave({ callId, why }),
    iceServers: () => peal.iceServers(),
    sendSignal: (signal) => unanswered('a signal', peal.sendSignal(signal)),
    reportLiveLinks: (callId, legIds) =>
      unanswered('the live links', peal.reportLiveLinks({ callId, legIds })),
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
    onNetworkChanged: (listener) => peal.onNetworkChanged(() => listener()),
  };
}

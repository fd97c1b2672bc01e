/** What went wrong on the way to the server, in the documented numbers. Total: a new problem must choose. */
import type { CallProblem } from '#common/problems';
import { type Result, err } from '#protocol/result';
import type { MediaProblem } from '../media/ports';
import { RCCallEndReason, RCCallErrorCode } from './enums';
import type { Warn } from './events';
import type { ICodeResult } from './types';

const codes: Record<CallProblem, RCCallErrorCode> = {
  offline: RCCallErrorCode.SEND_MSG_ERROR,
  'call-exists': RCCallErrorCode.STATE_MACHINE_EXIT,
  'in-call-elsewhere': RCCallErrorCode.STATE_MACHINE_EXIT,
  blocked: RCCallErrorCode.REJECTED_BY_BLACKLIST,
  'user-unknown': RCCallErrorCode.SEND_MSG_ERROR,
  'call-self': RCCallErrorCode.SEND_MSG_ERROR,
  'call-over': RCCallErrorCode.SEND_MSG_ERROR,
  'answered-elsewhere': RCCallErrorCode.SEND_MSG_ERROR,
  'not-in-group': RCCallErrorCode.NOT_IN_GROUP,
  'call-full': RCCallErrorCode.CALL_FULL,
  'not-a-group-call': RCCallErrorCode.CONVERSATION_NOT_GROUP_ERROR,
  'put-out': RCCallErrorCode.SEND_MSG_ERROR,
  'rate-limited': RCCallErrorCode.SEND_MSG_ERROR,
  'server-error': RCCallErrorCode.SEND_MSG_ERROR,
};

/** Why a session ends whose accept did not get through. The server settles the call with its own deadlines. */
export const unansweredReasons: Record<CallProblem, RCCallEndReason> = {
  offline: RCCallEndReason.NETWORK_ERROR,
  'call-exists': RCCallEndReason.NETWORK_ERROR,
  'in-call-elsewhere': RCCallEndReason.OTHER_CLIENT_IN_CALL,
  blocked: RCCallEndReason.ADDED_TO_BLACKLIST,
  'user-unknown': RCCallEndReason.NETWORK_ERROR,
  'call-self': RCCallEndReason.NETWORK_ERROR,
  'call-over': RCCallEndReason.REMOTE_HANGUP,
  'answered-elsewhere': RCCallEndReason.ACCEPT_BY_OTHER_CLIENT,
  'not-in-group': RCCallEndReason.NETWORK_ERROR,
  'call-full': RCCallEndReason.NETWORK_ERROR,
  'not-a-group-call': RCCallEndReason.NETWORK_ERROR,
  'put-out': RCCallEndReason.KICKED_BY_SERVER,
  'rate-limited': RCCallEndReason.NETWORK_ERROR,
  'server-error': RCCallEndReason.NETWORK_ERROR,
};

export const success: ICodeResult = { code: RCCallErrorCode.SUCCESS };

/** Success; `detail` says why it is one without a camera. */
export function successWith(cameraProblem: MediaProblem | null): ICodeResult {
  return cameraProblem ? { ...success, detail: cameraProblem } : success;
}

/** The call ended before the command could do anything. */
export const tooLate: ICodeResult = {
  code: RCCallErrorCode.SEND_MSG_ERROR,
  problem: 'call-over',
};

/** Nobody can be invited into a call between two people. */
export const notAGroup: ICodeResult = { code: RCCallErrorCode.CONVERSATION_NOT_GROUP_ERROR };

export function refused(problem: CallProblem): ICodeResult {
  return { code: codes[problem], problem };
}

/** An answer that was refused: only a call that exists elsewhere has a number of its own there, a block has not. */
export function refusedAnswer(problem: CallProblem): ICodeResult {
  return problem === 'blocked'
    ? { code: RCCallErrorCode.SEND_MSG_ERROR, problem }
    : refused(problem);
}

/** The documented code tells only audio from video calls; `detail` says which device and why. */
export function noMedia(mediaType: 1 | 2, detail: MediaProblem): ICodeResult {
  const code =
    mediaType === 2
      ? RCCallErrorCode.GET_LOCAL_AUDIO_AND_VIDEO_TRACK_ERROR
      : RCCallErrorCode.GET_LOCAL_AUDIO_TRACK_ERROR;
  return { code, detail };
}

/** A bridge answers with Results. One that rejects all the same is broken, and must not leave a microphone open. */
export async function ask<T>(
  warn: Warn,
  request: () => Promise<Result<T, CallProblem>>,
): Promise<Result<T, CallProblem>> {
  try {
    return await request();
  } catch (cause) {
    warn('the bridge failed', cause);
    return err('server-error');
  }
}

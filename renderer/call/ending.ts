/** What a person reads at the end of a call, and for how long. Total: a new reason without words does not compile. */
import type { call as texts } from '../locales/call.en';
import { type ICodeResult, RCCallEndReason } from '../caller';

/** How long the words stay before the window closes by itself, ms. */
export const stays = { not: 0, glance: 1_500, read: 4_000, act: 15_000 } as const;
export type Stay = keyof typeof stays;

export interface Ending {
  /** A key of the locales; `{name}` in the text is the other person. */
  readonly text: string;
  readonly stay: Stay;
}

type Row = readonly [reason: keyof typeof texts.reason, stay: Stay];

const R = RCCallEndReason;
const endings: Record<RCCallEndReason, Row> = {
  [R.CANCEL]: ['cancelled', 'not'],
  [R.REJECT]: ['declined', 'not'],
  [R.HANGUP]: ['hungUp', 'not'],
  [R.BUSY_LINE]: ['busy', 'read'],
  [R.NO_RESPONSE]: ['unanswered', 'read'],
  [R.ENGINE_UNSUPPORTED]: ['unsupported', 'read'],
  [R.NETWORK_ERROR]: ['network', 'read'],
  [R.GET_MEDIA_RESOURCES_ERROR]: ['media', 'read'],
  [R.PUBLISH_ERROR]: ['sending', 'read'],
  [R.SUBSCRIBE_ERROR]: ['receiving', 'read'],
  [R.REMOTE_CANCEL]: ['peerCancelled', 'glance'],
  [R.REMOTE_REJECT]: ['peerDeclined', 'read'],
  [R.REMOTE_HANGUP]: ['peerHungUp', 'glance'],
  [R.REMOTE_BUSY_LINE]: ['peerBusy', 'read'],
  [R.REMOTE_NO_RESPONSE]: ['peerUnanswered', 'read'],
  [R.REMOTE_ENGINE_UNSUPPORTED]: ['peerUnsupported', 'read'],
  [R.REMOTE_NETWORK_ERROR]: ['peerNetwork', 'read'],
  [R.REMOTE_GET_MEDIA_RESOURCE_ERROR]: ['peerMedia', 'read'],
  [R.REMOTE_PUBLISH_ERROR]: ['peerSending', 'read'],
  [R.REMOTE_SUBSCRIBE_ERROR]: ['peerReceiving', 'read'],
  [R.OTHER_CLIENT_JOINED_CALL]: ['otherDeviceJoined', 'read'],
  [R.OTHER_CLIENT_IN_CALL]: ['otherDeviceInCall', 'read'],
  [R.KICKED_BY_SERVER]: ['kicked', 'read'],
  [R.ACCEPT_SYSTEM_CALL]: ['systemCall', 'read'],
  [R.REMOTE_OTHER_CLIENT_JOINED_CALL]: ['peerOtherDevice', 'read'],
  [R.REMOTE_OTHER_CLIENT_IN_CALL]: ['peerOtherDevice', 'read'],
  [R.REMOTE_KICKED_BY_SERVER]: ['peerKicked', 'read'],
  [R.REMOTE_ACCEPT_SYSTEM_CALL]: ['peerSystemCall', 'read'],
  [R.ACCEPT_BY_OTHER_CLIENT]: ['answeredElsewhere', 'not'],
  [R.HANGUP_BY_OTHER_CLIENT]: ['declinedElsewhere', 'not'],
  [R.ADDED_TO_BLACKLIST]: ['blocked', 'read'],
  [R.SERVICE_NOT_OPENED]: ['switchedOff', 'read'],
};

export function endingFor(reason: RCCallEndReason): Ending {
  const [key, stay] = endings[reason];
  return { text: `call.reason.${key}`, stay };
}

/** Why a call did not come about: a device, or the way to the server. A device needs hands, so the words stay longer. */
export function failureOf(result: ICodeResult): Ending {
  const { detail, problem = 'server-error' } = result;
  return detail
    ? { text: mediaText(detail), stay: 'act' }
    : { text: `callProblem.${problem}`, stay: 'read' };
}

export function mediaText(problem: NonNullable<ICodeResult['detail']>): string {
  return `call.media.${problem.device}.${problem.detail}`;
}
